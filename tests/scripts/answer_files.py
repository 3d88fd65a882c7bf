"""Answers to a survey, and the files that survey tools give them out in: made here, as each does.

The forms follow the tools' public documentation and code: LimeSurvey's export of results, ODK
Central's and KoboToolbox's of submissions, SurveyJS's results, the Excel file of Microsoft Forms,
and Questback's raw data, as text and as numbers.
"""

from __future__ import annotations

import csv
import io
import json
import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from macros.content.base import Language
from macros.writers.answers_data import answers_files
from tests import real

Survey = dict[str, Any]
Answer = Any  # a code, several of them, a number, a text, or None
Answers = list[dict[str, Answer]]
Table = list[list[str]]

NAMES = ("Eksempelkommune A", "Eksempelkommune B", "Eksempelkommune C", "Eksempelkommune D")


@cache
def surveys(language: Language = "nb") -> dict[str, Survey]:
    """Return the data file of each survey."""
    files = (json.loads(text) for text in answers_files(real.edition(language)).values())
    return {found["id"]: found for found in files}


def questions(survey: Survey) -> Iterator[dict[str, Any]]:
    """Return a survey's questions in order."""
    return (question for theme in survey["themes"] for question in theme["questions"])


def answered(survey: Survey, count: int, seed: int = 19) -> Answers:
    """Return answers by key, the same ones for the same seed; about one in eight is missing."""
    chance = random.Random(seed)  # noqa: S311 (answers made up)
    return [
        {key: _answer(chance, question) for question in questions(survey) for key in keys(question)}
        for _ in range(count)
    ]


def keys(question: dict[str, Any]) -> list[str]:
    """Return the keys of a question: a matrix has one for each row."""
    code = question["code"]
    return [f"{code}/{row['code']}" for row in question["rows"]] or [code]


def _answer(chance: random.Random, question: dict[str, Any]) -> Answer:
    if chance.random() < 0.12:
        return None
    if question["type"] == "text":
        return chance.choice(
            ["Mer hjelp; mindre «skjema», takk", "To\nlinjer", "Æ, ø og å – <b>ja</b>"]
        )
    if question["type"] == "number":
        return chance.randint(question["min"], min(question["max"] or 99, 99))
    codes = [option["code"] for option in question["options"]]
    if question["type"] == "multiple":
        chosen = set(chance.sample(codes, chance.randint(1, 3)))
        return [code for code in codes if code in chosen]
    return chance.choice(codes[: len(NAMES)] if question["open"] else codes)


def expected(survey: Survey, answers: Answers) -> dict[str, list[Answer]]:
    """Return the columns of the set that the answers make."""
    every = [key for question in questions(survey) for key in keys(question)]
    return {key: [one[key] for one in answers] for key in every}


# ---- What each tool calls an answer ----


def label(question: dict[str, Any], code: str) -> str:
    """Return an option's label; a place has a name of its own in the tool."""
    at = [option["code"] for option in question["options"]].index(code)
    found = str(question["options"][at]["label"])
    return NAMES[at] if question["open"] and found.startswith("[") and at < len(NAMES) else found


def code_of(_question: dict[str, Any], code: str) -> str:
    """Return the code itself."""
    return code


def short(question: dict[str, Any], code: str) -> str:
    """Return LimeSurvey's code for an option."""
    return next(str(one["short"]) for one in question["options"] if one["code"] == code)


def place(question: dict[str, Any], code: str) -> str:
    """Return an option's place, from 1."""
    return str([one["code"] for one in question["options"]].index(code) + 1)


Said = Callable[[dict[str, Any], str], str]


def cell(question: dict[str, Any], answer: Answer, said: Said, apart: str = " ") -> str:
    """Return an answer in one cell."""
    if answer is None:
        return ""
    if question["type"] in ("number", "text"):
        return str(answer)
    codes = answer if isinstance(answer, list) else [answer]
    return apart.join(said(question, code) for code in codes)


# ---- Tables ----


