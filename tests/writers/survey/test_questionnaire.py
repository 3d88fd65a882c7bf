"""The Word questionnaire as a tool meets it: text by paragraphs, and nothing to stumble over."""

from __future__ import annotations

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
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from macros.content.catalogue import load_catalogue
from macros.content.project import load_project
from macros.content.rich import Paragraph, Run
from macros.content.survey import Survey
from macros.document.edition import load_edition
from macros.document.questionnaire import (
    Questionnaire,
    compose_questionnaire,
    questionnaires as composed,
)
from macros.document.shared import Shared
from macros.writers.word.questionnaire import job
from tests import real
from tests.openxml import errors
from tests.writers.editions import shared
from tests.writers.said import squeezed, texts

ROOT = Path(__file__).parents[3]
PROJECT = real.project()
EDITION = load_edition(PROJECT, "nb")
MINIMAL = load_edition(load_project(ROOT / "tests" / "content" / "minimal"), "nb")
REAL = {one.id: one for one in composed(EDITION)}
EVERY = {**REAL, "liten": next(composed(MINIMAL))}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

each = pytest.mark.parametrize("name", EVERY)


def written(questionnaire: Questionnaire, by: Shared | None = None) -> bytes:
    made = job(questionnaire, by or shared(questionnaire.language))
    assert made.filename == f"{questionnaire.name}-sporreskjema.docx"
    return made.render(pickle.loads(pickle.dumps(made.payload))).data  # noqa: S301


@cache
def file(name: str) -> bytes:
    return written(EVERY[name])


