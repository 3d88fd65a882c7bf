"""Answers are read from what each survey tool gives out, and nothing is lost without a word."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.scripts import answer_files as files
from tests.scripts.calls import run

DRIVER = "../../../tests/scripts/answers.mjs"
SURVEYS = ["bedrifter", "effektmaling", "folkevalgte", "kommuneansatte", "samarbeidstillit"]


def whole(folder: Path, given: dict[str, bytes], survey: str, **options: Any) -> Any:
    """Return what comes of files: tables, matches and the set, or what they are refused for."""
    return together(folder, [(given, survey, options)])[0]


def together(folder: Path, asked: list[tuple[dict[str, bytes], str, dict[str, Any]]]) -> list[Any]:
    """Return what comes of each, in one run of Node."""
    calls = []
    for number, (given, survey, options) in enumerate(asked):
        paths = []
        for name, content in given.items():
            path = folder / str(number) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            paths.append(str(path))
        by_hand = options.pop("by_hand", {})
        twins = [files.surveys("nn")[survey]]
        calls.append([DRIVER, "whole", paths, files.surveys()[survey], twins, options, by_hand])
    return run(calls)


def exports(survey: files.Survey, answers: files.Answers) -> dict[str, tuple[str, bytes, str]]:
    """Return what each tool gives out: the file's name, its bytes, and what it is known as."""
    lime, odk, forms, quest = files.limesurvey, files.odk, files.forms, files.questback
    comma = {"separator": ",", "encoding": "utf-8"}
    return {
        "LimeSurvey, koder": ("results.csv", files.as_csv(lime(survey, answers)), "limesurvey"),
        "LimeSurvey, fulle tekster": (
            "results.csv",
            files.as_csv(lime(survey, answers, "full", long=True), ","),
            "limesurvey",
        ),
        "LimeSurvey, koder og tekster": (
            "results.csv",
            files.as_csv(lime(survey, answers, "codetext", long=True)),
            "limesurvey",
        ),
        "LimeSurvey, Excel": ("results.xlsx", files.as_xlsx(lime(survey, answers)), "limesurvey"),
        "ODK Central": ("skjema.csv", files.as_csv(odk(survey, answers), **comma), "odk"),
        "ODK Central, delt": (
            "skjema.csv",
            files.as_csv(odk(survey, answers, split="/"), **comma),
            "odk",
        ),
        "KoboToolbox": ("kobo.csv", files.as_csv(odk(survey, answers, "/", "/")), "kobo"),
        "KoboToolbox, Excel": (
            "kobo.xlsx",
            files.as_openpyxl(odk(survey, answers, "/", "/")),
            "kobo",
        ),
        "SurveyJS": ("svar.json", files.surveyjs(answers), "surveyjs"),
        "Forms": ("Skjema.xlsx", files.as_xlsx(forms(survey, answers)), "forms"),
        "Forms, engelsk": (
            "Form.csv",
            files.as_csv(forms(survey, answers, "en"), **comma),
            "forms",
        ),
        "Questback, tekst": ("qb.xlsx", files.as_xlsx(quest(survey, answers)), "questback"),
        "Questback, tall": ("qb.xlsx", files.as_xlsx(quest(survey, answers, True)), "questback"),
        "Questback, Windows": (
            "qb.csv",
            files.as_csv(quest(survey, answers), ";", "cp1252", quote=False),
            "questback",
        ),
        "kodeboken": (
            "svar.txt",
            files.as_csv(files.codes(survey, answers), "\t", "utf-16"),
            "codes",
        ),
    }


@pytest.mark.parametrize("name", SURVEYS)
def test_every_answer_is_read_from_what_each_tool_gives_out(name: str, tmp_path: Path) -> None:
    survey = files.surveys()[name]
    answers = files.answered(survey, 40)
    given = exports(survey, answers)
    results = together(tmp_path, [({file: data}, name, {}) for file, data, _ in given.values()])
    for (tool, (_, _, known)), found in zip(given.items(), results, strict=True):
        assert "error" not in found, (tool, found)
        match = found["matches"][0]
        assert match["missing"] == [], (tool, match)
        assert match["unknown"] == [], (tool, match)
        assert match["tool"] == known, tool
        wanted = files.expected(survey, answers)
        for key, column in found["set"]["columns"].items():
            assert column == wanted[key], (tool, key)
        assert found["set"]["n"] == len(answers), tool