def limesurvey(
    survey: Survey, answers: Answers, heading: str = "code", long: bool = False
) -> Table:
    """Return LimeSurvey's table: headings are codes, texts or both; answers codes or texts."""
    header = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
    if heading == "full":
        header = ["Svar-ID", "Dato innsendt", "Siste side", "Startspråk", "Seed"]
    for question in questions(survey):
        header += [_lime_heading(question, part, heading) for part in _parts(question)]
    rows = []
    for number, one in enumerate(answers, start=1):
        row = [str(number), f"2026-03-02 10:{number % 60:02}:00", "7", "no", str(1000 + number)]
        for question in questions(survey):
            row += _lime_cells(question, one, long)
        rows.append(row)
    return [header, *rows]


def _parts(question: dict[str, Any]) -> list[dict[str, Any] | None]:
    if question["type"] == "multiple":
        return list(question["options"])
    return list(question["rows"]) or [None]


def _lime_heading(question: dict[str, Any], part: dict[str, Any] | None, heading: str) -> str:
    code = question["code"] + (f"[{part['plain']}]" if part else "")
    text = question["text"] + (f" [{part['label']}]" if part else "")
    return {"code": code, "full": text, "codetext": f"{code}. {text}"}[heading]


def _lime_cells(question: dict[str, Any], one: dict[str, Answer], long: bool) -> list[str]:
    said = label if long else short
    if question["type"] == "multiple":
        chosen = one[question["code"]]
        yes, no = ("Ja", "Nei") if long else ("Y", "")
        return [
            ("N/A" if long else "") if chosen is None else yes if option["code"] in chosen else no
            for option in question["options"]
        ]
    return [cell(question, one[key], said) for key in keys(question)]


def odk(survey: Survey, answers: Answers, group: str = "-", split: str = "") -> Table:
    """Return ODK Central's table, or Kobo's with `/`; `split` is what options are parted by."""
    header, theme_of = [], {}
    for theme in survey["themes"]:
        for question in theme["questions"]:
            theme_of[question["code"]] = theme["id"]
    columns: list[tuple[str, Callable[[dict[str, Answer]], str]]] = []
    for question in questions(survey):
        path = theme_of[question["code"]] + group + question["code"]
        columns += _odk_columns(question, path, group, split)
    header = [name for name, _ in columns]
    begin, end = ["SubmissionDate"], ["KEY", "SubmitterID", "SubmitterName", "Status"]
    if group == "/":
        begin, end = ["start", "end"], ["_id", "_uuid", "_submission_time", "_index"]
    rows = []
    for number, one in enumerate(answers):
        known = uuid.UUID(int=number + 7)
        front = ["2026-03-02T10:00:00.000Z"] * len(begin)
        back = [f"uuid:{known}", "5", "Fritt ord", ""]
        if group == "/":
            back = [str(number + 900), str(known), "2026-03-02T10:00:00", str(number + 1)]
        rows.append([*front, *(value(one) for _, value in columns), *back])
    return [[*begin, *header, *end], *rows]


def _odk_columns(
    question: dict[str, Any], path: str, group: str, split: str
) -> Iterator[tuple[str, Callable[[dict[str, Answer]], str]]]:
    code = question["code"]
    if question["type"] == "matrix":
        yield f"{path}{group}generated_table_list_label_7", lambda _: ""
        for row in question["rows"]:
            key = f"{code}/{row['code']}"
            yield (
                f"{path}{group}{code}_{row['code']}",
                lambda one, key=key: cell(question, one[key], code_of),  # type: ignore[misc]
            )
        return
    yield path, lambda one: cell(question, one[code], code_of)
    if question["type"] == "multiple" and split:
        for option in question["options"]:
            name = option["code"]
            yield (
                f"{path}{split}{name}",
                lambda one, name=name: "" if one[code] is None else str(int(name in one[code])),  # type: ignore[misc]
            )


def surveyjs(answers: Answers) -> bytes:
    """Return SurveyJS's results: an object an answer, with only what was answered."""
    found = []
    for one in answers:
        record: dict[str, Any] = {"HappendAt": "2026-03-02T10:00:00"}
        for key, answer in one.items():
            code, _, row = key.partition("/")
            if answer is not None:
                (record.setdefault(code, {}) if row else record)[row or code] = answer
        found.append(record)
    return json.dumps(found, ensure_ascii=False).encode()


