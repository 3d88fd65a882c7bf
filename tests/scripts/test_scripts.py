"""The site's scripts as files: their JSDoc types hold, and each is small and on its own."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.node import NODE

HERE = Path(__file__).parent
JS = HERE.parent.parent / "docs" / "assets" / "js"
SCRIPTS = [path for path in sorted(JS.rglob("*.js")) if path.parent.name != "vendor"]
HOST = HERE.parent.parent / "macros" / "layouts" / "fleet"  # of the page that leads to editions


# Pages and service workers have different names at hand.
@pytest.mark.parametrize("settings", ["tsconfig.json", "tsconfig.worker.json"])
def test_the_types_of_every_script_hold(settings: str) -> None:
    compiler = HERE / "node_modules" / "typescript" / "bin" / "tsc"
    command = [NODE, str(compiler), "--project", str(HERE / settings)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("script", [*SCRIPTS, *HOST.glob("*.js")], ids=lambda path: path.name)
def test_a_script_is_small_and_holds_no_words_of_its_own(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    assert "// @ts-" not in text
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
    # What readers see comes from the strings of the page's language, in attributes.
    assert not re.search(r"[æøåÆØÅ]", code)


VENDOR = JS / "vendor"
# What is vendored, and the file that it is in the package that npm has locked with its hash.
VENDORED = {
    "d3-dsv": "dist/d3-dsv.mjs",
    "fflate": "esm/browser.js",
    "idb": "build/index.js",
    "saxen": "dist/index.js",
    "slimdom": "dist/slimdom.esm.js",
    "uqr": "dist/index.mjs",
}


@pytest.mark.parametrize(("name", "file"), VENDORED.items())
def test_a_vendored_library_is_the_package_as_it_was_published(name: str, file: str) -> None:
    package = HERE / "node_modules" / name
    assert (VENDOR / f"{name}.js").read_bytes() == (package / file).read_bytes()
    licence = next(package.glob("LICENSE*"))
    own = (VENDOR / f"LICENSE-{name}.txt").read_bytes()  # in git, lines end in one way
    assert own == licence.read_bytes().replace(b"\r\n", b"\n")


# One folder a feature, and what it may import besides itself, `lib-*.js` and `vendor/`.
ROOMS: dict[str, set[str]] = {
    "answers": {"files", "store"},
    "files": set(),
    "fill": {"files", "store"},
    "offline": set(),
    "project": {"store"},
    "run": {"files", "store"},
    "store": set(),
}
_IMPORT = re.compile(r'(?:from|import)\s*\(?\s*"(\.[^"]+)"')


def test_each_folder_of_scripts_imports_what_it_may_and_no_more() -> None:
    folders = {path.parent.name for path in JS.glob("*/*.js")} - {"vendor"}
    assert folders == set(ROOMS)
    for name in folders:
        for script in (JS / name).glob("*.js"):
            for address in _IMPORT.findall(script.read_text(encoding="utf-8")):
                found = (script.parent / address).resolve().relative_to(JS).parts
                own = len(found) == 1 and found[0].startswith("lib-")
                assert own or found[0] in {name, "vendor", *ROOMS[name]}, (script.name, address)
