"""Slides by what a room sees and its leader reads: in a validator, in the file, in LibreOffice."""

from __future__ import annotations

import dataclasses
import io
import re
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pptx
import pypdfium2
import pytest
from openxml_audit import OpenXmlValidator
from pptx.util import Pt

from macros.content.brand.brand import BrandLogo
from macros.content.brand.mark import Mark
from macros.content.guides import Meeting, Workshop
from macros.content.rich import List, Paragraph, Run
from macros.document import blocks as b
from macros.document.compose import downloads
from macros.document.edition import load_edition
from macros.document.shared import Shared
from macros.document.slides import Deck, Slide, compose_decks
from macros.writers import WriterError
from macros.writers.slides import LANGUAGES, job
from tests import real
from tests.patience import PATIENCE
from tests.writers.editions import shared
from tests.writers.said import squeezed, texts

pytestmark = pytest.mark.xdist_group("slides")

PROJECT = real.project()
SMALL = 150_000
LAYOUTS = ["Forside", "Tittel og tekst", "Tittel og tabell", "Oppgave", "Pause"]
SHOWN = ("rolleavklaring", "beslutningsmote")
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
FOOT = 494  # points from the top; only the foot of a slide stands below


@cache
def decks() -> dict[str, tuple[b.Document, Deck]]:
    return {
        f"{language}-{document.name}": (document, deck)
        for language in PROJECT.handbooks
        for edition in [load_edition(PROJECT, language)]
        for document in downloads(edition)
        for deck in compose_decks(edition, document)
    }


def made(deck: Deck, own: Shared | None = None) -> bytes:
    found = job(deck, own or shared(deck.language))
    return found.render(found.payload).data


@cache
def file(name: str) -> bytes:
    return made(decks()[name][1])


@cache
def opened(name: str) -> Any:
    """Return a deck as python-pptx reads it; no test may change it."""
    return pptx.Presentation(io.BytesIO(file(name)))


def shown(slide: Any) -> list[str]:
    """Return the texts of a slide in reading order."""
    found = []
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
        elif shape.has_text_frame:
            found.append(shape.text_frame.text)
    return found


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text) if slide.has_notes_slide else ""


NAMES = list(decks())


def test_every_workshop_has_slides_and_so_has_every_meeting_that_is_led_from_a_screen() -> None:
    handbook = PROJECT.handbooks["nb"]
    led = (meeting.id for meeting in handbook.all(Meeting) if meeting.slides)
    wanted = {*handbook.items["workshop"], *handbook.items["presentation"], *led}
    assert {name[3:] for name in NAMES if name.startswith("nb-")} == wanted
    assert "avklaringsmote" not in wanted
    assert len(wanted) > 20


