"""The site's scripts as files: their JSDoc types hold, and each is small and on its own."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.node import NODE

HERE = Path(__file__).parent
SCRIPTS = sorted((HERE.parent.parent / "docs" / "assets" / "js").glob("*.js"))


def test_the_types_of_every_script_hold() -> None:
    compiler = HERE / "node_modules" / "typescript" / "bin" / "tsc"
    result = subprocess.run(
        [NODE, str(compiler), "--project", str(HERE)], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_small_and_holds_no_words_of_its_own(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    assert "// @ts-" not in text
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
    # What readers see comes from the strings of the page's language, in attributes.
    assert not re.search(r"[æøåÆØÅ]", code)
