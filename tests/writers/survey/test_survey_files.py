"""Survey files say the same in every tool, opened by the tools' own programs where one is had."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
import os
import pickle
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from pyxform.xls2xform import convert

from macros.content.catalogue import Catalogue, load_catalogue
from macros.content.project import load_project
from macros.content.region import Region
from macros.content.survey import Survey
from macros.content.text import Rich, Text
from macros.document.edition import Edition, load_edition
from macros.document.questionnaire import (
    Option,
    Question,
    Questionnaire,
    Theme,
    compose_questionnaire,
    questionnaires,
)
from macros.writers import WriterError
from macros.writers.survey import jobs
from macros.writers.survey.parts import neutral
from macros.writers.survey.xlsform import Sheet, Workbook, render as render_xlsform
from tests import real
from tests.node import NODE

ROOT = Path(__file__).parents[3]
SURVEY_CORE = Path(__file__).parent / "node_modules" / "survey-core"
EDITION = real.edition()
MINIMAL = load_edition(load_project(ROOT / "tests" / "content" / "minimal"), "nb")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ENDINGS = ("-xlsform.xlsx", "-limesurvey.txt", "-surveyjs.json", "-kodebok.csv", "-kodebok.json")


@dataclass(frozen=True)
class Shared:
    region: Region
    words: Catalogue
    base_url: str = "https://handbok.example.no/"


def of(edition: Edition, survey_id: str, **changes: Any) -> Questionnaire:
    item = edition.handbook.get("survey", survey_id)
    assert isinstance(item, Survey)
    return compose_questionnaire(edition, item.model_copy(update=changes))


def files(questionnaire: Questionnaire, region: Region = EDITION.region) -> dict[str, bytes]:
    """Return the files by the ending of their names."""
    words = load_catalogue(questionnaire.language)
    made = {}
    for job in jobs(questionnaire, Shared(region, words)):
        assert job.filename.startswith(questionnaire.name)
        ending = job.filename.removeprefix(questionnaire.name)
        made[ending] = job.render(pickle.loads(pickle.dumps(job.payload))).data  # noqa: S301
    return made


REAL = {questionnaire.id: questionnaire for questionnaire in questionnaires(EDITION)}
EVERY = {**REAL, "liten": next(questionnaires(MINIMAL))}


@cache
def made(name: str) -> dict[str, bytes]:
    return files(EVERY[name])


each = pytest.mark.parametrize("name", EVERY)


def questions(name: str) -> dict[str, Question]:
    return {question.code: question for question in EVERY[name].questions}


# What each file says: code -> (text, answers, rows), the latter as (code, label)

Said = dict[str, tuple[str, list[tuple[str, str]], list[tuple[str, str]]]]


def expected(name: str) -> Said:
    return {
        code: (
            question.text,
            [(option.code, option.label) for option in question.options],
            [(row.code, row.label) for row in question.rows],
        )
        for code, question in questions(name).items()
    }


def cells(data: bytes, sheet: str) -> list[dict[str, str]]:
    """Return a sheet's rows as another library reads them."""
    page = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    head, *rows = page.iter_rows(values_only=True)
    names = [str(cell).partition("::")[0] for cell in head]
    return [dict(zip(names, (cell or "" for cell in row), strict=True)) for row in rows]


def limesurvey(data: bytes) -> list[dict[str, str]]:
    """Return the rows as LimeSurvey's importer does: fgetcsv with tab and quotation marks."""
    text = data.decode("utf-8")
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text[1:]), delimiter="\t")
    return [dict(zip(map(str.strip, head), row, strict=True)) for row in rows]


def kinds(rows: list[dict[str, str]], code: str) -> dict[str, list[dict[str, str]]]:
    """Return a question's rows in the LimeSurvey file by class."""
    start = next(at for at, row in enumerate(rows) if (row["class"], row["name"]) == ("Q", code))
    found: dict[str, list[dict[str, str]]] = {"Q": [rows[start]], "SQ": [], "A": []}
    for row in rows[start + 1 :]:
        if row["class"] not in ("SQ", "A"):
            break
        found[row["class"]].append(row)
    return found


# XLSForm