def small(survey: str = "bedrifter", count: int = 6) -> tuple[files.Survey, files.Answers]:
    found = files.surveys()[survey]
    return found, files.answered(found, count)


def notes(found: Any) -> dict[str, Any]:
    return {note["key"]: note.get("count") for note in found["set"]["notes"]}


def packed(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
TABLE = files.as_csv([["BED01", "BED02"], ["kommune_1", "bygg"]])


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("tom.csv", b"", "Empty: tom.csv"),
        ("tom.csv", b"\xef\xbb\xbf\r\n;;\r\n", "Empty: tom.csv"),
        ("hode.csv", b"BED01;BED02\r\n", "Header: hode.csv"),
        ("tom.json", b"[]", "Empty: JSON"),
        ("halv.json", b'[{"BED01": "kommune_1"', "Damaged: JSON"),
        ("svar.pdf", b"%PDF-1.7\n...", "Foreign: PDF"),
        ("bilde.csv", b"\x89PNG\r\n\x1a\n", "Foreign: PNG"),
        ("bilde.jpg", b"\xff\xd8\xff\xe0", "Foreign: JPEG"),
        ("side.xls", b"<html><table><tr><td>BED01</td></tr></table></html>", "Foreign: HTML"),
        ("svar.docx", packed(word__document_xml="").replace(b"_xml", b".xml"), "Foreign: DOCX"),
        ("svar.zip", packed(les="meg"), "Foreign: ZIP"),
        ("gammel.xls", OLE + b"\0" * 600 + "Workbook".encode("utf-16le"), "Old: gammel.xls"),
        (
            "last.xlsx",
            OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16le"),
            "Locked: last.xlsx",
        ),
        ("halv.xlsx", files.as_xlsx([["BED01"], ["kommune_1"]])[:900], "Damaged: halv.xlsx"),
        ("binar.csv", b"BED01;BED02\0\0\x01;x\n", "Damaged: binar.csv"),
    ],
)
def test_a_file_without_answers_is_refused_with_what_it_is(
    name: str, content: bytes, told: str, tmp_path: Path
) -> None:
    assert whole(tmp_path, {name: content}, "bedrifter") == {"error": told}


def test_an_open_document_is_told_by_its_name(tmp_path: Path) -> None:
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", mime)
        package.writestr("content.xml", "<a/>")
    assert whole(tmp_path, {"svar.ods": out.getvalue()}, "bedrifter") == {"error": "Foreign: ODS"}


def test_a_zip_file_with_a_password_is_told_as_locked(tmp_path: Path) -> None:
    content = bytearray(packed(a="b"))
    content[6] |= 1
    assert whole(tmp_path, {"svar.zip": bytes(content)}, "bedrifter") == {
        "error": "Locked: svar.zip"
    }


def test_more_than_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    found = whole(tmp_path, {"stor.csv": b"a;b\n" * 12_600_000}, "bedrifter")
    assert found == {"error": "Large: stor.csv"}


def test_more_cells_than_a_browser_has_room_for_are_refused_unread(tmp_path: Path) -> None:
    found = whole(tmp_path, {"tett.csv": (b";" * 57 + b"\n") * 200_000}, "bedrifter")
    assert found == {"error": "Large: tett.csv"}