@pytest.mark.parametrize("name", NAMES)
def test_powerpoint_would_open_it_without_repair(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.pptx"
    path.write_bytes(file(name))
    assert [error.description for error in OpenXmlValidator().validate(path).errors] == []
    assert path.stat().st_size < SMALL
    assert made(decks()[name][1]) == file(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_slides_say_what_the_document_says(name: str) -> None:
    document, deck = decks()[name]
    whole = squeezed("".join("".join((*shown(s), notes(s))) for s in opened(name).slides))
    sections = {block.id: block for block in document.blocks if isinstance(block, b.Section)}
    wanted: list[str] = [document.title, document.summary]
    if deck.kind == "presentation":
        number = r"^Lysbil(d|et)e \d: "
        wanted += [re.sub(number, "", text) for text in texts(document.blocks)]
        assert [text for text in wanted if squeezed(text) not in whole] == []
        return
    for key in ("formal", "resultat", "beslutninger"):
        for block in sections[key].blocks if key in sections else ():
            said = (block.title, block.blocks) if isinstance(block, b.Callout) else block
            wanted += texts(said)
    (agenda,) = next(sections[key].blocks for key in ("kjoreplan", "agenda") if key in sections)
    assert isinstance(agenda, b.Agenda)
    pace = shared(deck.language).words("agenda.pace")
    for row in agenda.rows:
        wanted.append(row.title)
        wanted += [text for label, cell in row.parts if label != pace for text in texts(cell)]
    assert [text for text in wanted if squeezed(text) not in whole] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_slide_is_made_of_our_layouts_and_read_in_order(name: str) -> None:
    found = opened(name)
    assert [layout.name for layout in found.slide_layouts] == LAYOUTS
    assert (found.slide_width, found.slide_height) == (Pt(960), Pt(540))
    titles = [slide.shapes.title.text_frame.text for slide in found.slides]
    assert len(set(titles)) == len(titles)
    assert all(titles)
    for slide in found.slides:
        assert slide.shapes[0].placeholder_format.idx == 0, "the title is read first"
        assert all(shape.is_placeholder for shape in slide.shapes)
        assert all(text.strip() for text in shown(slide)), "nothing is left to click"
        for shape in slide.shapes:
            if shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
                assert shape.table.first_row


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_in_a_language_and_the_file_tells_what_it_is(name: str) -> None:
    document, deck = decks()[name]
    language = LANGUAGES[deck.language]
    with zipfile.ZipFile(io.BytesIO(file(name))) as archive:
        for part in archive.namelist():
            if re.match(r"ppt/(slides|notesSlides|slideLayouts|slideMasters)/[^/]+xml$", part):
                said = re.findall(r"<a:rPr\b[^>]*>", archive.read(part).decode())
                assert all(f'lang="{language}"' in run for run in said), part
        assert not [part for part in archive.namelist() if "thumbnail" in part or "printer" in part]
    core = opened(name).core_properties
    assert (core.title, core.language) == (document.title, language)
    assert (core.author, core.version) == (PROJECT.region.owner, document.version)


@pytest.mark.parametrize("name", [name for name in NAMES if decks()[name][1].kind == "workshop"])
def test_an_activity_has_its_task_on_the_slide_and_its_leaders_words_in_the_notes(
    name: str,
) -> None:
    _, deck = decks()[name]
    item = PROJECT.handbooks[deck.language].find(Workshop, deck.id)
    slides = {slide.shapes.title.text_frame.text: slide for slide in opened(name).slides}
    pauses = [activity for activity in item.run_sheet if activity.pause]
    assert pauses
    edition = load_edition(PROJECT, deck.language)
    for activity, step in zip(item.run_sheet, deck.slides[3:], strict=True):
        assert activity.task, activity.title
        slide = slides[step.title]
        whole = squeezed("".join(shown(slide)))
        assert all(squeezed(text) in whole for text in activity.task)
        assert squeezed(edition.words()("minutes", n=activity.minutes)) in whole
        assert squeezed(next(texts(step.notes[0][1]))) in squeezed(notes(slide))
        assert slide.slide_layout.name == ("Pause" if activity.pause else "Oppgave")


def test_the_logo_is_told_and_the_colours_and_fonts_are_the_regions() -> None:
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (300, 100), "#123456").save(picture, "PNG")
    brand = dataclasses.replace(
        PROJECT.brand,
        logo=BrandLogo("logo.png", "Regionens merke"),
        marks={"logo.png": Mark(picture.getvalue(), 300, 100)},
        base="Lato",
    )
    own = dataclasses.replace(shared("nb"), brand=brand)
    with zipfile.ZipFile(io.BytesIO(made(decks()["nb-swot"][1], own))) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    theme = parts["ppt/theme/theme1.xml"]
    assert brand.document["accent"].lstrip("#").upper() in theme
    assert '<a:latin typeface="Lato"/>' in theme
    with_logo = [name for name, text in parts.items() if 'descr="Regionens merke"' in text]
    assert with_logo == ["ppt/slideLayouts/slideLayout1.xml", "ppt/slideMasters/slideMaster1.xml"]


LONG = ("Et langt møte om hele regionen og alle bedriftene i den. " * 20)[:500]


def hostile() -> Deck:
    """Return a deck whose texts are too long, alike, or like formulas."""
    _, deck = decks()["nb-swot"]
    cell: b.Cell = (
        Paragraph((Run(LONG),)),
        List(tuple((Paragraph((Run(LONG),)),) for _ in range(8)), ordered=True),
    )
    row = tuple((Paragraph((Run(text),)),) for text in ("0:00", LONG[:200], "5"))
    table = b.Table("x", ("Fra start", "Hva", "Min."), (row,) * 60)
    slides = (
        Slide("task", LONG, cell, LONG[:200], LONG, notes=(("Si", cell),)),
        Slide("task", "=1+1 <b>&", (Paragraph((Run("y" * 900),)),), "", "@kort"),
        Slide("table", "Plan", table=table),
        Slide("pause", "-Pause", cell[:1], "15 minutter"),
    )
    return dataclasses.replace(deck, title=LONG, summary=LONG, slides=slides)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """Return for each page of some decks its text, and the lines of it: (bottom, text)."""
    folder = tmp_path_factory.mktemp("lysbilder")
    files = {name: file(f"nb-{name}") for name in SHOWN} | {"hostile": made(hostile())}
    for name, data in files.items():
        (folder / f"{name}.pptx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    command += [str(folder / f"{name}.pptx") for name in files]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return {name: pages(folder / f"{name}.pdf") for name in files}


def pages(path: Path) -> list[Any]:
    found = []
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text, (wide, tall) = page.get_textpage(), page.get_size()
            scale = 540 / tall
            rects = [text.get_rect(at) for at in range(text.count_rects())]
            lines = [
                (left * scale, (tall - low) * scale, text.get_text_bounded(left, low, right, high))
                for left, low, right, high in rects
                if right <= wide
            ]
            assert len(lines) == len(rects), "no text runs out of the slide"
            found.append((text.get_text_range(), lines))
    return found


@pytest.mark.parametrize("name", [*SHOWN, "hostile"])
def test_libreoffice_shows_every_text_above_the_foot(
    printed: dict[str, list[Any]], name: str, tmp_path: Path
) -> None:
    data = made(hostile()) if name == "hostile" else file(f"nb-{name}")
    path = tmp_path / "x.pptx"
    path.write_bytes(data)
    assert [error.description for error in OpenXmlValidator().validate(path).errors] == []
    slides = list(pptx.Presentation(path).slides)
    assert len(printed[name]) == len(slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert len(set(titles)) == len(titles)
    for slide, (whole, lines) in zip(slides, printed[name], strict=True):
        text = squeezed(whole)
        paragraphs = [line for said in shown(slide) for line in said.split("\n")]
        assert [line for line in paragraphs if squeezed(line) not in text] == []
        if slide.slide_layout.name != "Forside":
            low = [said for _, bottom, said in lines if bottom > FOOT + 4]
            assert squeezed("".join(low)).replace("Næringsvennligregion", "").isdigit(), low


def test_a_character_that_xml_cannot_hold_is_named() -> None:
    _, deck = next(iter(decks().values()))
    with pytest.raises(WriterError, match=r"x\.pptx"):
        made(dataclasses.replace(deck, name="x", title="a\ufffeb"))


def test_a_long_deck_loses_no_word() -> None:
    found = pptx.Presentation(io.BytesIO(made(hostile())))
    whole = squeezed("".join("".join((*shown(s), notes(s))) for s in found.slides))
    for slide in hostile().slides:
        for text in (slide.title, slide.aside, slide.result):
            assert squeezed(text) in whole
    assert whole.count("y") >= 900
    assert sum("Plan" in slide.shapes.title.text_frame.text for slide in found.slides) > 5