@each
def test_pyxform_and_odk_validate_take_the_xlsform(name: str, tmp_path: Path) -> None:
    file = tmp_path / "skjema.xlsx"
    file.write_bytes(made(name)["-xlsform.xlsx"])
    result = convert(file, validate=True)
    assert result.warnings == []
    assert f'lang="Bokmål ({EVERY[name].language})"' in result.xform
    assert f'id="{EVERY[name].name.replace("-", "_")}"' in result.xform


@each
def test_the_xlsform_has_each_question_with_its_codes(name: str) -> None:
    data = made(name)["-xlsform.xlsx"]
    survey = {row["name"]: row for row in cells(data, "survey") if row["type"] != "end_group"}
    choices: dict[str, list[tuple[str, str]]] = {}
    for row in cells(data, "choices"):
        choices.setdefault(row["list_name"], []).append((row["name"], row["label"]))
    said = {
        code: (
            survey[code]["label"].split("\n")[0],
            choices.get(code, []),
            [
                (key.partition("_")[2], row["label"])
                for key, row in survey.items()
                if key.startswith(f"{code}_")
            ],
        )
        for code in questions(name)
    }
    assert said == expected(name)


def test_the_xlsform_keeps_conditions_limits_and_what_is_required(tmp_path: Path) -> None:
    def binds(name: str) -> str:
        file = tmp_path / f"{name}.xlsx"
        file.write_bytes(made(name)["-xlsform.xlsx"])
        return convert(file).xform

    companies, staff = binds("bedrifter"), binds("kommuneansatte")

    def bind(form: str, code: str) -> str:
        found = re.search(rf'<bind nodeset="[^"]*/{code}"[^>]*', form)
        assert found, code
        return re.sub(r"\s+", " ", unescape(found[0]))

    assert re.search(r"""relevant="selected\( \S*/INF04 ?, 'ja'\)""", bind(companies, "INF05"))
    assert bind(companies, "NUT03").count("selected(") == 3
    assert "/BYG01" in bind(companies, "BYG02")  # the whole matrix
    assert 'required="true()"' in bind(companies, "BED01")
    assert 'required="true()"' not in bind(companies, "BED02")
    assert "count-selected(.) <= 3" in bind(companies, "NUT04")
    assert ". >= 0 and . <= 60" in bind(staff, "ARB02")
    assert "Skriv et helt tall fra 0 til 60." in staff


def test_the_xlsform_tells_what_it_is() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("bedrifter")["-xlsform.xlsx"]))
    about = {row[0]: row[1] for row in book["_Om filen"].iter_rows(values_only=True)}
    assert about["Nettsiden"] == "https://handbok.example.no/undersokelser/bedrifter/"
    assert about["Versjon"].startswith(f"Versjon {EVERY['bedrifter'].version}, oppdatert ")
    assert "Svar her innen [svarfrist]" in about["Invitasjon du kan sende"]
    assert book.properties.title == "Spørreundersøkelse til bedrifter"
    assert book.properties.creator == EDITION.region.owner
    assert book.properties.created
    assert book.properties.created.date() == REAL["bedrifter"].updated
    intro = cells(made("bedrifter")["-xlsform.xlsx"], "survey")[0]
    assert intro["type"] == "note"
    assert intro["label"].startswith("**Spørreundersøkelse til bedrifter**\n\nKommunene i")
    assert intro["label"].endswith("Det tar omtrent 15 minutter å svare.")


def test_libreoffice_opens_the_xlsform(tmp_path: Path) -> None:
    file = tmp_path / "skjema.xlsx"
    file.write_bytes(made("bedrifter")["-xlsform.xlsx"])
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):"]
    command[-1] += "9,34,76,1,,0,false,true,false,false,false,1"
    subprocess.run([*command, "--outdir", tmp_path, file], check=True, capture_output=True)
    text = next(tmp_path.glob("*.csv")).read_text(encoding="utf-8")
    assert "I hvilken kommune har bedriften sin største avdeling i regionen?" in text
    assert "selected(${INF04}, 'ja')" in text


def test_a_text_that_no_cell_holds_is_an_error_that_names_the_file() -> None:
    sheet = Sheet("survey", (10,), (("x" * 40_000,),))
    book = Workbook("stor.xlsx", (sheet,), (), EVERY["liten"].updated)
    with pytest.raises(WriterError, match=r"stor\.xlsx: en celle i arket «survey» er for lang"):
        render_xlsform(book)


