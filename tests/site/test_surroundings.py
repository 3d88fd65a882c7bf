"""A build passes wherever people put it, and says the same there."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from macros.content.project import load_project
from tests.site.conftest import Begin, Build
from tests.site.test_atomic import fingerprint

pytestmark = pytest.mark.xdist_group("surroundings")

# Root may write anywhere until it gives that up.
ORDINARY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
TEXTS = {".css", ".csv", ".html", ".js", ".json", ".md", ".svg", ".txt", ".yml"}


@pytest.fixture(scope="module")
def plain(begin: Begin) -> Build:
    """A site built from an unpacked ZIP where there is no git."""
    build = begin("uten git")
    region = build.root / "regions/standard/region.yml"
    dates = "starts: {forstudie: 2027-03-01}\n"  # so that there is a calendar, too
    region.write_text(region.read_text(encoding="utf-8") + dates, encoding="utf-8")
    empty = build.root.parent / "tom"
    empty.mkdir()
    build.ok(PATH=str(empty), SOURCE_DATE_EPOCH="")
    return build


def run(build: Build, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Build as an ordinary user; a variable that is None is not set."""
    environment = {**build.environment(), **changes}
    return subprocess.run(
        [*ORDINARY, *build.command()], cwd=build.root,
        env={name: value for name, value in environment.items() if value is not None},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip


def written(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Return the texts in a file by name: those of what is packed in it, and a PDF's properties."""
    if name.endswith((".docx", ".odt", ".pptx", ".xlsx", ".zip")):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for info in packed.infolist():
                yield from written(f"{name}/{info.filename}", packed.read(info))
                if name.endswith(".zip"):  # Office's own files have the clock of 1980
                    yield f"{name}: {info.filename}", "-".join(map(str, info.date_time))
    elif name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            yield name, f"{dict(pdf.docinfo)} {pdf.Root.Metadata.read_bytes().decode()}"
    elif name.endswith(".gz"):
        yield name, gzip.decompress(data).decode()
    elif not name.endswith((".png", ".ico", ".webp", ".jpg", ".woff2", ".rdf")):
        yield name, data.decode("utf-8")


NO_TIME = re.compile(
    r"(?<!\d)19[678]\d-(?:0?1|12)-|(?<!\d)19[678]\d(?:01|12)(?:01|31)|(?:januar|desember) 19[678]\d"
)


def test_without_git_every_date_is_that_of_the_newest_change(plain: Build) -> None:
    newest = load_project(plain.root).newest
    assert newest.year >= 2024
    data = json.loads((plain.site / "data" / "handbok.json").read_text(encoding="utf-8"))
    assert data["generated"] == newest.isoformat()
    calendar = (plain.site / "last-ned" / "tidslinje.ics").read_text(encoding="utf-8")
    assert set(re.findall(r"DTSTAMP:(\S+)", calendar)) == {f"{newest:%Y%m%d}T000000Z"}
    files = [
        path for path in plain.site.rglob("*") if path.is_file() and "assets" not in path.parts
    ]
    texts = [found for path in files for found in written(str(path), path.read_bytes())]
    assert [name for name, text in texts if NO_TIME.search(text)] == []
    assert {".pdf", ".docx", ".odt", ".xlsx", ".ics", ".zip"} <= {path.suffix for path in files}


JUNK = [
    "Thumbs.db", "desktop.ini", ".DS_Store", "._kontakt.md", "~$kontakt.docx", "~$kontakt.md",
    ".~lock.kontakt.odt#", "~WRL0001.tmp", "Icon\r", "kontakt.md~", "kontakt.md.bak",
    "kontakt.yml.orig", ".kontakt.md.swp", "kontakt.swp", "#kontakt.yml#", "__MACOSX/._kontakt.md",
    "__MACOSX/kontakt.yml", "@eaDir/kontakt.yml",
]  # fmt: skip


def moved(build: Build, folder: Path) -> Build:
    """Return a project in another folder, its lines ended as on Windows, among other's files."""
    ignored = shutil.ignore_patterns("site", ".cache")
    shutil.copytree(build.root, folder, ignore=ignored)
    for path in folder.rglob("*"):
        if path.suffix in TEXTS and b"\n" in (data := path.read_bytes()):
            path.write_bytes(data.replace(b"\n", b"\r\n"))
    region = folder / "regions" / "standard"
    own = [region, region / "docs", region / "guides" / "meeting"]
    for place in (folder / "docs", folder / "guides" / "meeting", folder / "reference", *own):
        for name in JUNK:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(b"\0\xff")
        (place / ".#kontakt.md").symlink_to("kari@maskin.1234")  # Emacs: «I am editing this»
    return Build(folder)


@pytest.mark.audit
def test_an_odd_place_gives_the_same_bytes(plain: Build, tmp_path: Path) -> None:
    outer = tmp_path / "Kari Nordmann – æøå"
    odd = moved(plain, outer / "100 % #1 [x] {y} & co" / "prosjekt")
    subprocess.run(["git", "init", "-q", outer], check=True)
    (outer / "notat.txt").write_text("Et annet prosjekt.\n", encoding="utf-8")
    who = ["-c", "user.name=Kari", "-c", "user.email=kari@example.no"]
    subprocess.run(["git", *who, "add", "notat.txt"], cwd=outer, check=True)
    subprocess.run(["git", *who, "commit", "-qm", "Et annet."], cwd=outer, check=True)
    done = run(
        odd, HOME=None, LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0",
        TZ="Pacific/Chatham", SOURCE_DATE_EPOCH="0", NVR_CACHE=None,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert fingerprint(odd.site) == fingerprint(plain.site)


def test_what_is_no_time_stops_the_build_in_one_line_and_keeps_the_site(plain: Build) -> None:
    before = fingerprint(plain.site)
    done = run(plain, SOURCE_DATE_EPOCH="abc")
    assert done.returncode != 0
    assert "Traceback" not in done.stdout
    assert "SOURCE_DATE_EPOCH: skal være sekunder siden 1970" in done.stdout
    assert fingerprint(plain.site) == before


def test_a_folder_that_may_not_be_written_in_is_named_and_the_site_stays(plain: Build) -> None:
    before = fingerprint(plain.site)
    plain.root.chmod(0o555)
    try:
        done = run(plain)
    finally:
        plain.root.chmod(0o755)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout
    assert f"Bygget stoppet: {plain.root}" in done.stdout
    assert "mappen kan bare leses. Det som er publisert, er urørt." in done.stdout
    assert fingerprint(plain.site) == before
