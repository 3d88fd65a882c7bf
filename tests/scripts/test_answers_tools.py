"""Answers from the forms that we hand out, by each tool's own names, and from broken files."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import string
import subprocess
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from pyxform.xls2xform import convert

from macros.content.catalogue import load_catalogue
from macros.document.questionnaire import questionnaires
from tests import real
from tests.node import NODE
from tests.scripts import answer_files as files
from tests.scripts.calls import run
from tests.scripts.filled import converted
from tests.scripts.test_answers_read import DRIVER, SURVEYS, exports, notes, together, whole

SURVEY_CORE = Path(__file__).parent.parent / "writers" / "survey" / "node_modules" / "survey-core"
each = pytest.mark.parametrize("name", SURVEYS)


# With few answers not all municipalities are there: those that are keep their codes.
PLACES = {f"kommune_{at}": name for at, name in enumerate(files.NAMES, start=1)}


def handed_out(name: str, ending: str) -> bytes:
    """Return the file of a survey that a region puts into its tool."""
    asked = next(one for one in questionnaires(real.edition()) if one.id == name)
    job = real.offered()["nb"][asked.name + ending]
    return job.render(job.payload).data


@each
@pytest.mark.parametrize("group", ["-", "/", "."])
def test_every_name_in_the_form_of_odk_is_known(name: str, group: str, tmp_path: Path) -> None:
    form = tmp_path / "skjema.xlsx"
    form.write_bytes(handed_out(name, "-xlsform.xlsx"))
    xform = convert(form).xform
    paths = [path.removeprefix("/data/") for path in re.findall(r'<bind nodeset="([^"]+)"', xform)]
    paths = [re.sub(r"^/?[^/]+/", "", path) for path in paths]
    paths = [one for one in paths if not any(other.startswith(f"{one}/") for other in paths)]
    header = [path.replace("/", group) for path in paths]
    found = whole(tmp_path, {"a.csv": files.as_csv([header, ["x"] * len(header)])}, name)
    match = found["matches"][0]
    assert match["missing"] == []
    strange = [one["header"] for one in match["columns"] if not one["key"]]
    helpers = r"(^|[/.-])(intro|tema_\d+_intro|generated_table_list_label_\d+|"
    helpers += r"reserved_name_for_field_list_labels_\d+|instanceID|instanceName)$"
    assert [one for one in strange if not re.search(helpers, one)] == []


@each
def test_every_code_in_the_form_of_limesurvey_is_known(name: str, tmp_path: Path) -> None:
    text = handed_out(name, "-limesurvey.txt").decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text), delimiter="\t")
    rows = [dict(zip(map(str.strip, head), line, strict=True)) for line in lines]
    columns: list[list[str]] = []
    texts: list[str] = []
    code, kind, parts = "", "", 0
    for row in rows:
        if row["class"] == "Q":
            code, kind, parts = row["name"], row["type/scale"], 0
            question = unescape(row["text"])
            if kind not in "MF":
                columns.append([code])
                texts.append(question)
        elif row["class"] == "SQ":
            parts += 1
            columns.append([f"{code}[{row['name']}]", *(["Y", ""] if kind == "M" else [])])
            texts.append(f"{question} [{unescape(row['text'])}]")
        elif row["class"] == "A":
            for column in columns[-max(parts, 1) :]:
                column.append(row["name"])
    longest = max(map(len, columns))
    table = [
        [column[at] if at < len(column) else "" for column in columns] for at in range(longest)
    ]
    other = [texts, *table[1:]]
    given = [({"a.csv": files.as_csv(one)}, name, {}) for one in (table, other)]
    for found in together(tmp_path, given):
        match = found["matches"][0]
        assert match["missing"] == []
        assert match["unknown"] == []
        for question in files.questions(files.surveys()[name]):
            if question["type"] in ("single", "scale", "matrix"):
                seen = found["set"]["columns"][files.keys(question)[0]]
                assert {one for one in seen if one} == {one["code"] for one in question["options"]}


@each
def test_what_surveyjs_itself_gives_out_is_read(name: str, tmp_path: Path) -> None:
    survey = files.surveys()[name]
    answers = files.answered(survey, 6)
    wanted = [{key: value for key, value in one.items() if value is not None} for one in answers]
    script = """
      const { Model } = require(process.argv[1]);
      const { form, answers } = JSON.parse(require("fs").readFileSync(0, "utf8"));
      console.log(JSON.stringify(answers.map((answer) => {
        const survey = new Model(form);
        for (const question of survey.getAllQuestions()) question.visibleIf = "";
        for (const [key, value] of Object.entries(answer)) {
          const [code, row] = key.split("/");
          const question = survey.getQuestionByName(code);
          question.value = row ? { ...question.value, [row]: value } : value;
        }
        return [survey.data, survey.getPlainData()];
      })));
    """
    form = json.loads(handed_out(name, "-surveyjs.json"))
    result = subprocess.run(
        [NODE, "-e", script, str(SURVEY_CORE)],
        input=json.dumps({"form": form, "answers": wanted}),
        capture_output=True,
        text=True,
        check=True,
    )
    data, plain = (list(one) for one in zip(*json.loads(result.stdout), strict=True))
    asked = [data, {"data": data}, _stored(data), plain]
    given = [({"a.json": json.dumps(one).encode()}, name, {}) for one in asked]
    for found in together(tmp_path, given):
        assert found["matches"][0]["unknown"] == []
        columns = files.expected(survey, answers)
        for key, column in found["set"]["columns"].items():
            # The library keeps several answers in the order in which they were given.
            assert column == columns[key], key


def _stored(data: list[Any]) -> list[dict[str, Any]]:
    """Return answers as a database has them: each as a text in a record."""
    return [{"id": at, "json": json.dumps(one)} for at, one in enumerate(data)]


@pytest.mark.parametrize(
    ("encoding", "separator", "told"),
    [("utf-8", ";", ""), ("utf-8-sig", ",", ""), ("cp1252", ";", ""), ("latin-1", "\t", ""),
     ("utf-16", "\t", ""), ("utf-16-le", ";", ""), ("utf-16-be", ",", ""), ("utf-8", "|", ""),
     ("mixed", ";", "letters")],
)  # fmt: skip
def test_letters_are_right_in_every_encoding(
    encoding: str, separator: str, told: str, tmp_path: Path
) -> None:
    survey = files.surveys()["bedrifter"]
    answers = files.answered(survey, 9)
    table = files.forms(survey, answers)
    if encoding in ("cp1252", "latin-1"):
        table = [[cell.replace("–", "-") for cell in row] for row in table]
        for one in answers:
            for key, value in one.items():
                one[key] = value.replace("–", "-") if isinstance(value, str) else value
    data = files.as_csv(table, separator, "utf-8" if encoding == "mixed" else encoding)
    if encoding == "mixed":  # a program has read UTF-8 as Windows-1252, and saved what it saw
        data = data.decode("cp1252").encode("utf-8")
    found = whole(tmp_path, {"a.csv": data}, "bedrifter")
    assert found["set"]["columns"] == files.expected(survey, answers)
    assert not told or told in notes(found)


def test_excels_own_first_line_and_old_line_ends_are_read(tmp_path: Path) -> None:
    said = b"sep=,\r\nBED02,BED04\r\nbygg,under_3\r\n"
    old = b"BED02;BED04\rbygg;under_3\r"
    given = [({"a.csv": one}, "bedrifter", {}) for one in (said, old)]
    for found in together(tmp_path, given):
        assert found["set"]["columns"]["BED04"] == ["under_3"]


def test_what_odk_central_packs_is_read(tmp_path: Path) -> None:
    survey = files.surveys()["folkevalgte"]
    answers = files.answered(survey, 5)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("folkevalgte.csv", files.as_csv(files.odk(survey, answers), ","))
        package.writestr("media/bilde.jpg", b"\xff\xd8\xff")
    found = whole(tmp_path, {"folkevalgte.csv.zip": out.getvalue()}, "folkevalgte")
    assert found["set"]["columns"] == files.expected(survey, answers)


def test_labels_of_kobo_with_their_groups_are_read(tmp_path: Path) -> None:
    survey = files.surveys()["bedrifter"]
    answers = files.answered(survey, 5)
    header, names = [], []
    for theme in survey["themes"]:
        for question in theme["questions"]:
            for row in question["rows"] or [None]:
                whole_name = question["text"] + (f"/{row['label']}" if row else "")
                header.append(f"{theme['title']}/{whole_name}")
                names.append(whole_name)
    rows = [
        [
            files.cell(question, one[key], files.label)
            for question in files.questions(survey)
            for key in files.keys(question)
        ]
        for one in answers
    ]
    given = [({"a.csv": files.as_csv([one, *rows])}, "bedrifter", {}) for one in (header, names)]
    for found in together(tmp_path, given):
        assert found["matches"][0]["unknown"] == []
        assert found["set"]["columns"] == files.expected(survey, answers)


def test_limesurveys_short_headings_are_known_by_their_order(tmp_path: Path) -> None:
    survey = files.surveys()["folkevalgte"]
    answers = files.answered(survey, 5)
    table = files.limesurvey(survey, answers, "full", long=True)

    def cut(name: str) -> str:
        text, _, part = name.partition(" [")
        text = text if len(text) <= 15 else f"{text[:15].strip()}.. "
        part = part if len(part) <= 15 else f"{part[:15].strip()}.. ]"
        return f"{text} [{part}" if part else text

    table[0] = [cut(name) for name in table[0]]
    options = {"places": dict(PLACES)}
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "folkevalgte", **options)
    wanted = files.expected(survey, answers)
    assert found["matches"][0]["missing"] == []
    assert found["set"]["columns"] == wanted


def test_libreoffice_saves_every_form_of_workbook_and_table_so_that_it_is_read(
    tmp_path: Path,
) -> None:
    survey = files.surveys()["bedrifter"]
    answers = files.answered(survey, 12)
    for one in answers:  # LibreOffice's CSV has no place for what ends a line within a cell
        for key in ("BYG04", "DIA08"):
            one[key] = one[key] and one[key].replace("\n", " ")
    books = []
    for name, table in [
        ("forms", files.forms(survey, answers)),
        ("questback", files.questback(survey, answers)),
        ("lime", files.limesurvey(survey, answers)),
    ]:
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(files.as_xlsx(table))
        books.append(path)
    made = converted(tmp_path, books, "ods")
    (tmp_path / "x").mkdir()
    again = converted(tmp_path, made, "xlsx") + converted(tmp_path, books, "csv")
    given = [({path.name: path.read_bytes()}, "bedrifter", {}) for path in again]
    for path, found in zip(again, together(tmp_path / "x", given), strict=True):
        assert found["matches"][0]["unknown"] == [], path
        assert found["set"]["columns"] == files.expected(survey, answers), path


@given(seed=st.integers(0, 10_000))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_columns_rows_and_spaces_in_any_order_give_the_same_answers(
    seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)  # noqa: S311 (order)
    name = chance.choice(SURVEYS)
    survey = files.surveys()[name]
    answers = files.answered(survey, chance.randint(1, 30), seed)
    tables = [
        files.limesurvey(survey, answers, chance.choice(["code", "codetext"]), long=True),
        files.odk(survey, answers, chance.choice("-/"), chance.choice(["", "/"])),
        files.questback(survey, answers),
    ]
    given = []
    for table in tables:
        order = list(range(len(table[0])))
        chance.shuffle(order)
        shuffled = [[_worn(chance, row[at]) for at in order] for row in table]
        data = files.as_csv(shuffled, chance.choice(";,\t"))
        given.append(({"a.csv": data}, name, {"places": dict(PLACES)}))
    wanted = files.expected(survey, answers)
    words = {one["code"] for one in files.questions(survey) if one["type"] == "text"}
    for found in together(tmp_path, given):
        for key, column in found["set"]["columns"].items():
            if key not in words:  # a change of spaces is a change of what was written
                assert list(map(_sorted, column)) == list(map(_sorted, wanted[key])), (name, key)


def _sorted(answer: Any) -> Any:
    return sorted(answer) if isinstance(answer, list) else answer


def _worn(chance: random.Random, text: str) -> str:
    """Return a cell as it may come back from a hand or a program that has had it."""
    change = chance.randrange(5)
    if change == 0:
        return f" {text} "
    if change == 1:
        return text.replace(" ", "\u00a0")
    return text.replace("–", "-") if change == 2 else text


WRONG = {key.removeprefix("wrong.") for key in load_catalogue("nb").keys("answers").values()}


def test_whatever_is_done_to_a_file_it_is_read_or_refused_in_words(tmp_path: Path) -> None:
    survey = files.surveys()["samarbeidstillit"]
    answers = files.answered(survey, 8)
    chance = random.Random(19)  # noqa: S311 (bytes)
    asked = []
    for _ in range(8):
        for _tool, (name, data, _) in exports(survey, answers).items():
            changed = bytearray(data)
            for _ in range(chance.randint(1, 12)):
                at = chance.randrange(len(changed))
                kind = chance.randrange(3)
                if kind == 0:
                    changed[at] = chance.randrange(256)
                elif kind == 1:
                    del changed[at : at + chance.randint(1, 40)]
                else:
                    changed[at:at] = chance.choice([b'"', b"<", b"\0", b";", b"&#0;", b"\n"])
                changed = changed or bytearray(b"x")
            asked.append(({name: bytes(changed)}, "samarbeidstillit", {}))
    for letters in (string.printable, "æøå;,\t\"'\n[]{}=+-@"):
        text = "".join(chance.choice(letters) for _ in range(3000))
        asked.append(({"a.csv": text.encode()}, "samarbeidstillit", {}))
    known = set(WRONG)
    for (one, _, _), found in zip(asked, together(tmp_path, asked), strict=True):
        if "error" in found:
            assert found["error"].split(":")[0] in known, (one.keys(), found["error"])


def test_what_somebody_writes_to_stop_a_reader_does_not(tmp_path: Path) -> None:
    long = ["." * 30_000 + "a", "<" * 30_000, "- " * 15_000, "1 " * 15_000, "Start ; " * 4_000]
    table = [["id", "BED01", "BED03", "INF03", "NUT04", "ARE02[kontor]", "DIA08", "." * 900 + "x"]]
    table += [[str(at), *[f"{long[at % len(long)]}{at}"] * 7] for at in range(60)]
    found = whole(tmp_path, {"a.csv": files.as_csv(table)}, "bedrifter")
    assert found["set"]["n"] == 60
    assert sum(found["times"]) < 10_000


def test_five_thousand_answers_to_forty_questions_are_read_in_a_second(
    tmp_path: Path, record_property: Any
) -> None:
    survey = files.surveys()["effektmaling"]
    answers = files.answered(survey, 5000)
    table = files.forms(survey, answers)
    asked = []
    for name, data in [("a.csv", files.as_csv(table)), ("a.xlsx", files.as_xlsx(table))]:
        path = tmp_path / name
        path.write_bytes(data)
        asked.append([DRIVER, "whole", [str(path)], survey])
    for call, found in zip(asked, [run([call])[0] for call in asked], strict=True):
        assert found["set"]["n"] == 5000
        spent = sum(found["times"])
        where = f"{call[2][0][-4:]}: 5000 svar, {len(table[0])} kolonner"
        record_property("figure", f"{where}: {spent:.0f} ms")
        assert spent < 5000
