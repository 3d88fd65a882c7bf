"""What the scripts that make a report of answers are given: forms, files, slides and colours."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pptx
import pytest

from macros.content.base import Language
from macros.content.template import Template
from macros.document.formats import DOWNLOADS
from macros.downloads.jobs import picture_jobs
from macros.pages.published import site_files
from macros.writers.answers_data import REPORT, SLIDES, report_data
from macros.writers.form_data import form_files
from tests import openxml, real

LANGUAGES: tuple[Language, ...] = ("nb", "nn")


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_a_report_is_made_from_is_on_the_site(language: Language) -> None:
    edition = real.edition(language)
    about = json.loads(site_files(real.project(), edition)[REPORT])
    form = json.loads(form_files(edition)[about["form"]])
    assert about["docx"] == form["files"]["docx"]
    assert about["docx"].removeprefix(DOWNLOADS) in real.offered()[language]
    fields = {field["id"]: field for section in form["sections"] for field in section["fields"]}
    assert set(about["fields"].values()) <= set(fields)
    assert about["language"] == form["language"] == language
    folder = "" if language == "nb" else f"{language}/"
    assert folder + SLIDES in picture_jobs(real.project())


def test_the_record_of_answers_stands_in_one_template() -> None:
    templates = real.edition("nb").handbook.all(Template)
    assert [one.id for one in templates if one.answers_record] == ["svarrapport"]


def test_the_colours_are_those_of_the_files_on_white() -> None:
    brand = real.project().brand
    (template,) = (
        one for one in real.edition("nb").handbook.all(Template) if one.id == "svarrapport"
    )
    palette = report_data(real.edition("nb"), brand, template)["palette"]
    assert palette["accent"] == brand.document["accent"]
    assert palette["paper"] == "#ffffff"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slides_have_a_place_for_each_thing_that_a_script_puts_there(
    language: Language, tmp_path: Path
) -> None:
    folder = "" if language == "nb" else f"{language}/"
    job = picture_jobs(real.project())[folder + SLIDES]
    data = job.render(job.payload).data
    assert job.render(job.payload).data == data
    path = tmp_path / "x.pptx"
    path.write_bytes(data)
    assert openxml.errors(path) == []
    slides = list(pptx.Presentation(io.BytesIO(data)).slides)
    texts = ["Tittel", "Tid", "Innhold"]
    wanted = [texts, texts, ["Tittel", "Tid", "Bilde"], texts]
    assert [sorted(shape.name for shape in slide.shapes) for slide in slides] == [
        sorted(names) for names in wanted
    ]
    assert all(slide.has_notes_slide for slide in slides)
