"""What comes out of the answers: opened by others, and saying the same figures everywhere."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from lxml import etree
from PIL import Image
from playwright.sync_api import Browser

from macros.content.base import Language
from macros.content.rich import Run
from macros.writers.slides.fit import Para, height
from tests import openxml
from tests.scripts import answers_given as answers
from tests.scripts.answers_made import Page, files, page, written
from tests.scripts.calls import run
from tests.scripts.filled import converted, printed

pytestmark = pytest.mark.xdist_group("answers-out")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SVG = "{http://www.w3.org/2000/svg}"
HARD = "\u00a0"
MOST = ("kommuneansatte", "folkevalgte", "effektmaling")
SURVEYS = (
    *("bedrifter", "samarbeidstillit"),
    *(pytest.param(name, marks=pytest.mark.audit) for name in MOST),
)
ENDINGS = {"report": "docx", "book": "xlsx", "deck": "pptx"}
LANGUAGES: tuple[Language, ...] = ("nb", "nn")
Make = Callable[..., bytes]


@pytest.fixture(scope="module")
def scripts(browser: Browser) -> Iterator[Page]:
    with page(browser) as found:
        yield found


@pytest.fixture(scope="module")
def make(scripts: Page) -> Make:
    """Return what makes a file, each once."""
    known: dict[tuple[str, str, Language], bytes] = {}

    def made(what: str, name: str = "bedrifter", language: Language = "nb") -> bytes:
        key = (what, name, language)
        if key not in known:
            known[key] = written(scripts, what, answers.given(name, language), language)
        return known[key]

    return made


def percent(share: float) -> str:
    """Return a share as every file should say it, worked out here anew."""
    whole = int(share * 100 + 0.5)
    if share > 0 and whole == 0:
        return f"under 1{HARD}%"
    if share < 1 and whole == 100:
        return f"over 99{HARD}%"
    return f"{whole}{HARD}%"


def cells(name: str = "bedrifter") -> Iterator[tuple[dict[str, Any], dict[str, Any], int, Any]]:
    """Return (figure, row, group, cell) for each cell of a result."""
    for figure in answers.result(name)["figures"]:
        for row in figure["rows"]:
            for at, cell in enumerate(row["cells"]):
                yield figure, row, at, cell


def word(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def rows_of(table: Any) -> list[list[str]]:
    """Return the texts of a table, a cell that reaches over several once."""
    return [
        ["".join(text.text or "" for text in cell.iter(f"{W}t")) for cell in row._tr.tc_lst]
        for row in table.rows
    ]


# Opened by others.


@pytest.mark.parametrize("what", ENDINGS)
@pytest.mark.parametrize("name", SURVEYS)
def test_office_would_open_each_file_without_repair(
    what: str, name: str, make: Make, tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.{ENDINGS[what]}"
    path.write_bytes(make(what, name))
    assert openxml.errors(path) == []


@pytest.mark.parametrize("what", ENDINGS)
def test_it_is_the_same_in_nynorsk(what: str, make: Make, tmp_path: Path) -> None:
    path = tmp_path / f"x.{ENDINGS[what]}"
    path.write_bytes(make(what, "bedrifter", "nn"))
    assert openxml.errors(path) == []
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if ".xml" in name]
    whole = "".join(parts)
    assert "ppdikta svar" in whole
    assert "ppdiktede svar" not in whole


@pytest.mark.audit
def test_libreoffice_shows_all_three(make: Make, tmp_path: Path) -> None:
    paths = [tmp_path / f"{what}.{ending}" for what, ending in ENDINGS.items()]
    for path in paths:
        path.write_bytes(make(path.stem))
    texts = [printed(path) for path in converted(tmp_path, paths, "pdf")]
    for text in texts:
        assert "ppdiktede svar" in text
        assert re.search(r"\d\s%", text)


@pytest.mark.audit
def test_several_surveys_stand_in_one_report(scripts: Page, tmp_path: Path) -> None:
    given = {
        **answers.given(),
        "results": [answers.result("bedrifter"), answers.result("kommuneansatte")],
    }
    for what, ending in ENDINGS.items():
        path = tmp_path / f"x.{ending}"
        path.write_bytes(written(scripts, what, given))
        assert openxml.errors(path) == []
    body = word(written(scripts, "report", given))
    titles = {one["survey"]["title"] for one in given["results"]}
    headings = {p.text for p in body.paragraphs if p.style.name.casefold() == "heading 2"}
    assert {f"{title}, Høsten 2027" for title in titles} <= headings


# The same figures.


def test_the_workbook_has_every_figure_and_none_that_is_hidden(make: Make) -> None:
    book = openpyxl.load_workbook(io.BytesIO(make("book")))
    found: dict[tuple[str, str, str], list[tuple[Any, ...]]] = {}
    for sheet in book.worksheets[2:]:
        for row in sheet.iter_rows(values_only=True):
            if row[0] and re.fullmatch(r"[A-Z]{3}\d\d", str(row[0])) and len(row) == 12:
                found.setdefault((row[0], row[2] or "", row[3]), []).append(row)
    for figure, row, at, cell in cells():
        line = row["label"] if len(figure["rows"]) > 1 else ""
        group = figure["groups"][at]["label"] or "Alle"
        rows = found[(figure["code"], line, group)]
        if "hidden" in cell:
            assert [one[4:11] for one in rows] == [(None,) * 7]
            assert rows[0][11].startswith("Vises ikke")
            continue
        told = {one[4]: one for one in rows}
        for option in figure["options"] if cell["counts"] else ():
            own = told[option["label"]]
            assert own[5] == cell["counts"][option["code"]]
            assert own[6] == pytest.approx(own[5] / cell["n"])
            assert own[7:9] == (cell["n"], cell["missing"])
        for option in figure["aside"]:
            assert told[option["label"]][5:7] == (cell["aside"][option["code"]], None)
        # Between answers such as «2–4» and «5–9» there are no steps to take a mean of.
        if "mean" in cell and figure["type"] != "single":
            assert rows[0][9] == pytest.approx(cell["mean"])


def test_the_workbook_shows_shares_as_all_else_says_them(make: Make) -> None:
    book = openpyxl.load_workbook(io.BytesIO(make("book")))
    shown = set()
    for sheet in book.worksheets[1:]:
        for (cell,) in sheet.iter_rows(min_row=3, min_col=7, max_col=7):
            if isinstance(cell.value, int | float):
                code = cell.number_format
                said = percent(cell.value)
                assert code == (f'"{said}"' if said[0] in "uo" else f'0"{HARD}"%')
                shown.add(code)
    assert f'0"{HARD}"%' in shown


def test_the_report_says_the_figures_of_every_question(make: Make) -> None:
    tables = [rows_of(table) for table in word(make("report")).tables]
    lines = {tuple(row) for table in tables for row in table}
    for figure, row, at, cell in cells():
        if at or figure["type"] == "number":
            continue
        if len(figure["rows"]) == 1:
            for option in figure["options"]:
                count = cell["counts"][option["code"]]
                assert (option["label"], str(count), percent(count / cell["n"])) in lines
            for option in figure["aside"]:
                if count := cell["aside"][option["code"]]:
                    assert (option["label"], str(count), "") in lines
        else:
            codes = [option["code"] for option in figure["options"]]
            every = [percent(cell["counts"][code] / cell["n"]) for code in codes]
            ends = [percent(cell[side]) for side in ("low", "mid", "high") if side in cell]
            mean = f"{cell['mean']:.1f}".replace(".", ",")
            told = [
                (row["label"], *shares, mean, str(cell["n"])) for shares in (every, ends) if shares
            ]
            assert any(one in lines for one in told), (figure["code"], row["label"])


def test_the_report_says_the_figures_of_every_place(make: Make) -> None:
    tables = [rows_of(table) for table in word(make("report")).tables]
    columns = {
        (head, tuple(row[0] for row in table), tuple(row[at] for row in table))
        for table in tables
        for at, head in enumerate(table[0])
        if all(len(row) == len(table[0]) for row in table)
    }
    asked = 0
    for figure in answers.result()["figures"]:
        if figure["ordered"] or len(figure["groups"]) < 2:
            continue
        for at, group in enumerate(figure["groups"][1:], 1):
            cell = figure["rows"][0]["cells"][at]
            names = ("Svar", *(one["label"] for one in figure["options"]), "Antall svar")
            own = [found for found in columns if found[0] == group["label"] and found[1] == names]
            if "hidden" in cell:
                continue
            counts = cell["counts"]
            said = [percent(counts[one["code"]] / cell["n"]) for one in figure["options"]]
            assert (group["label"], *said, str(cell["n"])) in {found[2] for found in own}
            asked += 1
    assert asked > 20


def test_each_picture_says_the_shares_of_its_figure() -> None:
    result, words = answers.result(), answers.words()
    palette = files()["about"]["palette"]
    calls = [
        ["answers/out.js", "alone", words, result, figure, by, True]
        for figure in result["figures"]
        for by in ("", "BED01")
    ]
    scenes = run(calls)
    drawn = run([["answers/svg.js", "svg", scene, palette, "nb"] for scene in scenes])
    for call, scene, svg in zip(calls, scenes, drawn, strict=True):
        figure, by = call[4], call[5]
        root = etree.fromstring(svg.encode())
        texts = [text.text for text in root.iter(f"{SVG}text")]
        groups = figure["groups"] if by else figure["groups"][:1]
        wanted: list[str] = []
        for row in figure["rows"]:
            for at, _ in enumerate(groups):
                cell = row["cells"][at]
                if "hidden" in cell or figure["type"] == "number":
                    continue
                if "low" in cell:
                    wanted += [percent(cell["low"]), percent(cell["high"])]
                else:
                    codes = [option["code"] for option in figure["options"]]
                    codes = [codes[0], codes[-1]] if figure["ordered"] else codes
                    wanted += [percent(cell["counts"][code] / cell["n"]) for code in codes]
        told = [text for text in texts if re.fullmatch(rf"(under |over )?\d+{HARD}%", text)]
        assert sorted(told) == sorted(wanted), (figure["code"], by)
        assert "oppdiktede svar" in " ".join(texts)
        assert f"{result['n']} svar" in " ".join(texts)
        assert root.findtext(f"{SVG}title") == f"{figure['text']} (oppdiktede svar)"
        assert root.findtext(f"{SVG}desc") == scene["desc"]


def test_the_slides_say_what_the_report_says(make: Make) -> None:
    slides = pptx.Presentation(io.BytesIO(make("deck"))).slides
    assert len(slides) == 4
    whole = "\n".join(
        s.text_frame.text for slide in slides for s in slide.shapes if hasattr(s, "text_frame")
    )
    result = answers.result()
    by_code = {figure["code"]: figure for figure in result["figures"]}
    (cell, *_) = by_code["DIA06"]["rows"][0]["cells"]
    assert f"{percent(cell['high'])} ({cell['n']} svar)" in whole
    highs = {row["label"]: row["cells"][0]["high"] for row in by_code["SER01"]["rows"]}
    assert percent(max(highs.values())) in whole
    assert percent(min(highs.values())) in whole
    said = set(re.findall(rf"\d+{HARD}%", "".join(word_texts(make("report")))))
    assert set(re.findall(rf"\d+{HARD}%", whole)) <= said


def word_texts(data: bytes) -> list[str]:
    return [
        "".join(t.text or "" for t in p.iter(f"{W}t")) for p in word(data).element.iter(f"{W}p")
    ]


def test_how_many_were_asked_is_told_where_it_is_known(scripts: Page) -> None:
    asked = {"": 400, "kommune_1": 160, "kommune_2": 20, "kommune_4": 3000}
    given = {**answers.given(), "asked": asked}
    body = word(written(scripts, "report", given))
    whole = f"45{HARD}% av dem som fikk skjemaet, har svart (180 av 400)."
    assert whole in [p.text for p in body.paragraphs]
    rows = [rows_of(table) for table in body.tables]
    # More than were asked cannot have answered: nothing is said of those.
    wanted = [
        ["Eksempelkommune A", "160", "80", f"50{HARD}%"],
        ["Eksempelkommune D", f"3{HARD}000", "8", f"under 1{HARD}%"],
        ["Alle", "400", "180", f"45{HARD}%"],
    ]
    assert [["Gruppe", "Fikk skjemaet", "Antall svar", "Svarprosent"], *wanted] in rows
    sheet = openpyxl.load_workbook(io.BytesIO(written(scripts, "book", given)))["De som svarte"]
    cells = [list(row) for row in sheet.iter_rows(min_row=3, values_only=True) if row[0]]
    assert cells == [
        ["Eksempelkommune A", 160, 80, 0.5],
        ["Eksempelkommune D", 3000, 8, 8 / 3000],
        ["Alle", 400, 180, 0.45],
    ]
    first = pptx.Presentation(io.BytesIO(written(scripts, "deck", given))).slides[0]
    said = "\n".join(s.text_frame.text for s in first.shapes if s.has_text_frame)
    assert whole in said
    assert "Eksempelkommune A (80 av 160), Eksempelkommune B (52)" in said


AGREED = ("DIA06", "NUT05", "SER01")  # one in order, one that is not, and a matrix


def agreed() -> dict[str, Any]:
    """Return figures of which some have but one answer, in all and in the first municipality."""
    found: dict[str, Any] = json.loads(json.dumps(answers.result()))
    for figure in found["figures"]:
        if figure["code"] not in AGREED:
            continue
        *others, last = (one["code"] for one in figure["options"])
        for cell in figure["rows"][0]["cells"][:2]:
            cell["counts"] = {**dict.fromkeys(others, 0), last: cell["n"]}
            cell["alike"] = True
            cell |= {"low": 0, "mid": 0, "high": 1, "mean": 5, "median": 5} if "low" in cell else {}
    return found


def test_where_all_agree_every_file_says_most_of_them(scripts: Page) -> None:
    result = agreed()
    given = {**answers.given(), "results": [result]}
    by_code = {figure["code"]: figure for figure in result["figures"]}
    every = (f"100{HARD}%", f"0{HARD}%", "5,0")
    body = word(written(scripts, "report", given))
    rows = [row for table in body.tables for row in rows_of(table)]
    sheet = openpyxl.load_workbook(io.BytesIO(written(scripts, "book", given)))
    lines = [row for one in sheet.worksheets[1:] for row in one.iter_rows(values_only=True)]
    slides = pptx.Presentation(io.BytesIO(written(scripts, "deck", given))).slides
    shown = [s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame]
    for code in AGREED:
        figure = by_code[code]
        cell = figure["rows"][0]["cells"][0]
        most = f"De fleste svarte «{figure['options'][-1]['label']}» ({cell['n']} svar"
        assert any(part.startswith(most) for row in rows for part in row), code
        own = [one for one in lines if one[0] == code and one[3] in ("Alle", answers.NAMES[0])]
        told = [one for one in own if str(one[11]).startswith("De fleste svarte «")]
        assert told
        assert all(one[4:11] == (None,) * 7 for one in told)
        scenes = run(
            [
                ["answers/out.js", "picture", answers.words(), answers.survey(), figure, {"by": by}]
                for by in ("", "BED01")
            ]
        )
        for scene in scenes:
            assert most in scene["desc"]
            assert "De fleste svarte" in " ".join(one.get("text", "") for one in scene["shapes"])
        if code != "SER01":
            whole = json.dumps(scenes[0], ensure_ascii=False)
            assert [one for one in every if re.search(rf"(?<!\d){one}", whole)] == []
            assert any(most in text for text in shown)


def test_a_change_is_not_told_where_all_agreed() -> None:
    changes = run([["answers/compare.js", "changes", agreed(), answers.result()]])[0]
    found = {one["key"]: one for one in changes if one["code"] in AGREED}
    assert found["DIA06"]["reason"] == "alike"
    assert found["DIA06"]["before"] is None
    (side,) = (
        one["sides"]
        for one in run(
            [["answers/compare.js", "beside", [{"result": agreed()}, {"result": answers.result()}]]]
        )[0]
        if one["key"] == "DIA06"
    )
    assert side[0] is None
    assert side[1] is not None


# What is hidden stays hidden, what is made up says so, and what is hostile stays text.


def test_a_group_that_is_hidden_has_no_figure_in_any_file(make: Make) -> None:
    small = answers.NAMES[-1]
    for table in word(make("report")).tables:
        for row in rows_of(table):
            if row[0] == small and len(row) < 3:
                assert row[1].startswith("Vises ikke")
        assert small not in rows_of(table)[0]
    scenes = run(
        [
            [
                "answers/out.js",
                "picture",
                answers.words(),
                answers.survey(),
                figure,
                {"by": "BED01"},
            ]
            for figure in answers.result()["figures"]
        ]
    )
    for scene in scenes:
        for part in re.findall(rf"{small}: ([^.]*)\.", scene["desc"]):
            assert part.startswith("Vises ikke") or re.match(r"\d", part) is None


def test_made_up_answers_are_said_to_be_so_wherever_they_go(make: Make) -> None:
    body = word(make("report"))
    captions = [p.text for p in body.paragraphs if p.style.name.casefold() == "caption"]
    assert len(captions) > 60
    assert [text for text in captions if "oppdiktede svar" not in text] == []
    cover = [p.text for p in body.paragraphs][:3]
    assert any("Bruk ingen av tallene" in text for text in cover)
    assert "(oppdiktede svar)" in body.core_properties.title
    book = openpyxl.load_workbook(io.BytesIO(make("book")))
    assert "oppdiktede svar" in str(book.worksheets[0]["A1"].value)
    for slide in pptx.Presentation(io.BytesIO(make("deck"))).slides:
        assert any("Oppdiktede svar" in s.text_frame.text for s in slide.shapes if s.has_text_frame)


def test_answers_of_people_are_never_called_made_up(scripts: Page) -> None:
    given = {**answers.given(), "made_up": False}
    for what in ENDINGS:
        with zipfile.ZipFile(io.BytesIO(written(scripts, what, given))) as archive:
            whole = "".join(archive.read(n).decode() for n in archive.namelist() if ".xml" in n)
        assert "ppdiktede" not in whole, what


def test_what_looks_like_a_formula_or_code_stays_text(make: Make) -> None:
    data = make("book")
    book = openpyxl.load_workbook(io.BytesIO(data))
    texts = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str):
                    assert cell.number_format == "@"
                    texts.add(cell.value)
    assert set(answers.HOSTILE[:4]) <= texts
    said = "\n".join(word_texts(make("report")))
    for text in answers.HOSTILE[:4]:
        assert text in said
    for what in ENDINGS:
        with zipfile.ZipFile(io.BytesIO(make(what))) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    part = archive.read(name)
                    assert b"<script" not in part
                    assert etree.fromstring(part) is not None, name


def hostile() -> dict[str, Any]:
    """Return a result whose every label is what should not break anything."""
    whole = answers.result()
    labels = iter(range(10_000))

    def odd(text: str) -> str:
        at = next(labels) % len(answers.HOSTILE)
        return f"{answers.HOSTILE[at]} {text}"

    figures = [
        {
            **figure,
            "text": odd(figure["text"]),
            "options": [{**one, "label": odd(one["label"])} for one in figure["options"]],
            "rows": [{**row, "label": odd(row["label"])} for row in figure["rows"]],
            "groups": [
                {**one, "label": one["label"] and odd(one["label"])} for one in figure["groups"]
            ],
        }
        for figure in whole["figures"]
    ]
    places = [{**one, "label": odd(one["label"])} for one in whole["places"]]
    themes = [{**one, "title": odd(one["title"])} for one in whole["survey"]["themes"]]
    survey = {**whole["survey"], "title": odd("Tittel"), "themes": themes}
    return {**whole, "set": odd("Sett"), "survey": survey, "places": places, "figures": figures}


def test_hostile_labels_break_no_file(scripts: Page, tmp_path: Path) -> None:
    given = {**answers.given(), "results": [hostile()]}
    for what, ending in ENDINGS.items():
        path = tmp_path / f"x.{ending}"
        path.write_bytes(written(scripts, what, given))
        assert openxml.errors(path) == [], what
    assert overflowing(tmp_path / "x.pptx") == []
    names = openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames
    assert all(0 < len(name) <= 31 for name in names)
    assert len({name.casefold() for name in names}) == len(names)


# For whoever reads with other means.


def test_the_report_is_whole_without_its_pictures(make: Make) -> None:
    body = word(make("report"))
    pictures = list(
        body.element.iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
        )
    )
    assert len(pictures) > 30
    for picture in pictures:
        assert re.search(r"\d+ svar|Vises ikke", picture.get("descr"))
    assert len({picture.get("id") for picture in pictures}) == len(pictures)
    own = [
        t for t in body.tables if t._tbl.tblPr.find(f"{W}tblStyle").get(f"{W}val") == "TabellTabell"
    ]
    assert len(own) > 60
    for table in own:
        assert table._tbl.tblPr.find(f"{W}tblCaption").get(f"{W}val")
        assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    levels = [
        int(p.style.name[-1])
        for p in body.paragraphs
        if p.style.name.casefold().startswith("heading")
    ]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_help_stays_only_where_something_is_left_to_write(make: Make) -> None:
    body = word(make("report"))
    tags = [tag.get(f"{W}val") for tag in body.element.body.iter(f"{W}tag")]
    assert "help" not in tags
    chapters: list[tuple[str, list[Any]]] = []
    for element in body.element.body:
        style = element.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") == "Heading1":
            chapters.append(("".join(t.text for t in element.iter(f"{W}t")), []))
        elif chapters:
            chapters[-1][1].append(element)
    guided = {
        name
        for name, parts in chapters
        if any(
            (style := one.find(f"{W}pPr/{W}pStyle")) is not None
            and style.get(f"{W}val").startswith("Veiledning")
            for one in parts
        )
    }
    left = {
        name
        for name, parts in chapters
        if any(list(one.iter(f"{W}showingPlcHdr")) for one in parts)
    }
    assert guided == left
    assert "Spørsmål for spørsmål" not in guided
    assert "Veien videre" in guided


def test_the_contents_lead_to_the_parts_of_the_survey(make: Make) -> None:
    body = word(make("report")).element.body
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    listed = {
        "".join(t.text for t in link.iter(f"{W}t")): link.get(f"{W}anchor")
        for link in body.iter(f"{W}hyperlink")
        if link.get(f"{W}anchor")
    }
    assert set(listed.values()) <= marks
    assert [name for name in listed if name.endswith("Byggesaker")] == ["4.4 Byggesaker"]


# Slides.


def overflowing(path: Path) -> list[str]:
    """Return the texts of slides that are higher than their boxes, by the build's own measure."""
    found = []
    tall = {"Tittel": 92, "Tid": 26, "Innhold": 326}
    for slide in pptx.Presentation(str(path)).slides:
        for shape in slide.shapes:
            if not shape.has_text_frame:
                continue
            paragraphs = shape.text_frame.paragraphs
            size = paragraphs[0].runs[0].font.size.pt
            paras = [Para((Run(p.text),)) for p in paragraphs]
            if height(paras, size, 832) > tall[shape.name] + size * 0.45:
                found.append(shape.text_frame.text)
    return found


