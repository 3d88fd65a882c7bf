"""`nvr`, as an author runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros.cli import main
from macros.content.schema import schemas

ROOT = Path(__file__).parent.parent
MINIMAL = ROOT / "tests" / "content" / "minimal"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINIMAL, tmp_path / "handbok"))


def test_check_says_what_there_is_and_what_is_not_translated(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REGION", raising=False)
    assert main(["--root", str(tree), "check"]) == 0
    said = capsys.readouterr().out
    assert "Ingen feil." in said
    assert "Mangler nn: " in said
    assert "workshop/swot" in said
    assert "meeting/oppstartsmote" not in said
    assert "for å gi kontrast 7:1" in said
    assert said.rstrip().endswith("Se merkevaren i nettleseren: .cache/nvr/merkevare-standard.html")


def test_who_reads_no_more_than_the_first_line_sees_no_traceback(tree: Path) -> None:
    command = f'"{sys.executable}" -P -m macros.cli --root "{tree}" check | head -n 1'
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == ""


def test_check_passes_where_the_page_of_the_brand_cannot_be_written(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / "opptatt").write_text("en fil, ingen mappe", encoding="utf-8")
    monkeypatch.setenv("NVR_CACHE", "opptatt")
    assert main(["--root", str(tree), "check", "standard"]) == 0
    assert "merkevaren, ble ikke skrevet: " in capsys.readouterr().out


def test_check_says_what_of_brand_yml_has_no_effect_and_why(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree / "regions" / "standard" / "_brand.yml").write_text(
        "color: {primary: teal, danger: red}\ntypography: {fonts: [{family: Lato, source: bunny}]}",
        encoding="utf-8",
    )
    assert main(["--root", str(tree), "check", "standard"]) == 0
    said = capsys.readouterr().out
    assert "linje 1: color.danger brukes ikke. Håndboken bruker primary" in said
    assert "linje 2: Lato brukes ikke. Skrifter hentes ikke fra Bunny Fonts." in said


def test_check_reports_every_error_and_leaves_with_1(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REGION", raising=False)
    for name in ("guides/workshop/swot.yml", "templates/mandat.yml"):
        path = tree / name
        path.write_text(path.read_text(encoding="utf-8") + "ukjent: 1\n", encoding="utf-8")
    assert main(["--root", str(tree), "check"]) == 1
    said = capsys.readouterr().err
    assert "guides/workshop/swot.yml:" in said
    assert "templates/mandat.yml:" in said
    assert said.rstrip().endswith("2 feil.")


def test_check_takes_the_region_by_name_and_by_environment(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--root", str(tree), "check", "borte"]) == 1
    assert "REGION=borte" in capsys.readouterr().err
    monkeypatch.setenv("REGION", "../borte")
    assert main(["--root", str(tree), "check"]) == 1
    assert "REGION=../borte" in capsys.readouterr().err


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_schema_writes_what_is_committed(tmp_path: Path) -> None:
    assert main(["--root", str(tmp_path), "schema"]) == 0
    written = {
        path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "schemas").iterdir()
    }
    committed = {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").iterdir()
    }
    assert written == committed


@pytest.mark.parametrize("name", sorted(schemas()))
def test_every_key_of_a_schema_has_a_norwegian_description(name: str) -> None:
    text = json.dumps(schemas()[name], ensure_ascii=False)
    assert "description" in text
    bare = [
        f"{model}.{key}"
        for model, schema in {"": schemas()[name], **schemas()[name].get("$defs", {})}.items()
        for key, value in schema.get("properties", {}).items()
        if "description" not in value and "const" not in value
    ]
    assert bare == []
    assert not any(word in text for word in ("Return ", "An item", "One line"))


def test_a_check_loads_nothing_that_it_does_not_use() -> None:
    """A check is run at every save: what makes files, and what knows holidays, costs a tenth."""
    code = (
        "import sys; from macros.cli import main; main(['--root', sys.argv[1], 'check', 'fjord']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)], capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    assert "macros.content.brand.brand" in loaded
    heavy = {"holidays", "weasyprint", "PIL.Image", "pypdfium2", "mkdocs", "fontTools.ttLib"}
    assert loaded & (heavy | {"macros.downloads.jobs"}) == set()