# LimeSurvey


@each
def test_the_limesurvey_file_has_each_question_with_its_codes(name: str) -> None:
    rows = limesurvey(made(name)["-limesurvey.txt"])
    said = {}
    for code, question in questions(name).items():
        found = kinds(rows, code)
        answers = [(row["name"], unescape(row["text"])) for row in found["A"]]
        parts = [(row["name"], unescape(row["text"])) for row in found["SQ"]]
        if question.type == "multiple":
            assert (answers, parts) == ([], [(one.plain, one.label) for one in question.options])
        else:
            assert answers == [(option.short, option.label) for option in question.options]
            assert parts == [(row.plain, row.label) for row in question.rows]
        said[code] = unescape(found["Q"][0]["text"])
    assert said == {code: question.text for code, question in questions(name).items()}


@each
def test_limesurveys_tables_can_hold_every_code(name: str) -> None:
    """Rules: Answer.php (code, 5), Question.php (title, 20, letters and digits, not `time`)."""
    rows = limesurvey(made(name)["-limesurvey.txt"])
    for code in questions(name):
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", code)
        found = kinds(rows, code)
        for kind, room in (("A", 5), ("SQ", 20)):
            names = [row["name"] for row in found[kind]]
            assert len(set(names)) == len(names)
            assert all(re.fullmatch(rf"[a-z0-9]{{1,{room}}}", name) for name in names)
            assert "time" not in names


@each
def test_limesurveys_conditions_name_answers_that_are_there(name: str) -> None:
    rows = limesurvey(made(name)["-limesurvey.txt"])
    conditional = 0
    for code, question in questions(name).items():
        relevance = kinds(rows, code)["Q"][0]["relevance"]
        if question.condition is None:
            assert relevance == "1"
            continue
        conditional += 1
        terms = [
            re.fullmatch(r"([A-Z]+\d+)(?:_(\w+))?\.NAOK == '(\w+)'", term)
            for term in relevance.split(" or ")
        ]
        assert len(terms) == len(question.condition.answers)
        for term in terms:
            assert term
            assert term[1] == question.condition.question
            there = kinds(rows, term[1])
            kind, wanted = ("SQ", term[2]) if term[2] else ("A", term[3])
            assert wanted in [row["name"] for row in there[kind]]
    assert conditional == sum(bool(question.condition) for question in questions(name).values())


def test_limesurvey_keeps_limits_what_is_required_and_the_letters() -> None:
    rows = limesurvey(made("bedrifter")["-limesurvey.txt"])
    assert kinds(rows, "BED01")["Q"][0]["mandatory"] == "Y"
    assert kinds(rows, "BED02")["Q"][0]["mandatory"] == "N"
    assert kinds(rows, "NUT04")["Q"][0]["max_answers"] == "3"
    assert {row["type/scale"] for row in rows if row["class"] == "Q"} == set("LMFT")
    hours = kinds(limesurvey(made("kommuneansatte")["-limesurvey.txt"]), "ARB02")["Q"][0]
    assert (hours["min_num_value_n"], hours["max_num_value_n"]) == ("0", "60")
    assert (hours["num_value_int_only"], hours["suffix"]) == ("1", "timer")
    texts = {row["name"]: row["text"] for row in rows if row["class"] == "SL"}
    assert texts["surveyls_title"] == "Spørreundersøkelse til bedrifter"
    assert texts["surveyls_email_invite_subj"] == "Hva trenger bedriften din fra kommunen?"
    assert "<p>Svar her innen {EXPIRY}: {SURVEYURL}</p>" in texts["surveyls_email_invite"]
    assert texts["surveyls_welcometext"].startswith("<p>Kommunene i regionen spør")
    settings = {row["name"]: row["text"] for row in rows if row["class"] == "S"}
    assert (settings["language"], settings["anonymized"]) == ("nb", "Y")


@pytest.mark.parametrize("name", REAL)
def test_limesurvey_fills_in_the_link_and_the_day_that_the_survey_ends(name: str) -> None:
    rows = limesurvey(made(name)["-limesurvey.txt"])
    letters = [row["text"] for row in rows if re.match(r"surveyls_email_\w+$", row["name"])]
    bodies = [text for text in letters if text.startswith("<p>")]
    assert len(bodies) == 2
    for body in bodies:
        assert (body.count("{SURVEYURL}"), body.count("{EXPIRY}")) == (1, 1)
        assert set(re.findall(r"\{\w+\}", body)) == {"{SURVEYURL}", "{EXPIRY}"}
    for data in made(name).values():
        assert b"[lenke]" not in data
    assert "[lenke til undersøkelsen]" not in made(name)["-limesurvey.txt"].decode()


