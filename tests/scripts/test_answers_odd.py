"""Files with answers as they come from people: put together by hand, of another kind, not finished.

Each is either read as the reader means it, with a word on what was done, or refused with a word on
what it is. No answer goes without one, and nothing is counted that is no answer.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from macros.content.base import Language
from macros.content.catalogue import load_catalogue
from tests.scripts import answer_files as files
from tests.scripts.test_answers_read import exports, notes, together, whole
from tests.scripts.test_answers_tools import PLACES

Table = list[list[str]]


def answers_of(found: Any) -> dict[str, list[Any]]:
    """Return the columns of the set that came of it."""
    assert "error" not in found, found
    return dict(found["set"]["columns"])


def trust(count: int = 20, **options: Any) -> tuple[files.Survey, files.Answers, Table]:
    """Return a survey, answers to it, and LimeSurvey's table of them."""
    survey = files.surveys()["samarbeidstillit"]
    answers = files.answered(survey, count)
    return survey, answers, files.limesurvey(survey, answers, **options)


# ---- What somebody wrote, and what a tool did ----


def test_what_somebody_wrote_is_an_answer_and_what_a_tool_fills_in_is_not(tmp_path: Path) -> None:
    said = ["-", "nei", "N/A", "Ingen", "", "NULL", "NULL", "{question_not_shown}", "na"]
    table = [["id", "BED02", "DIA08"], *([str(at), "bygg", one] for at, one in enumerate(said))]
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "bedrifter")
    kept = ["-", "nei", "N/A", "Ingen", None, None, None, None, "na"]
    assert answers_of(found)["DIA08"] == kept


def test_a_mark_for_what_was_not_shown_is_no_answer(tmp_path: Path) -> None:
    table = [["BED02", "BED04"], ["bygg", "{question_not_shown}"], ["handel", "over_10"]]
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "bedrifter")
    assert answers_of(found)["BED04"] == [None, "over_10"]
    assert found["matches"][0]["unknown"] == []


def test_answers_that_were_never_handed_in_are_left_out_and_told_of(tmp_path: Path) -> None:
    survey, answers, table = trust(12)
    for at in (3, 7):
        table[at][1] = ""
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "samarbeidstillit")
    done = [one for at, one in enumerate(answers, start=1) if at not in (3, 7)]
    assert answers_of(found) == files.expected(survey, done)
    assert notes(found)["unfinished"] == 2
    for row in table[1:]:  # a tool that dates nothing says nothing of who stopped
        row[1] = ""
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "samarbeidstillit")
    assert found["set"]["n"] == 12


def test_surveyjs_own_choices_for_none_and_other_are_ours(tmp_path: Path) -> None:
    data = [
        {"TIL01": "ansatt", "TIL12": ["regler", "other"], "TIL12-Comment": "noe helt annet"},
        {"TIL01": "annet", "TIL12": ["none"]},
        {"TIL01": "None", "TIL12": ["regler"]},
    ]
    found = whole(tmp_path, {"a.json": json.dumps(data).encode()}, "samarbeidstillit")
    assert answers_of(found)["TIL12"] == [["regler", "annet"], ["ingen"], ["regler"]]
    assert answers_of(found)["TIL01"] == ["ansatt", "annet", None]
    assert found["matches"][0]["unknown"] == []


@pytest.mark.parametrize("name", ["Forms", "Questback, tekst", "LimeSurvey, fulle tekster"])
def test_a_blank_in_a_question_is_whatever_the_region_wrote_there(
    name: str, tmp_path: Path
) -> None:
    survey = files.surveys()["effektmaling"]
    asked = json.loads(json.dumps(survey))
    blank = "[måned og år]"
    assert sum(blank in one["text"] for one in files.questions(asked)) == 3
    for question in files.questions(asked):
        question["text"] = question["text"].replace(blank, "mars 2025")
    answers = files.answered(survey, 6)
    file, data, _ = exports(asked, answers)[name]
    found = whole(tmp_path, {file: data}, "effektmaling", places=dict(PLACES))
    assert found["matches"][0]["missing"] == []
    assert answers_of(found) == files.expected(survey, answers)


