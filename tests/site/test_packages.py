"""Packages and the whole handbook: nothing is missing, everything leads somewhere."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import html
from playwright.sync_api import Browser, expect

from macros.content.project import load_project
from macros.document.edition import load_edition
from macros.document.formats import PACKED, PAGES_SUFFIX, files
from macros.document.packages import packages, whole
from macros.downloads.jobs import jobs
from tests import real
from tests.site.conftest import small_project

PHASES = ("forstudie", "forprosjekt", "hovedprosjekt")


def unpacked(archive: Path, folder: Path) -> Path:
    """Unpack as a reader does, with a program that did not write it."""
    subprocess.run(["unzip", "-q", str(archive), "-d", str(folder)], check=True)
    (inside,) = folder.iterdir()
    return inside


@pytest.fixture(scope="module")
def made(
    browser: Browser, address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, str], Path]]:
    """A package as a reader's browser makes it, unpacked; each is made once."""
    context = browser.new_context(accept_downloads=True)
    page, folder = context.new_page(), tmp_path_factory.mktemp("pakker")

    @cache
    def make(language: str, name: str) -> Path:
        page.goto(f"{address}{language}last-ned/")
        with page.expect_download(timeout=120_000) as coming:
            page.locator(f"article a[href$='{name}.zip']").first.click()
        assert coming.value.suggested_filename == f"{name}.zip"
        target = folder / f"{language.strip('/')}{name}"
        coming.value.save_as(target / "fil.zip")
        return unpacked(target / "fil.zip", target / "ut")

    yield make
    context.close()


