"""LimeSurvey's tab-separated survey structure (.txt), to import as a new survey.

Rules: the manual's page «Tab Separated Value survey structure», and what the importer does.
LimeSurvey's tables hold an answer code of 5 letters and digits and a row code of 20, so
those of the questionnaire's options are used; the codebook has both.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.document.formats import file_name
from macros.document.questionnaire import Condition, Letter, Question, Questionnaire, Theme
from macros.document.shared import Shared
from macros.writers import Job
from macros.writers.survey.parts import (
    TextFile,
    html,
    html_text,
    neutral,
    one_line,
    source_line,
    text_job,
)

Row = dict[str, str]

# The columns that the importer knows, then attributes of questions. An `id` column is left
# out: some versions would take it for an attribute.
_COLUMNS = (
    "class",
    "type/scale",
    "name",
    "relevance",
    "text",
    "help",
    "language",
    "validation",
    "mandatory",
    "other",
    "default",
    "same_default",
    "max_answers",
    "num_value_int_only",
    "min_num_value_n",
    "max_num_value_n",
    "suffix",
    "display_rows",
)
# L: list with radio buttons. M: multiple choice. F: array. N: number. T: long text.
_TYPES = {"single": "L", "scale": "L", "multiple": "M", "matrix": "F", "number": "N", "text": "T"}

# A page a theme, no way to see who answered, and both ways through the pages.
_SETTINGS = {
    "format": "G",
    "anonymized": "Y",
    "ipaddr": "N",
    "refurl": "N",
    "datestamp": "N",
    "savetimings": "N",
    "allowsave": "N",
    "allowprev": "Y",
    "showwelcome": "Y",
    "showprogress": "Y",
    "showgroupinfo": "B",
    "showqnumcode": "X",
    "showxquestions": "N",
    "htmlemail": "Y",
}
# What LimeSurvey itself fills in, in each e-mail: the link of whoever gets it, and the day that
# the survey ends.
_FIELDS = {"link": "{SURVEYURL}", "deadline": "{EXPIRY}"}
# The importer guesses the encoding from this many bytes, so none of our letters of two bytes
# is cut there.
_SAMPLE = 1000


def job(questionnaire: Questionnaire, shared: Shared) -> Job:
    """Return the job that makes the questionnaire's LimeSurvey file."""
    lines = ["\t".join(_COLUMNS)]
    for row in _rows(questionnaire, shared):
        cells = (one_line(row.get(column, "")) for column in _COLUMNS)
        lines.append("\t".join(cells))
    # The byte order mark is LimeSurvey's own, and tells Excel that it is UTF-8.
    text = "\ufeff" + _whole_at_sample(lines)
    return text_job(TextFile(file_name(questionnaire.name, "limesurvey"), text), __name__)


def _whole_at_sample(lines: list[str]) -> str:
    """Return the lines as text in which byte 1000, with the mark, begins a letter."""
    text = "\n".join(lines) + "\n"
    cut = ("\ufeff" + text).encode()[_SAMPLE : _SAMPLE + 1]
    inside = bool(cut) and 0x80 <= cut[0] < 0xC0
    # A space after the last header moves all the rest; the importer trims headers.
    return text.replace("\n", " \n", 1) if inside else text


def _rows(questionnaire: Questionnaire, shared: Shared) -> Iterator[Row]:
    yield _row("S", "language", questionnaire.language)
    for name, value in _SETTINGS.items():
        yield _row("S", name, value)
    for name, value in _texts(questionnaire, shared).items():
        yield {**_row("SL", name, value), "language": questionnaire.language}
    for number, theme in enumerate(questionnaire.themes, start=1):
        for row in _theme(theme, number):
            yield {**row, "language": questionnaire.language}
    # The importer passes by a class that it does not know: here it is for whoever reads.
    yield {"class": "#", "text": _html(source_line(questionnaire, shared))}


def _row(kind: str, name: str, text: str) -> Row:
    return {"class": kind, "name": name, "text": text}


def _texts(questionnaire: Questionnaire, shared: Shared) -> Row:
    minutes = html_text(shared.words("survey_file.minutes", n=questionnaire.minutes))
    return {
        "surveyls_title": _html(questionnaire.title),
        "surveyls_welcometext": f"{html(questionnaire.information, shared)}<p>{minutes}</p>",
        **_letter("invite", questionnaire.invitation, shared),
        **_letter("remind", questionnaire.reminder, shared),
        "surveyls_dateformat": "1",  # dd.mm.yyyy
        "surveyls_numberformat": "1",  # decimal comma
    }


def _letter(name: str, letter: Letter, shared: Shared) -> Row:
    # A subject is plain text: braces would be a variable, a quotation mark ends a cell.
    subject = letter.subject.translate(str.maketrans('{}"', "()”"))
    body = html(letter.body, shared)
    for blank, own in _FIELDS.items():
        body = body.replace(shared.words(f"survey_file.{blank}"), own)
    return {
        f"surveyls_email_{name}_subj": neutral(one_line(subject)),
        f"surveyls_email_{name}": body,
    }


def _theme(theme: Theme, number: int) -> Iterator[Row]:
    yield {
        "class": "G",
        "type/scale": str(number),
        "name": _html(theme.title),
        "relevance": "1",
        "text": f"<p>{html_text(theme.intro)}</p>" if theme.intro else "",
    }
    for question in theme.questions:
        yield _question(question)
        # A multiple choice has its answers as rows.
        rows = question.options if question.type == "multiple" else question.rows
        for option in rows:
            yield _option("SQ", option.plain, option.label)
        if question.type != "multiple":
            for option in question.options:
                yield _option("A", option.short, option.label)


def _question(question: Question) -> Row:
    return {
        "class": "Q",
        "type/scale": _TYPES[question.type],
        "name": question.code,
        "relevance": _relevance(question.condition),
        "text": _html(question.text),
        "help": _html(question.help),
        "mandatory": "Y" if question.required else "N",
        "other": "N",
        **_attributes(question),
    }


def _attributes(question: Question) -> Row:
    if question.type == "number":
        return {
            "num_value_int_only": "1",
            "min_num_value_n": str(question.minimum),
            "max_num_value_n": "" if question.maximum is None else str(question.maximum),
            "suffix": _html(question.unit),
        }
    if question.type == "text":
        return {"display_rows": str(question.lines)}
    return {"max_answers": str(question.max_answers)} if question.max_answers else {}


def _option(kind: str, code: str, label: str) -> Row:
    row = {"class": kind, "type/scale": "0", "name": code, "text": _html(label)}
    return {**row, "relevance": "1"} if kind == "SQ" else row


def _relevance(condition: Condition | None) -> str:
    """Return the condition in LimeSurvey's expressions; `NAOK` lets an empty answer be false."""
    if condition is None:
        return "1"
    name = condition.question
    return " or ".join(
        f"{name}_{answer.plain}.NAOK == 'Y'"
        if condition.multiple
        else f"{name}.NAOK == '{answer.short}'"
        for answer in condition.answers
    )


def _html(text: str) -> str:
    """Return a text as HTML whose first sign no spreadsheet takes for a formula."""
    found = html_text(one_line(text))
    return f"&#{ord(found[0])};{found[1:]}" if found[:1] in tuple("=+-@") else found