# ---- Files that are no answers ----

CODES = [key for one in files.questions(files.surveys()["bedrifter"]) for key in files.keys(one)]


def _codebook() -> Table:
    return [["Kode", "Spørsmål", "Svarkode", "Svar"]] + [
        [question["code"], question["text"], option["code"], option["label"]]
        for question in files.questions(files.surveys()["bedrifter"])
        for option in question["options"]
    ]


def _sideways() -> Table:
    table = files.codes(
        files.surveys()["bedrifter"], files.answered(files.surveys()["bedrifter"], 30)
    )
    return [list(column) for column in zip(*table, strict=True)]


def _report() -> Table:
    table = [["Bedriftsundersøkelsen"]]
    for question in files.questions(files.surveys()["bedrifter"]):
        table.append([question["text"], "Antall", "Prosent"])
        table += [[one["label"], "12", "20,5"] for one in question["options"]]
    return table


NOT_ANSWERS: dict[str, Table] = {
    "codebook": _codebook(),
    "sideways": _sideways(),
    "long_form": [
        ["Person", "Spørsmål", "Svar"],
        *([str(who), code, "3"] for who in range(20) for code in CODES[:12]),
    ],
    "report": _report(),
    "headless": files.codes(
        files.surveys()["bedrifter"], files.answered(files.surveys()["bedrifter"], 30)
    )[1:],
    "nothing": [
        ["Hva mener du om maten?", "Kommentar"],
        ["God", "Mer fisk"],
        ["Dårlig", "Mer salt"],
    ],
}


@pytest.mark.parametrize("kind", NOT_ANSWERS)
@pytest.mark.parametrize("name", ["bedrifter", "folkevalgte"])
def test_a_table_that_is_no_answers_is_told_as_what_it_is_and_nothing_counted(
    kind: str, name: str, tmp_path: Path
) -> None:
    found = whole(tmp_path, {"a.csv": files.as_csv(NOT_ANSWERS[kind])}, name)
    assert found["set"]["n"] == 0
    assert found["set"]["notes"] == [{"key": kind, "where": "a.csv"}]
    assert found["matches"][0]["score"] == 0


def test_a_column_matched_by_hand_makes_answers_of_what_was_none(tmp_path: Path) -> None:
    table = [["Hva driver dere med?", "x"], ["Bygg og anlegg", "1"], ["Annet", "2"]]
    by_hand = {"by_hand": {0: {"key": "BED02"}}}
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "bedrifter", **by_hand)
    assert answers_of(found)["BED02"] == ["bygg", "annet"]
    assert "nothing" not in notes(found)


def test_other_sheets_of_a_workbook_are_left_alone(tmp_path: Path) -> None:
    import openpyxl

    survey, answers, table = trust(8)
    book = openpyxl.Workbook()
    for name, rows in (("Om", [["Verktøy", "Versjon"], ["Ark", "2"]]), ("Svar", table)):
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    found = whole(tmp_path, {"a.xlsx": out.getvalue()}, "samarbeidstillit")
    assert answers_of(found) == files.expected(survey, answers)
    assert not notes(found).keys() & {"nothing", "blank", "unused"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (files.as_csv([["id", "BED01", "BED02"], ["1", "", ""], ["2", "", ""]]), "Header: a.csv"),
        (files.as_csv([[f"k{at}" for at in range(2_001)], ["1"] * 2_001]), "Wide: a.csv"),
        (b"BED01;BED02\n" + b"kommune_1;bygg\n" * 50_001, "Many: a.csv"),
        (b"[" * 50_000 + b"1" + b"]" * 50_000, "Foreign: JSON"),
        (b"PK\x05\x06" + bytes(18), "Foreign: ZIP"),
        (b'{"BED01": "kommune_1"}\n{"BED01": "komm', "Damaged: JSON"),
    ],
    ids=["unanswered", "wide", "many", "deep", "empty zip", "cut off"],
)
def test_a_file_that_is_too_much_or_nothing_is_refused(
    content: bytes, told: str, tmp_path: Path
) -> None:
    assert whole(tmp_path, {"a.csv": content}, "bedrifter") == {"error": told}