FORMS = {
    "nb": ("Id", "Starttidspunkt", "Fullføringstidspunkt", "E-postadresse", "Navn"),
    "en": ("ID", "Start time", "Completion time", "Email", "Name"),
}


def forms(survey: Survey, answers: Answers, language: str = "nb") -> Table:
    """Return the table of Microsoft Forms: texts, a matrix's rows by their labels, «a;b;»."""
    header = list(FORMS[language])
    for question in questions(survey):
        names = [row["label"] for row in question["rows"]] or [
            question["text"].replace(" ", "\u00a0", 1)
        ]
        header += [_unlike(name, header) for name in names]
    rows = []
    for number, one in enumerate(answers, start=1):
        row = [
            str(number),
            "2026-03-02T09:58:00",
            f"2026-03-02T10:{number % 60:02}:07",
            "anonymous",
            "",
        ]
        for question in questions(survey):
            for key in keys(question):
                found = cell(question, one[key], label, ";")
                row.append(f"{found};" if found and question["type"] == "multiple" else found)
        rows.append(row)
    return [header, *rows]


def _unlike(name: str, before: Sequence[str]) -> str:
    """Return a column's name as Excel's tables have it: the second of a name gets a number."""
    found, number = name, 1
    while found in before:
        number += 1
        found = f"{name}{number}"
    return found


def questback(survey: Survey, answers: Answers, numbers: bool = False) -> Table:
    """Return Questback's raw data: numbered texts, options as columns, as text or as places."""
    said = place if numbers else label
    header = ["Respondent ID", "Levert"]
    for question in questions(survey):
        for at, part in enumerate(_parts(question), start=1):
            number = f"{question['number']}.{at}" if part else str(question["number"])
            text = f"{question['text']} - {part['label']}" if part else question["text"]
            header.append(f"{number} {text}" if part else f"{number}. {text}")
    rows = []
    for number, one in enumerate(answers, start=1):
        row = [str(4000 + number), f"02.03.2026 10:{number % 60:02}"]
        for question in questions(survey):
            if question["type"] == "multiple":
                chosen = one[question["code"]] or []
                for option in question["options"]:
                    mark = "1" if numbers else option["label"]
                    row.append(mark if option["code"] in chosen else "0" if numbers else "")
            else:
                row += [cell(question, one[key], said) for key in keys(question)]
        rows.append(row)
    return [header, *rows]


def codes(survey: Survey, answers: Answers) -> Table:
    """Return a table with the codebook's own codes, several answers apart by spaces."""
    header = [key.replace("/", "_") for question in questions(survey) for key in keys(question)]
    rows = [
        [
            cell(question, one[key], code_of)
            for question in questions(survey)
            for key in keys(question)
        ]
        for one in answers
    ]
    return [header, *rows]


# ---- Files ----


def as_csv(
    table: Table, separator: str = ";", encoding: str = "utf-8-sig", quote: bool = True
) -> bytes:
    """Return a table as CSV."""
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quote else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator="\r\n").writerows(table)
    return out.getvalue().encode(encoding)


def as_xlsx(table: Table) -> bytes:
    """Return a table as a workbook by XlsxWriter; times are real dates there."""
    import datetime as dt

    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Svar")
    when = book.add_format({"num_format": "m/d/yy h:mm:ss"})
    for at, row in enumerate(table):
        for column, text in enumerate(row):
            if at and text.startswith("2026-") and "T" in text:
                page.write_datetime(at, column, dt.datetime.fromisoformat(text[:19]), when)
            elif at and text.isdigit():
                page.write_number(at, column, int(text))
            elif text:
                page.write_string(at, column, text)
    book.close()
    return out.getvalue()


def as_openpyxl(table: Table) -> bytes:
    """Return a table as a workbook by openpyxl, which writes its XML otherwise."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in table:
        page.append([int(text) if text.isdigit() else text or None for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
