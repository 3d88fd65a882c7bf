"""A survey's questionnaire as Word: to import in Microsoft Forms, or to paste into Questback.

Neither tool publishes a format; what they have in common is text by paragraphs. So a question
is one paragraph: number, text, help, and in brackets what has to be set by hand. Each line
below it is an answer, or a statement of a matrix, and nothing else. There is no table, picture
or control. The codes would be shown to whoever answers, so they are names of bookmarks, which
no one sees; the codebook has each question's number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from macros.content.catalogue import Catalogue
from macros.document.formats import file_name
from macros.document.questionnaire import Condition, Question, Questionnaire, Theme, range_text
from macros.document.shared import Shared
from macros.keys import key
from macros.layouts.office import LANGUAGES, Office, office
from macros.writers import Job, Rendered
from macros.writers.word import finished, links_out, parts

if TYPE_CHECKING:
    from macros.writers.word.package import Package
    from macros.writers.word.properties import Properties
    from macros.writers.word.xml import Para

_WORDS = ("guidance", "kind", "questionnaire", "survey_file", "word")
_SEPARATOR = " | "  # between the steps of a matrix' scale: labels have commas and slashes


@dataclass(frozen=True)
class QuestionnairePayload(Office):
    """The whole input of one file."""

    name: str
    questionnaire: Questionnaire


def job(questionnaire: Questionnaire, shared: Shared) -> Job:
    """Return the job that makes the questionnaire's Word file.

    The words of `shared` are in the questionnaire's language.
    """
    name = file_name(questionnaire.name, "questionnaire")
    payload = QuestionnairePayload(
        **vars(office(shared, *_WORDS)), name=name, questionnaire=questionnaire
    )
    return Job(payload.name, key(__name__, replace(payload, name="")), render, payload)


def render(payload: QuestionnairePayload) -> Rendered:
    """Return the Word file of a payload; raises WriterError as the documents' do."""
    from macros.writers.word import frame
    from macros.writers.word.package import Package
    from macros.writers.word.sections import Section
    from macros.writers.word.xml import run

    found, words, section = payload.questionnaire, payload.words, Section("A4")
    language, guidance = LANGUAGES[found.language], words("guidance")
    look = parts(payload.colours, language, guidance, payload.fonts)
    file = Package(_properties(payload), look)
    body = [*_elements(payload, file), section]
    # Outside the text, where no tool takes it for a question.
    version = words("page.version", version=found.version, date=words.date(found.updated))
    about = f"{_whose(payload)} · {version}"
    top = [run(f"{found.title}\t{about}")]
    frame.running(file, [section], top, _page(payload), words)
    return finished(file, body, found.updated, payload.name)


def _whose(payload: QuestionnairePayload) -> str:
    return payload.region or payload.owner


def _page(payload: QuestionnairePayload) -> str:
    return payload.base_url + payload.questionnaire.address


def _properties(payload: QuestionnairePayload) -> Properties:
    from macros.writers.word.properties import Properties

    found, words, page = payload.questionnaire, payload.words, _page(payload)
    return Properties(
        title=found.title,
        author=payload.owner,
        label=words("kind.survey"),
        summary=found.summary,
        keywords=f"{words('kind.survey')}, {words('site.name')} · {_whose(payload)}",
        version=found.version,
        language=LANGUAGES[found.language],
        address=page,
        updated=found.updated,
        own=((words("word.source"), page), (words("word.source_version"), found.version)),
    )


def _elements(payload: QuestionnairePayload, file: Package) -> Iterator[Para]:
    from macros.writers.word.text import Texts
    from macros.writers.word.xml import paragraph, run

    found, words = payload.questionnaire, payload.words
    texts = Texts(links_out(file, payload.base_url), file.new_list)
    yield paragraph("Title", [run(found.title)])
    yield from texts.blocks(found.information)
    yield paragraph("", [run(words("survey_file.minutes", n=found.minutes))])
    numbers = {question.code: question.number for question in found.questions}
    for theme in found.themes:
        yield from _theme(theme, numbers, words)


def _theme(theme: Theme, numbers: Mapping[str, int], words: Catalogue) -> Iterator[Para]:
    from macros.writers.word.xml import keep_next, paragraph, run

    yield paragraph("Heading1", [run(theme.title)])
    if theme.intro:
        yield keep_next(paragraph("", [run(theme.intro)]))
    for question in theme.questions:
        lines = [paragraph("Svaralternativ", [run(line)]) for line in _lines(question)]
        yield _question(question, numbers, words)
        yield from (*map(keep_next, lines[:-1]), *lines[-1:])


def _lines(question: Question) -> list[str]:
    return [option.label for option in question.rows or question.options]


def _question(question: Question, numbers: Mapping[str, int], words: Catalogue) -> Para:
    from macros.writers.word.xml import bookmark, paragraph, run

    start, end = bookmark(question.code, question.number)
    inner = [start, run(f"{question.number}. {question.text}"), end]
    limits = range_text(question, words) if question.type == "number" else ""
    if help_text := " ".join(filter(None, (question.hint, limits))):
        inner.append(run(f" {help_text}", style="Dempet"))
    if settings := " ".join(_settings(question, numbers, words)):
        inner.append(run(f" ({settings})", style="Dempet"))
    return paragraph("Ledetekst", inner)


def _settings(question: Question, numbers: Mapping[str, int], words: Catalogue) -> Iterator[str]:
    """Return what no tool reads from text, a sentence each: whoever imports sets it by hand."""
    if question.condition:
        yield _condition(question.condition, numbers, words)
    if question.type == "multiple":
        yield words("questionnaire.multiple")
    if question.type == "matrix":
        steps = _SEPARATOR.join(option.label for option in question.options)
        yield words("questionnaire.matrix", answers=steps)
    if question.required:
        yield words("questionnaire.required")


def _condition(condition: Condition, numbers: Mapping[str, int], words: Catalogue) -> str:
    *most, last = (f"«{answer.label}»" for answer in condition.answers)
    several = f"{', '.join(most)} {words('questionnaire.or')} {last}"
    return words(
        "questionnaire.condition",
        answers=several if most else last,
        number=numbers[condition.question],
    )