# ---- Files that somebody has worked on ----


def test_letters_are_right_line_by_line_and_of_a_mac(tmp_path: Path) -> None:
    survey = files.surveys()["folkevalgte"]
    answers = files.answered(survey, 12)
    for one in answers:
        for key, value in one.items():
            one[key] = value.replace("–", "-") if isinstance(value, str) else value
    table = [[cell.replace("–", "-") for cell in row] for row in files.forms(survey, answers)]
    whole_file = files.as_csv(table)
    half = len(files.as_csv(table[:6]))
    lost = (
        whole_file.decode()
        .replace("\r\n", "\x9d\r\n", 1)
        .encode("utf-8")
        .decode("cp1252", "replace")
    )
    given = {
        "mixed": whole_file[:half] + whole_file[half:].decode().encode("cp1252"),
        "mac": files.as_csv(table, ";", "mac_roman").replace(b"\r\n", b"\r"),
        "doubled": lost.encode(),
    }
    found = together(tmp_path, [({"a.csv": one}, "folkevalgte", {}) for one in given.values()])
    for name, one in zip(given, found, strict=True):
        assert answers_of(one) == files.expected(survey, answers), name
        assert name == "mac" or "letters" in notes(one)


def test_a_line_feed_within_an_answer_of_an_old_mac_is_no_new_row(tmp_path: Path) -> None:
    data = b"BED02;BED04;DIA08\rbygg;over_10;To\nlinjer\rhandel;under_3;En\r"
    found = whole(tmp_path, {"a.csv": data}, "bedrifter")
    assert answers_of(found)["DIA08"] == ["To\nlinjer", "En"]


def test_two_files_put_together_have_one_header(tmp_path: Path) -> None:
    survey, answers, table = trust(10)
    data = files.as_csv(table[:5]) + b"\xef\xbb\xbf" + files.as_csv([table[0], *table[5:]])
    found = whole(tmp_path, {"a.csv": data}, "samarbeidstillit")
    assert answers_of(found) == files.expected(survey, answers)
    assert notes(found)["header_again"] == 1


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_header_of_a_question_and_its_options_below_is_read(ending: str, tmp_path: Path) -> None:
    survey = files.surveys()["samarbeidstillit"]
    answers = files.answered(survey, 20)
    first, second = ["Respondent ID", "Collector ID"], ["", ""]
    for question in files.questions(survey):
        parts = question["rows"] or (question["options"] if question["type"] == "multiple" else [])
        first += [question["text"], *[""] * (len(parts) - 1)]
        second += [one["label"] for one in parts] or ["Response"]
    second[-1] = "Open-Ended Response"
    rows = []
    for number, one in enumerate(answers):
        row = [str(9000 + number), "44"]
        for question in files.questions(survey):
            if question["type"] == "multiple":
                chosen = one[question["code"]] or []
                row += [o["label"] if o["code"] in chosen else "" for o in question["options"]]
            else:
                row += [files.cell(question, one[key], files.label) for key in files.keys(question)]
        rows.append(row)
    table = [first, second, *rows]
    data = files.as_csv(table, ",") if ending == ".csv" else files.as_xlsx(table)
    found = whole(tmp_path, {f"a{ending}": data}, "samarbeidstillit")
    assert answers_of(found) == files.expected(survey, answers)
    assert "two_headers" in notes(found)
    assert "unused" not in notes(found)


