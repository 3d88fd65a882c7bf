"""The keys of finished files: what a writer comes to use is in them, and nothing else.

What a writer uses is asked of Python itself: a process that has imported none of our modules
is given the job as a worker of the pool is, makes the file, and says what it has imported.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from macros import keys
from macros.content.project import Project, load_project
from macros.downloads.jobs import jobs, picture_jobs
from macros.writers import Gathering, Job
from macros.writers.picture import CARD
from tests import real
from tests.site.conftest import MINIMAL, ROOT

# How the name of a file of each writer ends, by its module.
WRITERS = {
    "answers_sample": "bedrifter-eksempel.csv",
    "calendar": ".ics",
    "fillable": "mandat-utfyllbar.pdf",
    "handbook": "handboken.pdf",
    "odt": "mandat.odt",
    "package": "handboken.zip",
    "pages": "mandat-sider.webp",
    "pdf": "mandat.pdf",
    "photo": "forside.jpg",
    "picture": "merke-32.png",
    "share": "kort.png",
    "sheet": "mandat.xlsx",
    "slides": "swot.pptx",
    "survey.codebook": "undersokelse-bedrifter-kodebok.csv",
    "survey.limesurvey": "undersokelse-bedrifter-limesurvey.txt",
    "survey.surveyjs": "undersokelse-bedrifter-surveyjs.json",
    "survey.xlsform": "undersokelse-bedrifter-xlsform.xlsx",
    "word": "mandat.docx",
    "word.questionnaire": "undersokelse-bedrifter-sporreskjema.docx",
}
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)

# Others' libraries are imported once, ours by each writer's own process.
WORKER = """
import json, os, pickle, sys
import docx, fontTools.subset, icalendar, lxml.etree, pikepdf, PIL.Image, pptx, pydantic, pypdfium2
import coloraide, holidays, jinja2, markdown_it, segno, weasyprint, xlsxwriter, yaml
assert "macros" not in sys.modules
for writer, blob in pickle.load(sys.stdin.buffer).items():
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0, writer
        continue
    for render, payload in pickle.loads(blob):
        assert render(payload).data
    ours = [name for name in sys.modules if name.partition(".")[0] == "macros"]
    print(json.dumps([writer, ours]), flush=True)
    os._exit(0)
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project with dates, logo and photo, so that every writer has something to write."""
    root = tmp_path_factory.mktemp("prosjekt")
    shutil.copytree(MINIMAL, root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "docs/assets/fonts", root / "docs/assets/fonts")
    folder = root / "regions/standard"
    with (folder / "region.yml").open("a", encoding="utf-8") as file:
        file.write("starts: {forstudie: 2027-03-01}\n")
        file.write("front: {photo: {path: a.jpg, alt: Fjord, credit: Kari}}\n")
    Image.new("RGB", (900, 600), "#123456").save(folder / "a.jpg")
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    brand = "logo:\n  images:\n    own: {path: logo.svg, alt: Merket}\n  medium: own\n"
    (folder / "_brand.yml").write_text(brand, encoding="utf-8")
    return load_project(root)


@pytest.fixture(scope="module")
def made(project: Project) -> dict[str, Job]:
    """Return a job of each writer."""
    pictures = picture_jobs(project)
    del pictures[CARD]  # the edition's own card has the same name as those of the pages
    found = [*jobs(project)["nb"].values(), *pictures.values()]
    return {
        writer: next(job for job in found if job.filename.endswith(name))
        for writer, name in WRITERS.items()
    }


def handed(job: Job, pdf: bytes) -> bytes:
    """Return what workers are given: what makes the file, and its body, and from what."""
    given = [(job.render, job.payload)]
    if isinstance(job, Gathering):
        bodies = {name: part for name, part in job.parts if name == "body"}
        parts = {name: pdf for name, _ in job.parts}
        parts |= {name: real.finished(part).data for name, part in bodies.items()}
        given = [(job.render, (job.payload, parts))]
        given += [(part.render, part.payload) for part in bodies.values()]
    return pickle.dumps(given)


@pytest.fixture(scope="module")
def imported(made: dict[str, Job]) -> dict[str, set[str]]:
    """Return what the making of each writer's file imports of ours."""
    pdf = real.finished(made["pdf"]).data
    ran = subprocess.run(
        [sys.executable, "-c", WORKER],
        input=pickle.dumps({writer: handed(job, pdf) for writer, job in made.items()}),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    return {writer: set(ours) for writer, ours in map(json.loads, ran.stdout.splitlines())}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of our modules, where the keys look for them instead."""
    copy = tmp_path / "macros"
    for path in (ROOT / "macros").rglob("*"):
        if path.suffix in {".py", ".xml"} and "layouts/theme" not in path.as_posix():
            target = copy / path.relative_to(ROOT / "macros")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    monkeypatch.setattr(keys, "FOLDER", copy)
    keys.read_code_anew()
    yield copy
    monkeypatch.undo()
    keys.read_code_anew()


def codes() -> dict[str, bytes]:
    keys.read_code_anew()
    return {writer: keys.code(f"macros.writers.{writer}") for writer in WRITERS}


def module_file(tree: Path, name: str) -> Path:
    path = tree.parent.joinpath(*name.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def moved(path: Path, before: dict[str, bytes]) -> set[str]:
    """Return the writers whose key a change in a file moves; the file is put back."""
    whole = path.read_bytes()
    path.write_bytes(whole + b"\n# Changed.\n")
    after = codes()
    path.write_bytes(whole)
    return {writer for writer in after if after[writer] != before[writer]}


def test_a_change_in_any_module_that_a_writer_imports_moves_its_key(
    imported: dict[str, set[str]], tree: Path
) -> None:
    before, faults = codes(), []
    for name in sorted(set().union(*imported.values())):
        users = {writer for writer, modules in imported.items() if name in modules}
        faults += [(name, writer) for writer in users - moved(module_file(tree, name), before)]
    assert faults == []
    assert "macros.layouts.drawing" in imported["picture"]
    assert {"macros.content.catalogue"} <= imported["word"] & imported["odt"]


def test_every_key_is_made_of_the_code_of_a_writer_that_is_tested_here(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()
    monkeypatch.setattr(keys, "code", lambda writer: asked.add(writer) or b"")
    picture_jobs(project)
    jobs(project)
    assert asked == {f"macros.writers.{writer}" for writer in WRITERS}


def test_a_change_elsewhere_moves_no_key(tree: Path) -> None:
    before = codes()
    assert codes() == before
    for name in (
        "plugin",
        "cli",
        "downloads.jobs",
        "downloads.cache",
        "site.links",
        "site.search",
        "writers.page",
        "writers.data",
    ):
        assert moved(module_file(tree, f"macros.{name}"), before) == set(), name
    # What only reads and checks the content says nothing more once it is a document.
    for name in ("layering", "overlay", "project", "patch", "brand.logo_work", "svg.plain"):
        path = module_file(tree, f"macros.content.{name}")
        assert not moved(path, before) & {"pdf", "word", "odt", "fillable", "calendar"}, name
    for name in ("brand.logo", "brand.logos"):
        path = module_file(tree, f"macros.content.{name}")
        assert not moved(path, before) & {"word", "odt"}, name
    assert moved(tree / "writers/odt/body.py", before) == {"odt"}
    assert moved(tree / "writers/calendar.py", before) == {"calendar"}
    (tree / "writers/new.py").write_text("import macros.site.links\n", encoding="utf-8")
    assert codes() == before


def test_a_file_that_a_writers_modules_read_moves_its_key(tree: Path) -> None:
    before = codes()
    assert moved(tree / "writers/odt/styles.xml", before) == {"odt"}


def test_an_import_in_a_function_counts_and_one_for_types_does_not(tree: Path) -> None:
    writer = tree / "writers/calendar.py"
    whole = writer.read_text(encoding="utf-8")
    more = "\ndef late():\n    if True:\n        from macros.site import links\n"
    types = (
        "\nif TYPE_CHECKING:\n    from macros.site import styles\n"
        "else:\n    import macros.site.headers\n"
    )
    writer.write_text(whole + more + types, encoding="utf-8")
    keys.read_code_anew()
    ours, _ = keys.reach("macros.writers.calendar")
    assert {"macros.site.links", "macros.site.headers"} <= ours
    assert "macros.site.styles" not in ours


def test_the_key_is_the_same_in_another_folder_with_other_line_ends(tree: Path) -> None:
    here = codes()
    for path in tree.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert codes() == here


def test_the_key_is_the_same_in_every_run() -> None:
    script = (
        "from macros.keys import key\n"
        "print(key('macros.writers.word', {'b': (1.5, True), 'a': 1}, ('æ', None)))"
    )
    ran = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    here = keys.key("macros.writers.word", {"a": 1, "b": (1.5, True)}, ("æ", None))
    assert ran == [here, here]


@pytest.mark.parametrize(
    ("library", "writers"),
    [
        (
            "weasyprint",
            {"pdf", "fillable", "handbook", "share", "picture"},
        ),
        (
            "pydyf",
            {"pdf", "fillable", "handbook", "share", "picture"},
        ),
        ("python-pptx", {"slides"}),
        ("icalendar", {"calendar"}),
        (
            "xlsxwriter",
            {
                *("sheet", "slides"),
                *(f"survey.{name}" for name in ("codebook", "limesurvey", "surveyjs", "xlsform")),
            },
        ),
    ],
)
def test_another_version_of_a_library_moves_the_keys_of_those_that_need_it(
    monkeypatch: pytest.MonkeyPatch, library: str, writers: set[str]
) -> None:
    """Also of a library that only another library needs: WeasyPrint writes with pydyf."""
    before, real = codes(), keys._library

    def other(name: str) -> tuple[str, tuple[str, ...]]:
        version, needed = real(name)
        return (f"{version}.post1" if name == library else version), needed

    monkeypatch.setattr(keys, "_library", other)
    keys._versions.cache_clear()
    after = codes()
    monkeypatch.undo()
    keys._versions.cache_clear()
    keys.read_code_anew()
    assert {writer for writer in WRITERS if after[writer] != before[writer]} == writers


@dataclasses.dataclass(frozen=True)
class One:
    text: str
    file: Path | bytes | None = None


@dataclasses.dataclass(frozen=True)
class Other(One):
    pass


WORD = "macros.writers.word"
DIFFERENT: list[Any] = [
    None, False, 0, "", "0", (), ("0",), (("0",),), ("0", ""), {}, {"0": ""}, 1, 1.5, "1.5",
    One(""), Other(""), One("0"), dt.date(2027, 3, 1), dt.datetime(2027, 3, 1, tzinfo=dt.UTC),
    "2027-03-01", b"", b"0", One("", b"0"),
]  # fmt: skip


def test_different_contents_have_different_keys() -> None:
    assert len({keys.key(WORD, each) for each in DIFFERENT}) == len(DIFFERENT)
    assert keys.key(WORD, "a", "b") != keys.key(WORD, "b", "a") != keys.key(WORD, "ab")
    assert keys.key(WORD, "a") != keys.key("macros.writers.odt", "a")


def test_a_path_stands_for_what_the_file_holds_and_not_for_where_it_lies(tmp_path: Path) -> None:
    here, there = tmp_path / "a.svg", tmp_path / "b" / "c.svg"
    there.parent.mkdir()
    here.write_bytes(b"en")
    there.write_bytes(b"en")
    assert keys.key(WORD, One("", here)) == keys.key(WORD, One("", there))
    there.write_bytes(b"to")
    assert keys.key(WORD, One("", here)) != keys.key(WORD, One("", there))


@pytest.mark.parametrize(
    "odd", [{1, 2}, object(), len, bytearray(b"x")], ids=["set", "object", "function", "bytes"]
)
def test_what_has_no_form_that_is_the_same_in_every_run_is_refused(odd: object) -> None:
    with pytest.raises(TypeError, match="no form for a key"):
        keys.key(WORD, One(""), {"a": odd})