def there(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def linked(page: Path) -> set[str]:
    return set(html.document_fromstring(page.read_bytes()).xpath("//a/@href"))


@pytest.mark.parametrize("language", ["", "nn/"])
@pytest.mark.parametrize("name", [*PHASES, "handboken"])
def test_a_package_opens_and_its_pages_lead_to_every_file(
    site: Path, made: Callable[[str, str], Path], name: str, language: str
) -> None:
    folder = made(language, name)
    assert folder.name == name
    pages = {page.name for page in folder.glob("*.html")}
    assert pages == {"index.html"} | (
        {f"{one}.html" for one in PHASES} if "handboken" in name else set()
    )
    links = {link for link in linked(folder / "index.html") if "://" not in link}
    assert links | {"index.html"} == there(folder)
    for page in pages:
        assert {link for link in linked(folder / page) if "://" not in link} <= links
        text = html.document_fromstring((folder / page).read_bytes()).text_content()
        assert "https://handbok.example.no/" in text
        assert "2026" in text
        assert "CC BY 4.0" in text
    published = site / f"{language}last-ned"
    for path in there(folder) - pages:
        assert (folder / path).read_bytes() == (published / Path(path).name).read_bytes(), path


@pytest.mark.parametrize("language", ["", "nn/"])
@pytest.mark.parametrize("name", [*PHASES, "handboken"])
def test_without_scripts_a_package_leads_to_every_file_that_it_has_not(
    site: Path, tmp_path: Path, name: str, language: str
) -> None:
    folder = unpacked(site / f"{language}last-ned/{name}.zip", tmp_path)
    base = f"https://handbok.example.no/{language}"
    for page in folder.glob("*.html"):
        for link in linked(page):
            if link.startswith(f"{base}last-ned/"):
                assert (site / language / link.removeprefix(base)).is_file(), link
            elif "://" not in link:
                assert (folder / link).is_file(), link
    names = {link.rpartition("/")[2] for link in linked(folder / "index.html")}
    documents = next(
        one for one in packages(real.edition(language[:-1] or "nb")) if one.name == name
    )
    assert {file for _, file in documents.files()} <= names
    work = {file for _, form, file in documents.formats() if form in PACKED}
    packed = {Path(path).name for path in there(folder) if not path.endswith(".html")}
    assert packed == (work if name == "handboken" else set())


def test_the_package_of_everything_has_every_file_that_is_offered(
    site: Path, made: Callable[[str, str], Path]
) -> None:
    packed = {Path(path).name for path in there(made("", "handboken"))}
    offered = {path.name for path in (site / "last-ned").iterdir() if path.suffix != ".webp"}
    packages = {f"{name}.zip" for name in (*PHASES, "handboken")}
    pages = {"index.html", *(f"{name}.html" for name in PHASES)}
    assert packed - pages == offered - packages - {"index.html"}


def test_a_phase_has_what_it_uses_and_not_what_the_others_use(
    made: Callable[[str, str], Path],
) -> None:
    names = {phase: {Path(path).name for path in there(made("", phase))} for phase in PHASES}
    assert "prosjektplan-forstudie.docx" in names["forstudie"]
    assert "prosjektplan-forstudie.docx" not in names["hovedprosjekt"]
    assert "eksempel-prosjektplan-forstudie.pdf" in names["forstudie"]
    assert "sjekkliste-hovedprosjekt.pdf" in names["hovedprosjekt"]
    assert "undersokelse-bedrifter-xlsform.xlsx" in names["forstudie"]


def test_a_reader_is_told_the_size_of_a_package_and_when_it_cannot_be_made(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}faser/forstudie/")
    item = page.locator("li", has=page.locator("a[href$='forstudie.zip']"))
    expect(item.locator(".downloads__facts")).to_contain_text("MB")
    page.route("**/*.pdf", lambda route: route.abort())
    item.get_by_role("link").click()
    status = page.locator("[data-module=package] [role=status]")
    expect(status).to_contain_text("Fikk ikke hentet alle filene")
    context.close()


def test_no_time_of_the_machine_is_in_a_package(site: Path) -> None:
    edition = real.edition()
    for package in packages(edition):
        with zipfile.ZipFile(site / f"last-ned/{package.name}.zip") as archive:
            days = {entry.date_time[:3] for entry in archive.infolist()}
        day = package.updated
        assert days == {(day.year, day.month, day.day)}


@pytest.fixture(scope="module")
def book(site: Path) -> Path:
    return site / "last-ned/handboken.pdf"


def test_the_handbook_holds_every_document_in_order_with_its_number(book: Path) -> None:
    edition = real.edition()
    documents = [document for group in whole(edition).groups for document in group.documents]
    with pypdfium2.PdfDocument(book) as pdf:
        front = next(at for at in range(len(pdf)) if pdf.get_page_label(at) == "1")
        first = {item.get_title(): item.get_dest().get_index() for item in _documents(pdf)}
        shown = {at: pdf[at].get_textpage().get_text_range() for at in first.values()}
        contents = "".join(pdf[at].get_textpage().get_text_range() for at in range(front))
        last = pdf.get_page_label(len(pdf) - 1)
    assert list(first) == [str(document.title) for document in documents]
    assert list(first.values()) == sorted(first.values())
    for title, at in first.items():
        number = at - front + 1
        assert f"Håndboken, side {number}" in shown[at], title
        assert title.split()[0] in shown[at]
        assert str(number) in contents
    assert last == str(len(pypdfium2.PdfDocument(book)) - front)


def _documents(pdf: pypdfium2.PdfDocument) -> list[pypdfium2.PdfBookmark]:
    """Return the bookmarks of the second level: one for each document."""
    return [item for item in pdf.get_toc(max_depth=3) if item.level == 1]


def test_links_between_documents_stay_inside_the_handbook(book: Path) -> None:
    inside = 0
    with pikepdf.open(book) as pdf:
        for page in pdf.pages:
            for note in page.obj.get("/Annots", ()):
                inside += "/Dest" in note
                address = str(note.A.URI) if "/A" in note else ""
                for kind in ("guider/", "maler/", "faser/", "roller/", "ordliste/"):
                    assert not address.startswith(f"https://handbok.example.no/{kind}"), address
    assert inside > 1500


def test_a_change_in_one_file_makes_only_its_own_files_anew(tmp_path: Path) -> None:
    build = small_project(tmp_path)
    path = tmp_path / "templates/mandat.yml"
    text = path.read_text(encoding="utf-8")
    before = {name: job.key for name, job in jobs(load_project(tmp_path))["nb"].items()}
    document = next(
        document
        for package in packages(load_edition(load_project(tmp_path), "nb"))
        for document, _ in package.files()
        if document.id == "mandat"
    )
    line = next(line for line in text.splitlines() if line.startswith("purpose:"))
    build.write("templates/mandat.yml", text.replace(line, f"{line} Og litt til."))
    after = {name: job.key for name, job in jobs(load_project(tmp_path))["nb"].items()}
    changed = {name for name in after if after[name] != before[name]}
    gathered = {"handboken.pdf", "handboken.zip"}
    own = {name for _, name in files(document)} | {f"mandat{PAGES_SUFFIX}"}
    assert changed - gathered == own
    assert gathered <= changed