@pytest.mark.parametrize("honest", [True, False])
def test_a_workbook_that_swells_is_not_unpacked(honest: bool, tmp_path: Path) -> None:
    survey, answers = small()
    out = io.BytesIO(files.as_xlsx(files.limesurvey(survey, answers)))
    bomb = io.BytesIO()
    rows = b"<row><c><v>1</v></c></row>" * 100_000
    with (
        zipfile.ZipFile(out) as before,
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in before.namelist():
            if name == "xl/worksheets/sheet1.xml":
                with package.open(name, "w", force_zip64=True) as part:
                    part.write(b"<worksheet><sheetData>")
                    for _ in range(100):
                        part.write(rows)
                    part.write(b"</sheetData></worksheet>")
            else:
                package.writestr(name, before.read(name))
    content = bomb.getvalue()
    if not honest:  # it says that it is small, and is cut there
        size = (22 + 100 * len(rows) + 24).to_bytes(4, "little")
        content = content.replace(size, (4000).to_bytes(4, "little"))
    found = whole(tmp_path, {"bombe.xlsx": content}, "bedrifter")
    assert found["error"].split(":")[0] in ({"Large"} if honest else {"Damaged", "Empty", "Header"})


def test_xml_that_defines_entities_is_refused(tmp_path: Path) -> None:
    survey, answers = small()
    out = io.BytesIO(files.as_xlsx(files.limesurvey(survey, answers)))
    evil = io.BytesIO()
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(evil, "w") as package:
        for name in before.namelist():
            text = before.read(name)
            if name == "xl/sharedStrings.xml":
                text = b'<!DOCTYPE x [<!ENTITY a "b">]>' + text
            package.writestr(name, text)
    assert whole(tmp_path, {"ond.xlsx": evil.getvalue()}, "bedrifter") == {
        "error": "Damaged: ond.xlsx"
    }


def test_a_quotation_mark_that_is_never_closed_is_told_of_and_no_answer_lost(
    tmp_path: Path,
) -> None:
    lines = ["BED01;BED02;BED03;BED04;BYG04"]
    lines += ["kommune_1;bygg;en;under_3;fint"] * 3
    lines += ['kommune_1;bygg;en;under_3;"et råd', *lines[1:4], 'kommune_1;bygg;en;under_3;"b"']
    found = whole(tmp_path, {"svar.csv": "\r\n".join(lines).encode()}, "bedrifter")
    assert found == {"error": "Quotes: 5"}


def test_an_answer_over_several_lines_is_one_answer(tmp_path: Path) -> None:
    said = "Tre ting:\nvei; vann; strøm; og bolig\n- fort"
    table = [["BED02", "BED03", "BED04", "DIA08"], ["bygg", "en", "under_3", said]]
    found = whole(tmp_path, {"svar.csv": files.as_csv(table)}, "bedrifter")
    assert found["set"]["columns"]["DIA08"] == [said]


def test_formulas_and_scripts_are_text_and_never_run(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["BED01", "DIA08", "BYG04"])
    page.append(["kommune_1", "<script>alert(1)</script>", "'=1+1"])
    page.append(["kommune_2", '=HYPERLINK("https://example.org")', "&lt;b&gt; \U0001f600"])
    out = io.BytesIO()
    book.save(out)
    found = whole(tmp_path, {"svar.xlsx": out.getvalue()}, "bedrifter")
    columns = found["set"]["columns"]
    assert columns["DIA08"] == ["<script>alert(1)</script>", None]
    assert columns["BYG04"] == ["=1+1", "&lt;b&gt; \U0001f600"]
    assert notes(found)["formulas"] == 1


def test_an_answer_that_the_survey_does_not_have_is_counted_and_kept_apart(tmp_path: Path) -> None:
    table = [
        ["id", "BED02", "INF03", "NUT04", "INF01[vei]"],
        ["1", "bygg", "3", "start penger", "verken"],
        ["2", "romfart", "9", "start;Romferder;penger", "7"],
        ["3", "romfart", "6", "Hjelp til noe helt annet, som å starte", "verken"],
    ]
    found = whole(tmp_path, {"svar.csv": files.as_csv(table)}, "bedrifter")
    unknown = {(one["key"], one["value"]): one["count"] for one in found["matches"][0]["unknown"]}
    assert unknown == {
        ("BED02", "romfart"): 2,
        ("INF03", "9"): 1,
        ("INF03", "6"): 1,
        ("NUT04", "Romferder"): 1,
        ("NUT04", "Hjelp til noe helt annet"): 1,
        ("NUT04", "som å starte"): 1,
        ("INF01/vei", "7"): 1,
    }
    columns = found["set"]["columns"]
    assert columns["BED02"] == ["bygg", None, None]
    assert columns["NUT04"] == [["start", "penger"], ["start", "penger"], None]
    told = [
        (note["where"], note["count"]) for note in found["set"]["notes"] if note["key"] == "unknown"
    ]
    assert told == [("BED02", 2), ("INF03", 2), ("NUT04", 3), ("INF01/vei", 1)]


@pytest.mark.parametrize(
    ("said", "step"),
    [("3", "3"), ("3.0", "3"), ("3,0", "3"), (" 3 ", "3"), ("1 – Svært dårlig", "1"),
     ("5 - svært godt", "5"), ("5. Svært godt", "5"), ("Svært\u00a0godt", "5"),
     ("SVÆRT DÅRLIG", "1"), ("Vet ikke", "vet_ikke"), ("veikk", "vet_ikke"),
     ("vet_ikke", "vet_ikke"), ("Veit ikkje", "vet_ikke"), ("0", None), ("6", None),
     ("3,5", None), ("-3", None)],
)  # fmt: skip
def test_a_step_of_a_scale_is_known_however_it_is_written(
    said: str, step: str | None, tmp_path: Path
) -> None:
    table = [["INF03", "BED02"], [said, "bygg"], ["2", "handel"]]
    found = whole(tmp_path, {"svar.csv": files.as_csv(table)}, "bedrifter")
    assert found["set"]["columns"]["INF03"] == [step, "2"]


@pytest.mark.parametrize(
    ("mark", "chosen"),
    [("Y", True), ("Ja", True), ("1", True), ("TRUE", True), ("SANN", True), ("x", True),
     ("✓", True), ("Lager", True), ("N", False), ("Nei", False), ("0", False), ("FALSE", False),
     ("USANN", False), ("N/A", False), ("", False)],
)  # fmt: skip
def test_a_mark_is_known_however_it_is_written(mark: str, chosen: bool, tmp_path: Path) -> None:
    table = [["BED02", "ARE02[kontor]", "ARE02[lager]"], ["bygg", "Y", mark], ["bygg", "", mark]]
    found = whole(tmp_path, {"svar.csv": files.as_csv(table)}, "bedrifter")
    wanted = [["kontor", "lager"], ["lager"]] if chosen else [["kontor"], None]
    assert found["set"]["columns"]["ARE02"] == wanted


def test_labels_that_hold_the_very_signs_that_part_them_are_not_parted(tmp_path: Path) -> None:
    labels = {"kontor": "Plass, stor; liten", "butikk": "Plass", "lager": "Lager"}
    survey = json.loads(json.dumps(files.surveys()["bedrifter"]))
    for question in files.questions(survey):
        for option in question["options"]:
            if question["code"] == "ARE02":
                option["label"] = labels.get(option["code"], option["label"])
    cells = ["Plass, stor; liten;Lager;", "Lager, Plass", "Plass, stor; liten", "lager; plass;"]
    table = [["BED02", "ARE02"], *(["bygg", one] for one in cells)]
    path = tmp_path / "svar.csv"
    path.write_bytes(files.as_csv(table))
    (found,) = run([[DRIVER, "whole", [str(path)], survey]])
    chosen = [set(one) for one in found["set"]["columns"]["ARE02"]]
    assert chosen == [{"kontor", "lager"}, {"lager", "butikk"}, {"kontor"}, {"lager", "butikk"}]


def test_ranges_that_a_spreadsheet_has_made_dates_of_are_read_back(tmp_path: Path) -> None:
    spoiled = [
        "2026-04-02",
        "2. apr",
        "02.apr",
        "2019-10-01",
        "okt.19",
        "46114",
        "20–49",
        "5-9",
        "9-May",
    ]
    table = [["BED03", "BED02"], *([one, "bygg"] for one in spoiled)]
    found = whole(tmp_path, {"svar.csv": files.as_csv(table)}, "bedrifter")
    two, ten = "fra_2_til_4", "fra_10_til_19"
    assert found["set"]["columns"]["BED03"] == [
        two, two, two, ten, ten, two, "fra_20_til_49", "fra_5_til_9", "fra_5_til_9",
    ]  # fmt: skip
    assert notes(found)["dates"] == 7


def test_headings_over_two_rows_and_a_title_above_are_read(tmp_path: Path) -> None:
    import xlsxwriter

    survey, answers = small(count=5)
    matrix = next(one for one in files.questions(survey) if one["code"] == "INF01")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    page.write(0, 0, "Svar på undersøkelsen, hentet ut 2. mars")
    page.merge_range(2, 0, 3, 0, "Hvilken bransje tilhører bedriften?")
    page.merge_range(2, 1, 2, 6, matrix["text"])
    for at, row in enumerate(matrix["rows"]):
        page.write(3, 1 + at, row["label"])
    for number, one in enumerate(answers):
        bed02 = next(q for q in files.questions(survey) if q["code"] == "BED02")
        page.write(4 + number, 0, files.cell(bed02, one["BED02"], files.label))
        for at, key in enumerate(files.keys(matrix)):
            page.write(4 + number, 1 + at, files.cell(matrix, one[key], files.label))
    book.close()
    found = whole(tmp_path, {"svar.xlsx": out.getvalue()}, "bedrifter")
    for key in ["BED02", *files.keys(matrix)]:
        assert found["set"]["columns"][key] == [one[key] for one in answers]
    assert {"above", "two_headers", "merged"} <= notes(found).keys()


def test_texts_in_a_row_below_the_codes_are_no_answer(tmp_path: Path) -> None:
    survey, answers = small(count=5)
    table = files.codes(survey, answers)
    texts = [
        question["text"] + (f" [{row['label']}]" if row else "")
        for question in files.questions(survey)
        for row in question["rows"] or [None]
    ]
    found = whole(tmp_path, {"svar.csv": files.as_csv([table[0], texts, *table[1:]])}, "bedrifter")
    assert found["set"]["columns"] == files.expected(survey, answers)
    # And the other way round: texts are the header, names of a program's own above it.
    names = [f"Kolonne {at}" for at in range(len(texts))]
    table = [names, texts, *files.codes(survey, answers)[1:]]
    found = whole(tmp_path, {"svar.csv": files.as_csv(table)}, "bedrifter")
    assert found["set"]["columns"] == files.expected(survey, answers)


def test_the_same_answer_in_two_files_counts_once(tmp_path: Path) -> None:
    survey, answers = small(count=8)
    first, second = (files.odk(survey, answers)[:6], files.odk(survey, answers))
    given = {
        "a.csv": files.as_csv(first, ","),
        "b.csv": files.as_csv([second[0], *second[4:]], ","),
    }
    found = whole(tmp_path, given, "bedrifter")
    assert found["set"]["n"] == 8
    assert notes(found)["twice"] == 2
    assert found["set"]["columns"] == files.expected(survey, answers)


def test_two_municipalities_that_count_their_answers_from_one_are_kept_apart(
    tmp_path: Path,
) -> None:
    survey = files.surveys()["bedrifter"]
    one, other = files.answered(survey, 7, seed=1), files.answered(survey, 9, seed=2)
    given = {
        "a.csv": files.as_csv(files.limesurvey(survey, one)),
        "b.csv": files.as_csv(files.limesurvey(survey, other)),
    }
    found = whole(tmp_path, given, "bedrifter")
    assert found["set"]["columns"] == files.expected(survey, [*one, *other])
    assert "twice" not in notes(found)


def test_the_same_file_twice_and_a_row_twice_within_it_count_once(tmp_path: Path) -> None:
    survey, answers = small(count=8)
    table = files.limesurvey(survey, answers)
    data = files.as_csv([*table, table[3]])
    found = whole(tmp_path, {"a.csv": data, "kopi.csv": data}, "bedrifter")
    assert found["set"]["n"] == 8
    assert notes(found)["twice"] == 1
    assert notes(found)["same_file"] == 9


def test_people_who_answer_alike_are_both_counted(tmp_path: Path) -> None:
    table = [["BED02", "BED04"], ["bygg", "under_3"], ["bygg", "under_3"], ["", ""]]
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "bedrifter")
    assert found["set"]["columns"]["BED02"] == ["bygg", "bygg"]


