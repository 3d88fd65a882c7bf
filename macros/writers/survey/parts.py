"""What the survey writers share: rich text in three notations, safe cells, keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from macros.content.rich import List, Paragraph, RichBlock, Run
from macros.document.questionnaire import Questionnaire
from macros.document.shared import Shared, absolute_link
from macros.keys import key
from macros.writers import Job, Rendered

# What a spreadsheet may take for a formula, at the start of a cell (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class TextFile:
    """The whole input of a file that is text: its name and what stands in it."""

    name: str
    text: str


def text_job(payload: TextFile, writer: str) -> Job:
    """Return the job of a text file that the module named `writer` writes."""
    return Job(payload.name, key(writer, payload), render_text, payload)


def render_text(payload: TextFile) -> Rendered:
    """Return the file's bytes, in UTF-8."""
    return Rendered(payload.text.encode(), None)


def neutral(cell: str) -> str:
    """Return a cell's text with an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def one_line(text: str) -> str:
    """Return a text with every stretch of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()


def page_url(questionnaire: Questionnaire, shared: Shared) -> str:
    """Return the full address of the survey's own page."""
    return shared.base_url + questionnaire.address


def facts(questionnaire: Questionnaire, shared: Shared) -> tuple[tuple[str, str], ...]:
    """Return what whoever finds the file needs to know, as (label, value)."""
    words = shared.words
    date = words.date(questionnaire.updated)
    version = words("page.version", version=questionnaire.version, date=date)
    region = shared.region.name or shared.region.owner
    return (
        (words("kind.survey"), questionnaire.title),
        (words("register.version"), version),
        (words("register.region"), region),
        (words("print.address"), page_url(questionnaire, shared)),
    )


def source_line(questionnaire: Questionnaire, shared: Shared) -> str:
    """Return the facts on one line."""
    return " · ".join(value for _, value in facts(questionnaire, shared))


def html(blocks: Iterable[RichBlock], shared: Shared) -> str:
    """Return rich text as HTML on one line."""
    return "".join(_html_block(block, shared) for block in blocks)


def _html_block(block: RichBlock, shared: Shared) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{_html_runs(block, shared)}</p>"
    tag = "ol" if block.ordered else "ul"
    items = "".join(f"<li>{_html_item(item, shared)}</li>" for item in block.items)
    return f"<{tag}>{items}</{tag}>"


def _html_item(item: tuple[RichBlock, ...], shared: Shared) -> str:
    if len(item) == 1 and isinstance(item[0], Paragraph):
        return _html_runs(item[0], shared)
    return html(item, shared)


def _html_runs(paragraph: Paragraph, shared: Shared) -> str:
    return "".join(_html_run(run, shared) for run in paragraph.runs)


def _html_run(run: Run, shared: Shared) -> str:
    found = html_text(run.text)
    if run.target:
        found = f'<a href="{escape(absolute_link(run.target, shared.base_url))}">{found}</a>'
    if run.strong:
        found = f"<strong>{found}</strong>"
    return f"<em>{found}</em>" if run.em else found


def html_text(text: str) -> str:
    """Return plain text as HTML in which survey tools find no variable between braces."""
    # White space at the ends stays: it stands between runs.
    found = escape(re.sub(r"\s+", " ", text))
    return found.replace("{", "&#123;").replace("}", "&#125;")


def markdown(blocks: Iterable[RichBlock], shared: Shared, clean: Callable[[str], str] = str) -> str:
    """Return rich text as Markdown, with `clean` applied to the text of each run."""
    return "\n\n".join(_markdown_block(block, shared, clean) for block in blocks)


def _markdown_block(block: RichBlock, shared: Shared, clean: Callable[[str], str]) -> str:
    if isinstance(block, Paragraph):
        return "".join(_markdown_run(run, shared, clean) for run in block.runs)
    lines = []
    for number, item in enumerate(block.items, start=1):
        mark = f"{number}." if block.ordered else "*"
        text = "\n".join(_markdown_block(inner, shared, clean) for inner in item)
        lines.append(f"{mark} " + text.replace("\n", "\n  "))
    return "\n".join(lines)


def _markdown_run(run: Run, shared: Shared, clean: Callable[[str], str]) -> str:
    found = clean(run.text)
    if run.target:
        found = f"[{found}]({absolute_link(run.target, shared.base_url)})"
    if run.strong:
        found = f"**{found}**"
    return f"_{found}_" if run.em else found


def plain(blocks: Iterable[RichBlock]) -> str:
    """Return rich text without marks: paragraphs apart, a dot or a number before list items."""
    return "\n\n".join(_plain_block(block) for block in blocks)


def _plain_block(block: RichBlock) -> str:
    if isinstance(block, Paragraph):
        return "".join(run.text for run in block.runs)
    return "\n".join(_plain_item(block, at, item) for at, item in enumerate(block.items, start=1))


def _plain_item(block: List, number: int, item: tuple[Any, ...]) -> str:
    mark = f"{number}." if block.ordered else "•"
    return f"{mark} " + "\n".join(map(_plain_block, item)).replace("\n", "\n  ")