@each
def test_limesurvey_guesses_the_encoding_from_whole_letters(name: str) -> None:
    data = made(name)["-limesurvey.txt"]
    data[:1000].decode("utf-8")
    assert b'"' not in data  # a cell that began with one would swallow the cells after it


# SurveyJS


@pytest.fixture(scope="session")
def survey_core() -> Path:
    assert SURVEY_CORE.is_dir(), "survey-core mangler: kjør make test, som henter det"
    return SURVEY_CORE


@each
def test_the_surveyjs_file_follows_the_librarys_schema(name: str, survey_core: Path) -> None:
    schema = json.loads((survey_core / "surveyjs_definition.json").read_text(encoding="utf-8"))
    survey = json.loads(made(name)["-surveyjs.json"])
    found = jsonschema.Draft7Validator(schema).iter_errors(survey)
    assert [(error.json_path, error.message) for error in found] == []


@cache
def answered(name: str, folder: Path) -> dict[str, Any]:
    script = Path(__file__).parent / "survey_core.cjs"
    survey = made(name)["-surveyjs.json"]
    run = subprocess.run(
        [NODE, script, folder, "/dev/stdin"], input=survey, check=True, capture_output=True
    )
    found: dict[str, Any] = json.loads(run.stdout)
    return found


@each
def test_surveyjs_runs_the_survey_with_its_codes(name: str, survey_core: Path) -> None:
    report = answered(name, survey_core)
    assert report["errors"] == []
    assert (report["state"], report["afterStart"]) == ("starting", "running")
    assert report["locale"] == "Fullfør"
    said = {
        code: (
            found["title"],
            [tuple(option) for option in found["options"]],
            [tuple(row) for row in found["rows"]],
        )
        for code, found in report["questions"].items()
    }
    assert said == expected(name)


@each
def test_surveyjs_shows_and_requires_what_it_should(name: str, survey_core: Path) -> None:
    for code, found in answered(name, survey_core)["questions"].items():
        question = questions(name)[code]
        condition = question.condition
        shown_by = [[condition.question, a.code] for a in condition.answers] if condition else []
        assert found["visibleAtStart"] is (condition is None)
        assert sorted(found["shownBy"]) == sorted(shown_by)
        if condition is None:
            assert found["acceptsNothing"] is not question.required
        if question.max_answers and question.max_answers < len(question.options):
            assert (found["acceptsMost"], found["acceptsMore"]) == (True, False)


def test_surveyjs_takes_whole_numbers_within_the_limits_only(survey_core: Path) -> None:
    hours = answered("kommuneansatte", survey_core)["questions"]["ARB02"]
    assert [value for value, taken in hours["accepts"].items() if taken] == ["0", "5", "60"]
    assert hours["message"] == "Skriv et helt tall fra 0 til 60."


# Codebook


