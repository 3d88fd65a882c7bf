"""Composers for templates, with guidance and fields to fill in, and for examples of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from macros.content.example import Example
from macros.content.rich import List, Paragraph, Run
from macros.content.template import Chapter, Part, Template
from macros.content.text import Rich
from macros.document import blocks as b
from macros.document.edition import Edition, Writing
from macros.document.filled import Filled
from macros.document.formats import FORM, FORM_WITH_TABLES, TABLES
from macros.document.forms import form_fields
from macros.document.parts import anchor, document, in_order, labels, part, related
from macros.document.region import case_number_fact
from macros.document.sentences import sentences


def compose_template(edition: Edition, item: Template) -> b.Document:
    """Return the document of a template."""
    w = Writing(edition, item)
    chapters = tuple(_chapter(w, *found) for found in _numbered(item))
    return _template(w, item, part(w, "to_fill_in", chapters))


def template_page(edition: Edition, item: Template) -> b.Document:
    """Return the page of a template: what each chapter is for, and the whole of it on demand."""
    w = Writing(edition, item)
    chapters = tuple(_preview(w, *found) for found in _numbered(item))
    title = w.words("template.chapters")
    return _template(w, item, b.Section(anchor("to_fill_in"), title, chapters))


def _numbered(item: Template) -> Iterator[tuple[Chapter, str]]:
    for number, chapter in enumerate(item.chapters, start=1):
        yield chapter, str(number) if item.numbered else ""


def filled_in(
    edition: Edition, template: Template
) -> tuple[Example | None, dict[str, b.Answer | b.Table]]:
    """Return the first example of a template, and each field as it is filled in there, by id."""
    written = (one for one in edition.handbook.all(Example) if one.template == template.id)
    example = next(written, None)
    if example is None:
        return None, {}
    filled = Filled(Writing(edition, example), example)
    return example, {field.id: filled.field(field) for field in template.fields}


def _examples(w: Writing) -> list[tuple[str, str]]:
    return [
        ("example", example.id)
        for example in w.edition.handbook.all(Example)
        if example.template == w.item.id
    ]


def _preview(w: Writing, chapter: Chapter, number: str) -> b.Section:
    """Return a chapter with the first line of its help, and the way to it filled in."""
    whole = _chapter(w, chapter, number)
    runs = [Run(_first_line(w, chapter.guidance))]
    for kind, example in _examples(w)[:1]:
        target = f"{kind}/{example}#{whole.id}"
        see = w.words("template.see_filled", chapter=w.text(chapter.title))
        runs += [Run(" "), Run(see, target=target)]
    fold = b.Fold(w.words("template.fold"), whole.blocks)
    return dataclasses.replace(whole, blocks=(Paragraph(tuple(runs)), fold))


def _first_line(w: Writing, guidance: Rich) -> str:
    """Return the first sentence of a chapter's guidance."""
    first = next(block for block in guidance.blocks if isinstance(block, Paragraph))
    text = w.text("".join(run.text for run in first.runs))
    return sentences(text)[0]


def _template(w: Writing, item: Template, to_fill_in: b.Section) -> b.Document:
    edition = w.edition
    facts = b.Facts(
        (
            w.fact("time", w.text(item.time)),
            w.fact("when", w.text(item.when)),
            w.fact("phase", w.links("phase", item.phases)),
            w.fact("filled_by", (w.link("role", item.filled_by),)),
            w.fact("decided_by", (w.link("role", item.decided_by),)),
            *case_number_fact(w),
        )
    )
    about = b.Section(
        anchor("about_template"),
        w.words("section.about_template"),
        w.rich(item.purpose),
    )
    examples = _examples(w)
    shown: tuple[b.Block, ...] = (part(w, "examples", (w.cards(examples),)),) if examples else ()
    sections: tuple[b.Block, ...] = (
        about,
        *in_order(w),
        *shown,
        to_fill_in,
        related(w, item.related),
    )
    register = (
        ("region", edition.region.name or ""),
        *((key, "") for key in ("case_number", "date", "version", "prepared_by", "exempt")),
    )
    shown_on_cover = labels(w, register)
    formats = TABLES if item.spreadsheet else FORM_WITH_TABLES if item.spreadsheet_tables else FORM
    made = document(w, item, facts, sections, item.phases, register=shown_on_cover, formats=formats)
    sheets = tuple(item.spreadsheet_tables)
    return dataclasses.replace(made, sheets=sheets, written=to_fill_in.id)


def compose_example(edition: Edition, item: Example) -> b.Document:
    """Return the document of a template that a fictional region has filled in."""
    w = Writing(edition, item)
    template = edition.handbook.find(Template, item.template)
    filled = Filled(w, item)
    chapters = []
    for number, chapter in enumerate(template.chapters, start=1):
        mark = str(number) if template.numbered else ""
        parts = tuple(
            b.Section(
                f"del-{found.id}",
                w.text(found.title),
                filled.fields(found.fields),
                f"{mark}.{index}" if mark else "",
            )
            for index, found in enumerate(chapter.parts, start=1)
        )
        inner = (*filled.fields(chapter.fields), *parts)
        chapters.append(b.Section(f"kap-{chapter.id}", w.text(chapter.title), inner, mark))
    cover = item.cover
    register = (
        ("region", w.text(cover.region)),
        ("case_number", w.text(cover.case_number)),
        ("date", w.words.date(cover.date)),
        ("version", cover.version),
        ("prepared_by", w.text(cover.prepared_by)),
        ("exempt", w.text(cover.exempt)),
    )
    notice = b.Callout("notice", w.words("example.title"), w.cell(w.words("example.text")))
    facts = b.Facts((w.fact("template", (w.link("template", template.id),)),))
    sections: tuple[b.Block, ...] = (notice, *chapters)
    return document(w, item, facts, sections, template.phases, register=labels(w, register))


def _chapter(w: Writing, chapter: Chapter, number: str) -> b.Section:
    parts = tuple(
        _part(w, inner, f"{number}.{index}" if number else "")
        for index, inner in enumerate(chapter.parts, start=1)
    )
    inner = (
        _guidance(w, chapter.guidance, chapter.prompts),
        *form_fields(w, chapter.fields),
        *parts,
    )
    return b.Section(f"kap-{chapter.id}", w.text(chapter.title), inner, number)


def _part(w: Writing, found: Part, number: str) -> b.Section:
    inner = (_guidance(w, found.guidance, found.prompts), *form_fields(w, found.fields))
    return b.Section(f"del-{found.id}", w.text(found.title), inner, number)


def _guidance(w: Writing, guidance: Rich, prompts: tuple[str, ...]) -> b.Callout:
    inner = list(w.rich(guidance))
    if prompts:
        inner.append(List(tuple((Paragraph((Run(w.text(prompt)),)),) for prompt in prompts)))
    return b.Callout("guidance", w.words("guidance"), tuple(inner))