@pytest.mark.parametrize("gap", [True, False])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_sums_and_notes_below_the_answers_are_no_answers(
    gap: bool, ending: str, tmp_path: Path
) -> None:
    survey, answers, table = trust(9)
    table += [[""] * 3] * gap + [["Sum", "9"], ["Ringte tre til"]]
    data = files.as_csv(table) if ending == ".csv" else files.as_xlsx(table)
    found = whole(tmp_path, {f"a{ending}": data}, "samarbeidstillit")
    assert answers_of(found) == files.expected(survey, answers)
    assert notes(found)["below"] == 2


def test_somebody_who_answered_little_and_last_is_kept(tmp_path: Path) -> None:
    table = [["id", "BED02", "BED03", "BED04", "DIA08"], ["1", "bygg", "en", "over_10", "Mer"]]
    table += [["2", "handel", "", "", ""]]
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "bedrifter")
    assert answers_of(found)["BED02"] == ["bygg", "handel"]


def test_a_json_object_on_each_line_is_an_answer(tmp_path: Path) -> None:
    survey = files.surveys()["samarbeidstillit"]
    answers = files.answered(survey, 5)
    data = b"\n".join(json.dumps(one).encode() for one in json.loads(files.surveyjs(answers)))
    found = whole(tmp_path, {"a.jsonl": data}, "samarbeidstillit")
    assert answers_of(found) == files.expected(survey, answers)


def test_a_text_parted_by_its_own_signs_is_put_together_and_the_rest_stands_right(
    tmp_path: Path,
) -> None:
    head = "id;BED02;DIA08;BED03;BED04;BED05;INF03"
    rows = [f"{at};bygg;Mer;en;over_10;norge;3" for at in range(8)]
    rows[2] = "2;bygg;Vei; bredbånd; strøm;en;over_10;norge;"
    rows[5] = "5;bygg;Vei;en;over_10;norge;3;ekstra"
    rows[6] = "6;bygg"
    rows[7] = "7;x;y;z;æ;ø;å;1;2;3"
    data = "\n".join([head, *rows]).encode()
    found = whole(tmp_path, {"a.csv": data}, "bedrifter")
    columns = answers_of(found)
    assert columns["DIA08"][2] == "Vei;bredbånd;strøm"
    assert columns["BED03"] == ["en"] * 6 + [None]
    assert columns["INF03"] == ["3", "3", None, "3", "3", "3", None]
    assert found["matches"][0]["unknown"] == []
    told = notes(found)
    assert [told[key] for key in ("rejoined", "ragged", "short", "shifted")] == [1, 1, 1, 1]


def test_a_quotation_mark_that_is_never_closed_does_not_hide_what_parts_the_cells(
    tmp_path: Path,
) -> None:
    rows = [f'{at};ansatt;2;ofte;sjelden;4;5;"Ja, mer ""slikt"", takk"' for at in range(20)]
    rows[9] = '9;ansatt;2;ofte;sjelden;4;5;"Hun sa nei, og så'
    data = "\n".join(
        ["id;TIL01;TIL02;TIL03/avtaler;TIL03/tidlig;TIL05;TIL07;TIL13", *rows]
    ).encode()
    found = whole(tmp_path, {"a.csv": data}, "samarbeidstillit")
    assert found == {"error": "Quotes: 11"}


# ---- Answers that do not go with the survey's own rules ----


def test_more_than_may_be_chosen_and_none_with_others_are_told_of(tmp_path: Path) -> None:
    table = [
        ["id", "TIL01", "TIL12"],
        ["1", "ansatt", "regler fordeling regler regler"],
        ["2", "ansatt", "regler fordeling resultat"],
        ["3", "ansatt", "ingen regler"],
        ["4", "ansatt", "vet_ikke regler fordeling"],
        ["5", "ansatt", "ingen"],
    ]
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "samarbeidstillit")
    assert answers_of(found)["TIL12"][0] == ["regler", "fordeling"]
    told = [(one["key"], one["where"], one["count"]) for one in found["set"]["notes"]]
    assert told == [("too_many", "TIL12", 2), ("alone", "TIL12", 2)]