def test_a_column_that_says_the_same_of_everybody_tells_nobody_apart(tmp_path: Path) -> None:
    table = [["Respondent", "Dato innsendt", "BED02"]]
    table += [["Anonym", "1980-01-01 00:00:00", "bygg"]] * 5
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "bedrifter")
    assert found["set"]["columns"]["BED02"] == ["bygg"] * 5


def test_the_same_answers_as_texts_and_as_numbers_in_one_workbook_count_once(
    tmp_path: Path,
) -> None:
    import openpyxl

    survey, answers = small(count=12)
    texts, numbers = files.questback(survey, answers), files.questback(survey, answers, True)
    book = openpyxl.Workbook()
    for name, table in (("Tekst", texts), ("Tall", numbers)):
        page = book.create_sheet(name)
        for row in table:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    found = whole(tmp_path, {"a.xlsx": out.getvalue()}, "bedrifter")
    assert len(found["sheets"]) == 2
    assert found["set"]["n"] == 12


def test_a_row_without_any_answer_is_nobody(tmp_path: Path) -> None:
    survey, answers = small(count=3)
    table = files.limesurvey(survey, answers)
    table.append(["99", "", "1", "no", "7", *[""] * (len(table[0]) - 5)])
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "bedrifter")
    assert found["set"]["n"] == 3
    assert notes(found)["blank"] == 1