def part(data: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def lines(data: bytes) -> list[tuple[str, str, str]]:
    """Return each paragraph's style, bookmark and text."""
    found = []
    for paragraph in part(data).iter(f"{W}p"):
        style, mark = (paragraph.find(f".//{W}{tag}") for tag in ("pStyle", "bookmarkStart"))
        text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        found.append(
            (
                style.get(f"{W}val") if style is not None else "",
                mark.get(f"{W}name") if mark is not None else "",
                text,
            )
        )
    return found


@each
def test_word_would_open_it_without_repair(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(file(name))
    assert errors(path) == []
    assert path.stat().st_size < 20_000


@each
def test_each_question_is_a_paragraph_and_each_line_below_it_an_answer(name: str) -> None:
    found, questionnaire = lines(file(name)), EVERY[name]
    at = {code: index for index, (_, code, _) in enumerate(found) if code}
    assert list(at) == [question.code for question in questionnaire.questions]
    for number, question in enumerate(questionnaire.questions, start=1):
        start = at[question.code]
        assert found[start][2].startswith(f"{number}. {question.text}")
        answers = [option.label for option in question.rows or question.options]
        below = [text for _, _, text in found[start + 1 : start + 1 + len(answers)]]
        assert below == answers
        following = found[start + 1 + len(answers) : start + 2 + len(answers)]
        assert all(code or style == "Heading1" for style, code, _ in following)


@each
def test_microsoft_forms_can_hold_it(name: str) -> None:
    """It takes 200 questions, by Microsoft's own page on the limits of a form."""
    assert len(list(EVERY[name].questions)) <= 200


@each
def test_it_has_the_texts_that_who_answers_is_to_read(name: str) -> None:
    questionnaire = EVERY[name]
    wanted = [questionnaire.title, *texts(questionnaire.information)]
    wanted.append(load_catalogue("nb")("survey_file.minutes", n=questionnaire.minutes))
    for theme in questionnaire.themes:
        wanted += [theme.title, theme.intro]
        for question in theme.questions:
            wanted += [question.text, question.hint]
            wanted += [option.label for option in (*question.options, *question.rows)]
    whole = squeezed("".join(text for _, _, text in lines(file(name))))
    assert [text for text in wanted if squeezed(text) not in whole] == []


@each
def test_nothing_but_text_stands_in_it(name: str) -> None:
    """A table, a picture, a control, or a break inside a line: each would be lost or split."""
    tags = {etree.QName(node).localname for node in part(file(name)).iter()}
    assert not tags & {"tbl", "drawing", "sdt", "br", "tab", "vanish", "fldChar", "footnoteRef"}
    shown = [text for _, _, text in lines(file(name))]
    assert all(text.strip() for text in shown)
    codes = {question.code for question in EVERY[name].questions}
    assert [text for text in shown if codes & set(re.findall(r"\w+", text))] == []


def question(name: str, code: str) -> str:
    return next(text for _, mark, text in lines(file(name)) if mark == code)


def test_what_has_to_be_set_by_hand_stands_in_brackets() -> None:
    number = {one.code: one.number for one in REAL["bedrifter"].questions}
    assert question("bedrifter", "BED01").endswith("? (Må besvares.)")
    assert question("bedrifter", "INF05").endswith(
        f"(Vises bare hvis svaret på spørsmål {number['INF04']} er «Ja».)"
    )
    assert re.search(r"er «[^»]+», «[^»]+» eller «[^»]+»\.", question("bedrifter", "NUT03"))
    assert question("bedrifter", "NUT04").endswith("Velg høyst 3. (Flere svar er mulig.)")
    assert question("effektmaling", "BYG02").endswith(
        "Ett svar på hver linje: Svært misfornøyd | Ganske misfornøyd | Verken fornøyd eller "
        "misfornøyd | Ganske fornøyd | Svært fornøyd | Vet ikke eller ikke aktuelt.)"
    )
    hours = question("kommuneansatte", "ARB02")
    assert hours.endswith("Svar i timer. Skriv et helt tall fra 0 til 60.")


def test_what_is_pasted_is_the_same_lines(tmp_path: Path) -> None:
    """LibreOffice's plain text is what the clipboard gives a tool that takes text."""
    paths = []
    for name in REAL:
        paths.append(tmp_path / f"{name}.docx")
        paths[-1].write_bytes(file(name))
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    command += ["--outdir", str(tmp_path), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True)
    for name in REAL:
        pasted = (tmp_path / f"{name}.txt").read_text(encoding="utf-8-sig").splitlines()
        assert pasted == [text for _, _, text in lines(file(name))]


def test_the_file_says_what_it_is() -> None:
    data, one = file("bedrifter"), REAL["bedrifter"]
    core = {etree.QName(node).localname: node.text for node in part(data, "docProps/core.xml")}
    address = f"https://handbok.example.no/{one.address}"
    assert core["title"] == one.title
    assert core["creator"] == PROJECT.region.owner
    assert core["version"] == one.version
    assert core["identifier"] == address
    assert core["language"] == "nb-NO"
    assert core["modified"] == f"{one.updated.isoformat()}T00:00:00Z"
    above = "".join(part(data, "word/header1.xml").itertext())
    assert one.title in above
    assert PROJECT.region.owner in above
    assert f"Versjon {one.version}, oppdatert " in above
    assert address in "".join(part(data, "word/footer1.xml").itertext())


def test_a_survey_in_nynorsk_is_in_nynorsk() -> None:
    catalogues = {"nb": load_catalogue("nb"), "nn": load_catalogue("nn")}
    edition = dataclasses.replace(EDITION, catalogues=catalogues)
    item = edition.handbook.get("survey", "bedrifter")
    assert isinstance(item, Survey)
    one = compose_questionnaire(edition, item.model_copy(update={"language": "nn"}))
    data = written(one)
    said = next(text for _, mark, text in lines(data) if mark == "INF05")
    assert re.search(r"\(Blir berre vist dersom svaret på spørsmål \d+ er «Ja»\.\)$", said)
    styles = etree.tostring(part(data, "word/styles.xml")).decode()
    assert 'w:lang w:val="nn-NO"' in styles


def test_a_regions_text_is_never_markup(tmp_path: Path) -> None:
    nasty = "=1+1</w:t>&amp;<w:p/>\"']]>{{ 7*7 }}"
    region = PROJECT.region.model_copy(update={"owner": nasty, "name": nasty})
    one = dataclasses.replace(
        REAL["bedrifter"], title=nasty, information=(Paragraph((Run(nasty),)),)
    )
    data = written(one, dataclasses.replace(shared(), region=region))
    path = tmp_path / "x.docx"
    path.write_bytes(data)
    assert errors(path) == []
    assert [text for _, _, text in lines(data)][:2] == [nasty, nasty]


SAME = """
import hashlib, json
from tests.writers.survey.test_questionnaire import REAL, job, shared
found = []
for made in (job(one, shared()) for one in REAL.values()):
    found.append([made.key, hashlib.sha256(made.render(made.payload).data).hexdigest()])
print(json.dumps(found))
"""


def test_the_same_bytes_in_another_time_zone_and_with_another_hash_seed() -> None:
    env = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", SAME]
    there = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
    here = [
        [job(one, shared()).key, hashlib.sha256(file(name)).hexdigest()]
        for name, one in REAL.items()
    ]
    assert json.loads(there.stdout) == here
    stamps = zipfile.ZipFile(io.BytesIO(file("bedrifter"))).infolist()
    updated = REAL["bedrifter"].updated
    assert {info.date_time[:3] for info in stamps} == {(updated.year, updated.month, updated.day)}


def test_the_key_changes_when_the_bytes_would() -> None:
    one = REAL["bedrifter"]
    moved = dataclasses.replace(shared(), base_url="https://other.example.no/")
    keys = [job(one, shared()).key, job(one, moved).key]
    keys.append(job(dataclasses.replace(one, minutes=99), shared()).key)
    assert len(set(keys)) == len(keys)
    assert job(one, shared()).key == keys[0]