def test_answers_to_what_somebody_was_not_asked_are_told_of(tmp_path: Path) -> None:
    table = [
        ["id", "EFF01", "BYG01", "BYG02[tid]", "DIA06"],
        ["1", "bedrift", "ja", "verken", "3"],
        ["2", "folkevalgt", "ja", "verken", "3"],
        ["3", "bedrift", "nei", "", "3"],
        ["4", "", "", "", "4"],
    ]
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "effektmaling")
    told = {
        one["where"]: one["count"] for one in found["set"]["notes"] if one["key"] == "not_asked"
    }
    assert told == {"BYG01": 1, "BYG02": 1, "DIA06": 2}
    alone = [[row[0], *row[3:]] for row in table]  # nothing says who was asked
    found = whole(tmp_path, {"b.csv": files.as_csv(alone)}, "effektmaling")
    assert "not_asked" not in notes(found)


def test_a_question_in_two_columns_that_differ_is_told_of(tmp_path: Path) -> None:
    table = [["TIL01", "TIL02", "TIL05", "TIL02", "TIL05"], ["ansatt", "1", "2", "4", "2"]]
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "samarbeidstillit")
    assert answers_of(found)["TIL02"] == ["1"]
    assert {"key": "double", "where": "TIL02", "count": 1} in found["set"]["notes"]


def test_columns_of_others_are_named_and_not_in_the_set(tmp_path: Path) -> None:
    survey = files.surveys()["folkevalgte"]
    table = files.limesurvey(survey, files.answered(survey, 5))
    own = whole(tmp_path, {"a.csv": files.as_csv(table)}, "folkevalgte")
    for at, row in enumerate(table):
        row += ["Parti", "Kjønn"] if not at else ["Hemmelig parti", "K"]
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "folkevalgte")
    assert {"key": "unused", "where": "Parti, Kjønn", "count": 2} in found["set"]["notes"]
    assert "Hemmelig" not in json.dumps(found["set"])
    assert "unused" not in notes(own)


def test_codes_of_another_survey_are_told_of(tmp_path: Path) -> None:
    survey = files.surveys()["effektmaling"]
    table = files.codes(survey, files.answered(survey, 8))
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "bedrifter")
    told = {one["key"]: one["where"] for one in found["set"]["notes"]}
    assert told["codes"].startswith("EFF01, EFF02")


def test_rows_that_are_alike_without_an_id_are_kept_and_told_of(tmp_path: Path) -> None:
    survey = files.surveys()["samarbeidstillit"]
    table = files.codes(survey, files.answered(survey, 10))
    found = whole(
        tmp_path, {"a.csv": files.as_csv([*table, table[2], table[4]])}, "samarbeidstillit"
    )
    assert found["set"]["n"] == 12
    assert notes(found)["alike"] == 2


@pytest.mark.parametrize("name", ["bedrifter", "samarbeidstillit"])
def test_what_the_tools_give_out_has_no_columns_that_nobody_knows(
    name: str, tmp_path: Path
) -> None:
    survey = files.surveys()[name]
    given = exports(survey, files.answered(survey, 20))
    found = together(tmp_path, [({file: data}, name, {}) for file, data, _ in given.values()])
    for tool, one in zip(given, found, strict=True):
        assert not notes(one).keys() & {"unused", "codes", "double", "short", "below"}, tool


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_there_are_words_for_all_that_is_told(language: Language) -> None:
    told = {"report", "codebook", "long_form", "sideways", "headless", "nothing", "header_again",
            "below", "short", "rejoined", "shifted", "ragged", "unfinished", "alike", "too_many",
            "alone", "not_asked", "codes", "double", "unused"}  # fmt: skip
    words = load_catalogue(language)
    for key in [*(f"note.{key}" for key in told), "wrong.Wide", "wrong.Many"]:
        for n in (1, 2):
            assert words(f"answers.{key}", n=n, where="a.csv", file="a.csv")