def test_names_of_municipalities_become_places_whatever_order_the_files_have(
    tmp_path: Path,
) -> None:
    table = [
        ["BED01", "BED02"],
        ["Ås", "bygg"],
        ["eksempelby ", "bygg"],
        ["Eksempelby", "handel"],
        ["Bø", "bygg"],
    ]
    other = [table[0], *reversed(table[1:])]
    found, turned = together(
        tmp_path,
        [({"a.csv": files.as_csv(one)}, "bedrifter", {}) for one in (table, other)],
    )
    places = {"kommune_1": "Bø", "kommune_2": "Eksempelby", "kommune_3": "Ås"}
    assert found["set"]["places"] == turned["set"]["places"] == places
    assert found["set"]["columns"]["BED01"] == ["kommune_3", "kommune_2", "kommune_2", "kommune_1"]


def test_places_that_have_a_code_keep_it_and_more_than_there_are_blanks_get_one(
    tmp_path: Path,
) -> None:
    names = [f"Sted {letter}" for letter in "ABCDEFGHIJ"]
    table = [["BED01", "BED02"], *([name, "bygg"] for name in names)]
    options = {"places": {"kommune_2": "Sted J"}}
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "bedrifter", **options)
    places = found["set"]["places"]
    assert places["kommune_2"] == "Sted J"
    assert places["kommune_1"] == "Sted A"
    assert len(places) == 10
    assert {"kommune_9", "kommune_10"} <= places.keys()
    assert [places[code] for code in found["set"]["columns"]["BED01"]] == names
    assert notes(found)["places_many"] == 2