@pytest.mark.parametrize("name", SURVEYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_slide_is_larger_than_its_place(
    language: Language, name: str, make: Make, tmp_path: Path
) -> None:
    path = tmp_path / "x.pptx"
    path.write_bytes(make("deck", name, language))
    assert overflowing(path) == []


def test_a_slide_tells_its_source_in_the_notes_and_its_picture_in_words(make: Make) -> None:
    slides = list(pptx.Presentation(io.BytesIO(make("deck"))).slides)
    for slide in slides:
        assert (
            "Kilde: Spørreundersøkelse til bedrifter, versjon"
            in slide.notes_slide.notes_text_frame.text
        )
    (picture,) = [shape for slide in slides for shape in slide.shapes if shape.shape_type == 13]
    assert re.search(r"\d+ svar", picture._element._nvXxPr.cNvPr.get("descr"))
    assert picture.width > 3_000_000
    assert picture.top + picture.height < 6_400_000


# Pictures.


def texts(scene: dict[str, Any]) -> list[dict[str, Any]]:
    return [shape for shape in scene["shapes"] if shape["kind"] == "text"]


def test_no_label_is_cut_or_leaves_the_picture_at_any_width() -> None:
    sets = [answers.result(), hostile()]
    for width in (320, 350, 605, 832):
        calls = [
            [
                "answers/out.js",
                "picture",
                answers.words(),
                one["survey"],
                figure,
                {"width": width, "by": by},
            ]
            for one in sets
            for figure in one["figures"][:14]
            for by in ("", "BED01")
        ]
        scenes = run(calls)
        wide = run(
            [
                ["answers/measure.js", "wide", text["text"], text["size"], text["bold"]]
                for scene in scenes
                for text in texts(scene)
            ]
        )
        measured = iter(wide)
        for call, scene in zip(calls, scenes, strict=True):
            for text in texts(scene):
                reach = next(measured)
                left = text["x"] - {"start": 0, "middle": reach / 2, "end": reach}[text["anchor"]]
                assert left >= -1, text
                assert left + reach <= width + 1, (text, width)
                assert 0 <= text["y"] <= scene["height"]
            whole = bare("".join(text["text"] for text in texts(scene)))
            labels = [one["label"] for one in call[4]["options"]]
            if call[4]["type"] != "number":
                assert [label for label in labels if bare(label) not in whole] == []


def bare(text: str) -> str:
    return re.sub(r"[\s\u00a0\u0000-\u001f-]+", "", text)


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_marks_and_texts_stand_out_on_paper_and_answers_are_told_apart_in_grey() -> None:
    palette = files()["about"]["palette"]
    result = answers.result()
    figures = [one for one in result["figures"] if one["ordered"]]
    scenes = run(
        [["answers/out.js", "picture", answers.words(), result["survey"], one] for one in figures]
    )
    tones = [
        (shape["kind"], part, shape[part])
        for scene in scenes
        for shape in scene["shapes"]
        for part in ("edge", "tone", "fill")
        if part in shape
    ]
    colours = run([["answers/tone.js", "colour", tone, palette] for _, _, tone in tones])
    for (kind, part, tone), colour in zip(tones, colours, strict=True):
        if part == "tone":
            assert contrast(colour, palette["paper"]) >= 7, tone
        elif part == "edge" and kind == "rect":
            assert contrast(colour, palette["paper"]) >= 3, tone
    for count in (3, 5, 7):
        looks = run([["answers/scene-rows.js", "side", at, count] for at in range(count)])
        fills = run([["answers/tone.js", "colour", look["fill"], palette] for look in looks])
        for at, (one, other) in enumerate(pairwise(looks)):
            hatched = bool(one.get("hatch")) != bool(other.get("hatch"))
            assert hatched or contrast(fills[at], fills[at + 1]) >= 1.25, (count, at)


def test_an_svg_stands_alone_and_runs_nothing() -> None:
    result, palette = hostile(), files()["about"]["palette"]
    calls = [
        ["answers/out.js", "alone", answers.words(), result, figure, "BED01", False]
        for figure in result["figures"][:12]
    ]
    drawn = run([["answers/svg.js", "svg", scene, palette, "nb"] for scene in run(calls)])
    for svg in drawn:
        root = etree.fromstring(svg.encode())
        assert {etree.QName(one).localname for one in root.iter()} <= {
            *("svg", "title", "desc", "rect", "path", "text"),
        }
        names = {name for one in root.iter() for name in one.attrib}
        assert not [
            name for name in names if "href" in name or name.startswith("on") or name == "style"
        ]
        assert "url(" not in svg
        assert "Arial" in root.get("font-family")


def test_a_png_is_twice_as_large_as_it_is_shown(scripts: Page) -> None:
    result = answers.result()
    palette = files()["about"]["palette"]
    figure = next(one for one in result["figures"] if one["type"] == "matrix")
    args = (answers.words(), result, figure, "", palette, True)
    picture = Image.open(io.BytesIO(scripts.call("answers/out.js", "asPng", *args)))
    assert picture.format == "PNG"
    assert picture.width == 2 * (605 + 16)
    assert len(picture.convert("RGB").resize((60, 60)).getcolors(4000)) > 10


LIGHT = {"ink": "#16202a", "muted": "#404b57", "accent": "#0b4f6c", "paper": "#ffffff"}
DARK = {"ink": "#e6ebf0", "muted": "#b6c0ca", "accent": "#88c8e8", "paper": "#12181f"}
SHOW = """async ([words, survey, figure, colours]) => {
  const { picture } = await import("./answers/out.js");
  const { element } = await import("./answers/svg.js");
  for (const [name, value] of Object.entries(colours)) {
    document.documentElement.style.setProperty(`--nvr-${name}`, value);
  }
  const svg = element(picture(words, survey, figure, { width: 350 }));
  document.body.replaceChildren(svg);
  const named = (key) => document.getElementById(svg.getAttribute(key)).textContent;
  return {
    text: getComputedStyle(svg.querySelector("text")).fill,
    strong: getComputedStyle([...svg.querySelectorAll("rect")].at(-1)).stroke,
    wide: svg.getBoundingClientRect().width,
    name: named("aria-labelledby"),
    told: named("aria-describedby"),
    role: svg.getAttribute("role"),
  };
}"""


def test_a_picture_on_the_page_follows_its_colours(scripts: Page) -> None:
    result = answers.result()
    figure = next(one for one in result["figures"] if one["code"] == "DIA06")
    args = [answers.words(), result["survey"], figure]
    light = scripts._page.evaluate(SHOW, [*args, LIGHT])
    dark = scripts._page.evaluate(SHOW, [*args, DARK])
    assert (light["text"], light["strong"]) == ("rgb(22, 32, 42)", "rgb(11, 79, 108)")
    assert (dark["text"], dark["strong"]) == ("rgb(230, 235, 240)", "rgb(136, 200, 232)")
    assert light["name"] == figure["text"]
    assert "174 svar" in light["told"]
    assert light["role"] == "img"
    assert light["wide"] == 350


def test_what_has_an_order_but_no_steps_has_no_mean(scripts: Page) -> None:
    whole = answers.result()
    figures = [one for one in whole["figures"] if one["type"] == "scale"]
    sizes = {**figures[0], "type": "single"}
    given = {"results": [{**whole, "figures": [sizes]}], "made_up": True}
    said = " ".join(word_texts(written(scripts, "report", given)))
    assert "jennomsnitt" not in said
    assert "jennomsnitt" in " ".join(
        word_texts(
            written(scripts, "report", {**given, "results": [{**whole, "figures": figures}]})
        )
    )


def test_a_number_is_said_as_norwegians_write_it() -> None:
    said = run(
        [
            ["answers/say.js", "number", 1250, 0],
            ["answers/say.js", "number", 3.36, 1],
            ["answers/say.js", "number", -2, 0],
            ["answers/say.js", "number", -0.01, 1],
        ]
    )
    assert said == ["1\u00a0250", "3,4", "\u22122", "0,0"]


def test_every_row_of_the_workbook_is_high_enough_for_its_texts(make: Make) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(make("book"))):
        for number, row in enumerate(sheet.iter_rows(), 1):
            high = sheet.row_dimensions[number].height
            for cell in row:
                width = sheet.column_dimensions[cell.column_letter].width
                if (
                    isinstance(cell.value, str) and number > 1
                ):  # a title goes on over what is beside
                    letters = len(cell.value.encode("ascii", "replace")) * 0.82
                    assert high >= min(15 * (letters // width), 400), (sheet.title, cell.coordinate)


def test_the_workbook_has_the_colours_of_the_report(make: Make) -> None:
    with zipfile.ZipFile(io.BytesIO(make("book"))) as archive:
        theme = archive.read("xl/theme/theme1.xml").decode()
    assert files()["about"]["palette"]["accent"].lstrip("#").upper() in theme


def test_what_has_changed_and_what_stands_beside_is_said_with_how_sure_it_is(make: Make) -> None:
    tables = [rows_of(table) for table in word(make("report")).tables]
    rows = [row for table in tables for row in table]
    changed = next(row for row in rows if "61\u00a0% av 118 svar" in row)
    assert changed[1] == "42\u00a0% av 110 svar"
    assert changed[3:] == ["+19 prosentpoeng", "+6 prosentpoeng til +32 prosentpoeng", SURE]
    assert ["Alt i alt: gjennomsnitt", "Vises ikke: for få svar en av gangene."] in rows
    assert ["Alt i alt: andel «Ja»", "42\u00a0% av 110 svar", "vises ikke"] in rows
    book = openpyxl.load_workbook(io.BytesIO(make("book")))
    told = {cell for row in book["Endringer"].values for cell in row}
    assert {"+19 prosentpoeng", SURE} <= told
    assert ("Hva er målt", "Bedrifter", "Ansatte") in book["Bedrifter og ansatte"].values


SURE = answers.words()["sure.up"]
