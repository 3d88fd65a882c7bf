"""Calls of the site's own scripts, run by Node in one process for all that a test asks."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.node import NODE

DRIVER = Path(__file__).parent / "calls.mjs"


def run(calls: Sequence[Sequence[Any]]) -> list[Any]:
    """Return what each call gives: `[module, function, arguments …]`; see `calls.mjs`."""
    result = subprocess.run(
        [NODE, str(DRIVER)], input=json.dumps(calls), capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def one(*call: Any) -> Any:
    """Return what a single call gives."""
    return run([call])[0]