def test_a_file_for_each_municipality_needs_no_column_for_it(tmp_path: Path) -> None:
    tables = [[["id", "BED02", "BED04"], ["1", "bygg", age]] for age in ("under_3", "over_10")]
    given = {f"{at}.csv": files.as_csv(table) for at, table in enumerate(tables)}
    options = {"whose": {0: "Bø", 1: "Ås"}}
    found = whole(tmp_path, given, "bedrifter", **options)
    assert found["set"]["columns"]["BED01"] == ["kommune_1", "kommune_2"]
    assert found["set"]["places"] == {"kommune_1": "Bø", "kommune_2": "Ås"}


@pytest.mark.parametrize("name", SURVEYS)
def test_a_file_of_another_survey_is_known_as_that(name: str, tmp_path: Path) -> None:
    survey = files.surveys()[name]
    answers = files.answered(survey, 10)
    every = list(files.surveys().values())
    calls = []
    for number, (file, data, _) in enumerate(exports(survey, answers).values()):
        path = tmp_path / f"{number}-{file}"
        path.write_bytes(data)
        calls.append([DRIVER, "surveys", str(path), every])
    for found in run(calls):
        assert found[0]["id"] == name
        assert len(found) == 1 or found[0]["score"] > 1.2 * found[1]["score"]


def test_a_file_of_something_else_looks_like_no_survey(tmp_path: Path) -> None:
    table = [["Varenr", "Navn", "Pris"], ["1", "Skrue", "12"], ["2", "Mutter", "9"]]
    path = tmp_path / "varer.csv"
    path.write_bytes(files.as_csv(table))
    assert run([[DRIVER, "surveys", str(path), list(files.surveys().values())]]) == [[]]


def test_texts_of_the_other_language_are_known(tmp_path: Path) -> None:
    survey = files.surveys("nn")["bedrifter"]
    answers = files.answered(survey, 12)
    found = whole(
        tmp_path, {"skjema.xlsx": files.as_xlsx(files.forms(survey, answers))}, "bedrifter"
    )
    assert found["matches"][0]["language"] == "nn"
    assert "language" in notes(found)
    assert found["set"]["columns"] == files.expected(survey, answers)


def test_a_column_can_be_matched_by_hand(tmp_path: Path) -> None:
    table = [["Hva driver dere med?", "BED04"], ["Bygg og anlegg", "under_3"], ["Annet", "over_10"]]
    data = {"a.csv": files.as_csv(table)}
    before, after = together(
        tmp_path, [(data, "bedrifter", {}), (data, "bedrifter", {"by_hand": {0: {"key": "BED02"}}})]
    )
    assert before["set"]["columns"]["BED02"] == [None, None]
    assert "BED02" in before["matches"][0]["missing"]
    assert after["set"]["columns"]["BED02"] == ["bygg", "annet"]
    assert "BED02" not in after["matches"][0]["missing"]


def test_names_and_addresses_of_people_are_not_read(tmp_path: Path) -> None:
    survey, answers = small("samarbeidstillit")
    table = files.forms(survey, answers)
    for row in table[1:]:
        row[3:5] = ["kari@example.org", "Kari Eksempel"]
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "samarbeidstillit")
    assert "Kari" not in json.dumps(found["set"], ensure_ascii=False)
    assert notes(found)["persons"] == 2