@each
def test_the_codebook_has_a_row_for_each_variable(name: str) -> None:
    text = made(name)["-kodebok.csv"].decode("utf-8-sig")
    rows = {row["Kode"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    wanted = []
    for code, question in questions(name).items():
        texts = [f"{question.text} – {row.label}" for row in question.rows] or [question.text]
        wanted += [f"{code}_{row.code}" for row in question.rows] or [code]
        own = [rows[key] for key in wanted[-len(texts) :]]
        assert [row["Spørsmål"] for row in own] == texts
        for row in own:
            answers = [part.partition(" = ")[::2] for part in row["Svar"].split(" | ") if part]
            assert answers == [(option.code, option.label) for option in question.options]
            assert row["Må besvares"] == ("Ja" if question.required else "Nei")
            assert row["Nummer i Word-skjemaet"] == str(question.number)
    assert list(rows) == wanted


@each
def test_the_codebook_for_programs_says_the_same(name: str) -> None:
    book = json.loads(made(name)["-kodebok.json"])
    said = {
        entry["code"]: (
            entry["question"],
            [(option["code"], option["label"]) for option in entry["options"]],
            [(row["code"], row["label"]) for row in entry.get("rows", [])],
        )
        for entry in book["questions"]
    }
    assert said == expected(name)
    assert (book["version"], book["language"]) == (EVERY[name].version, "nb")
    numbers = [entry["number"] for entry in book["questions"]]
    assert numbers == list(range(1, len(questions(name)) + 1))
    assert book["minimum_group"] >= 5


def test_the_codebook_translates_limesurveys_codes() -> None:
    rows = limesurvey(made("bedrifter")["-limesurvey.txt"])
    book = json.loads(made("bedrifter")["-kodebok.json"])
    for entry in book["questions"]:
        kind = "SQ" if entry["type"] == "multiple" else "A"
        there = [row["name"] for row in kinds(rows, entry["code"])[kind]]
        assert [option["limesurvey"] for option in entry["options"]] == there
    text = made("bedrifter")["-kodebok.csv"].decode("utf-8-sig")
    assert "svaert_misfornoyd → svmis" in text
    assert "vet_ikke → veikk" in text


def test_the_same_code_is_shortened_alike_in_every_survey_that_asks_the_same() -> None:
    """Answers of one year must be comparable with those of the next."""
    before, after = questions("bedrifter"), questions("effektmaling")
    both = [code for code in before if code in after]
    assert len(both) > 10
    for code in both:
        pairs = {option.code: option.short for option in before[code].options}
        for option in after[code].options:
            assert pairs.get(option.code, option.short) == option.short


def test_codes_of_limesurvey_stay_as_they_are() -> None:
    """Pinned: a region that has begun to collect answers cannot change codes."""
    found = {o.code: o.short for q in EVERY["bedrifter"].questions for o in q.options}
    assert found["svaert_fornoyd"] == "svfor"
    assert found["fra_10_til_19"] == "10t19"
    assert found["fra_2_til_4"] == "fr2t4"
    assert found["kommune_8"] == "komm8"
    assert found["naeringsforening"] == "naer2"


# All files


def test_what_a_spreadsheet_would_run_is_text() -> None:
    for sign in FORMULA:
        assert neutral(f"{sign}1+1") == f"'{sign}1+1"
    assert neutral("1=1") == "1=1"


def in_a_spreadsheet(folder: Path, separator: str, files: dict[str, bytes]) -> dict[str, Any]:
    """Return the first sheet of each file as LibreOffice opens it."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", f"--infilter=CSV:{ord(separator)},34,76,1"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder)]
    subprocess.run([*command, *(folder / name for name in files)], check=True, capture_output=True)
    return {
        name: openpyxl.load_workbook((folder / name).with_suffix(".xlsx")).worksheets[0]
        for name in files
    }


def test_a_spreadsheet_opens_every_codebook_and_runs_nothing(tmp_path: Path) -> None:
    data = {f"{name}.csv": made(name)["-kodebok.csv"] for name in EVERY}
    data["hostile.csv"] = files(*hostile())["-kodebok.csv"]
    for name, page in in_a_spreadsheet(tmp_path, ";", data).items():
        rows = csv.reader(io.StringIO(data[name].decode("utf-8-sig")), delimiter=";")
        shown = [[str(cell or "") for cell in row[:2]] for row in page.iter_rows(values_only=True)]
        assert shown == [row[:2] for row in rows]
        assert "f" not in {cell.data_type for row in page.iter_rows() for cell in row}


def test_a_spreadsheet_opens_every_limesurvey_file(tmp_path: Path) -> None:
    data = {f"{name}.csv": made(name)["-limesurvey.txt"] for name in EVERY}
    for name, page in in_a_spreadsheet(tmp_path, "\t", data).items():
        shown = [str(row[2] or "") for row in page.iter_rows(min_row=2, values_only=True)]
        assert shown == [row["name"] for row in limesurvey(data[name])]


def test_another_language_reads_every_json_file() -> None:
    """JSON.parse is stricter than Python's parser: no NaN, no byte order mark."""
    script = "JSON.stringify(JSON.parse(require('fs').readFileSync(0, 'utf8')))"
    for name in EVERY:
        data = made(name)["-kodebok.json"]
        run = subprocess.run([NODE, "-p", script], input=data, check=True, capture_output=True)
        assert json.loads(run.stdout) == json.loads(data)


@each
def test_every_file_is_small(name: str) -> None:
    assert tuple(made(name)) == ENDINGS
    assert all(len(data) < 100_000 for data in made(name).values())


def hostile() -> tuple[Questionnaire, Region]:
    name = '=HYPERLINK("http://x.example";"${BED01}{BED01}") <b>_*[a](b)'
    region = EDITION.region.model_copy(update={"name": name, "owner": "@SUM(1)"})
    edition = dataclasses.replace(MINIMAL, region=region)
    item = edition.handbook.all(Survey)[0]
    section = item.sections[0]
    first, *rest = section.questions
    label = Text("{{ region.name }}")
    options = [o.model_copy(update={"label": Text(f"{sign}1")}) for o, sign in zip(
        first.options, "+-", strict=True
    )]  # fmt: skip
    question = first.model_copy(update={"text": label, "help": label, "options": tuple(options)})
    changed = section.model_copy(
        update={"title": label, "intro": label, "questions": (question, *rest)}
    )
    letter = item.invitation.model_copy(update={"subject": label, "body": Rich(label)})
    privacy = item.privacy.model_copy(update={"information": Rich(label)})
    update = {
        "title": label,
        "summary": label,
        "invitation": letter,
        "privacy": privacy,
        "sections": (changed, *item.sections[1:]),
    }
    return compose_questionnaire(edition, item.model_copy(update=update)), region


def test_no_cell_is_a_formula_whatever_a_region_is_called(tmp_path: Path) -> None:
    found = files(*hostile())
    book = openpyxl.load_workbook(io.BytesIO(found["-xlsform.xlsx"]))
    values = [cell for page in book for row in page.iter_rows() for cell in row if cell.value]
    assert values
    assert {cell.data_type for cell in values} == {"s"}
    assert [c.value for c in values if str(c.value).startswith(FORMULA)] == []
    text = found["-kodebok.csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == []
    assert any(cell.startswith("'=HYPERLINK(") for row in rows for cell in row)
    tabbed = limesurvey(found["-limesurvey.txt"])
    assert [cell for row in tabbed for cell in row.values() if cell.startswith(FORMULA)] == []
    # The tool shows the text as it is all the same.
    assert [unescape(row["text"]) for row in kinds(tabbed, "BED01")["A"]] == ["+1", "-1"]

    file = tmp_path / "skjema.xlsx"
    file.write_bytes(found["-xlsform.xlsx"])
    assert convert(file, validate=True).warnings == []


def test_a_regions_name_is_neither_markup_nor_a_variable(survey_core: Path, tmp_path: Path) -> None:
    found = files(*hostile())
    survey = json.loads(found["-surveyjs.json"])
    html = survey["pages"][0]["elements"][0]["html"]
    assert "<b>" not in html
    assert "{" not in html
    assert "{" not in survey["title"]
    # An e-mail's subject is no HTML, but it may hold no variable either.
    texts = [row for row in limesurvey(found["-limesurvey.txt"]) if row["class"] != "S"]
    assert [row["text"] for row in texts if "{" in row["text"]] == []
    shown = [row["text"] for row in texts if not row["name"].endswith("_subj")]
    assert [text for text in shown if "<b>" in text] == []
    file = tmp_path / "x.json"
    file.write_bytes(found["-surveyjs.json"])
    script = Path(__file__).parent / "survey_core.cjs"
    run = subprocess.run([NODE, script, survey_core, file], check=True, capture_output=True)
    assert json.loads(run.stdout)["errors"] == []


def test_a_survey_in_nynorsk_is_in_nynorsk() -> None:
    catalogues = {"nb": load_catalogue("nb"), "nn": load_catalogue("nn")}
    edition = dataclasses.replace(EDITION, catalogues=catalogues)
    found = files(of(edition, "kommuneansatte", language="nn"))
    head = openpyxl.load_workbook(io.BytesIO(found["-xlsform.xlsx"]))["survey"][1]
    assert "label::Nynorsk (nn)" in [cell.value for cell in head]
    assert "Skriv eit heilt tal frå 0 til 60." in found["-surveyjs.json"].decode()
    assert found["-kodebok.csv"].decode("utf-8-sig").splitlines()[0].startswith("Kode;Spørsmål;")
    assert "surveyls_title" in found["-limesurvey.txt"].decode()
    rows = limesurvey(found["-limesurvey.txt"])
    assert {row["language"] for row in rows if row["class"] in ("G", "Q", "SQ", "A")} == {"nn"}


def test_a_condition_on_several_answers_works_in_every_tool(
    survey_core: Path, tmp_path: Path
) -> None:
    item = MINIMAL.handbook.all(Survey)[0]
    asked = item.sections[0].questions[2]
    assert asked.type == "multiple"
    condition = item.sections[0].questions[1].condition
    assert condition
    rule = condition.model_copy(update={"question": asked.code, "answers": ("tomt",)})
    last = item.sections[1]
    text = last.questions[2].model_copy(update={"condition": rule})
    changed = last.model_copy(update={"questions": (*last.questions[:2], text)})
    found = files(
        compose_questionnaire(
            MINIMAL, item.model_copy(update={"sections": (item.sections[0], changed)})
        )
    )
    rows = limesurvey(found["-limesurvey.txt"])
    assert kinds(rows, "KOM03")["Q"][0]["relevance"] == "BED03_tomt.NAOK == 'Y'"
    file = tmp_path / "x.json"
    file.write_bytes(found["-surveyjs.json"])
    script = Path(__file__).parent / "survey_core.cjs"
    run = subprocess.run([NODE, script, survey_core, file], check=True, capture_output=True)
    assert json.loads(run.stdout)["questions"]["KOM03"]["shownBy"] == [["BED03", "tomt"]]
    book = cells(found["-xlsform.xlsx"], "survey")
    assert {row["relevant"] for row in book if row["name"] == "KOM03"} == {
        "selected(${BED03}, 'tomt')"
    }


def test_what_helps_with_a_table_of_questions_is_shown_above_it() -> None:
    """A group has no hint in XLSForm, so it stands in the label."""
    question = Question("TAB01", 1, "matrix", "Hvor godt kjenner du disse?", hint="Ett kryss.")
    asked = dataclasses.replace(
        question,
        options=(Option("a", "Godt", "A1", "godt"),),
        rows=(Option("b", "Plan", "B1", "plan"),),
    )
    found = dataclasses.replace(
        of(MINIMAL, "bedrifter"), themes=(Theme("tema", "Tema", "", (asked,)),)
    )
    rows = cells(files(found)["-xlsform.xlsx"], "survey")
    (label,) = [row["label"] for row in rows if row["name"] == "TAB01" and row["label"]]
    assert label == "Hvor godt kjenner du disse?\n\nEtt kryss."


_HASHES = """
import hashlib, json
from tests.writers.survey.test_survey_files import EVERY, Shared, EDITION
from macros.content.catalogue import load_catalogue
from macros.writers.survey import jobs
found = {}
for one in EVERY.values():
    for job in jobs(one, Shared(EDITION.region, load_catalogue(one.language))):
        digest = hashlib.sha256(job.render(job.payload).data).hexdigest()
        found[job.filename + job.key] = digest
print(json.dumps(found))
"""


def test_the_same_bytes_in_another_time_zone_and_with_another_hash_seed() -> None:
    def run(zone: str, seed: str) -> dict[str, str]:
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", _HASHES]
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
        found: dict[str, str] = json.loads(done.stdout)
        return found

    there = run("Pacific/Auckland", "7")
    assert there == run("America/Lima", "99")
    here = {hashlib.sha256(data).hexdigest() for name in EVERY for data in made(name).values()}
    assert set(there.values()) == here


def test_a_workbook_holds_no_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(made("bedrifter")["-xlsform.xlsx"])) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_keys_change_with_the_text_and_with_nothing_else() -> None:
    def keys(questionnaire: Questionnaire) -> list[str]:
        shared = Shared(EDITION.region, load_catalogue("nb"))
        return [job.key for job in jobs(questionnaire, shared)]

    one = REAL["bedrifter"]
    assert keys(one) == keys(of(EDITION, "bedrifter"))
    changed = keys(dataclasses.replace(one, title="Noe annet"))
    same = [ending for ending, a, b in zip(ENDINGS, keys(one), changed, strict=True) if a == b]
    assert same == ["-kodebok.csv"]  # the only file without the title
