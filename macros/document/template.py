"""Composer for templates: chapters with guidance set apart and fields to fill in."""

from __future__ import annotations

from macros.content.template import Chapter, Part, Template
from macros.content.text import List, Paragraph, Rich, Run
from macros.document import blocks as b
from macros.document.edition import Edition, Writing
from macros.document.forms import form_fields
from macros.document.parts import anchor, document, part, related, step_links


def compose_template(edition: Edition, item: Template) -> b.Document:
    """Return the document of a template."""
    w = Writing(edition, item)
    facts = b.Facts(
        (
            w.fact("time", w.text(item.time)),
            w.fact("when", w.text(item.when)),
            w.fact("phase", w.links("phase", item.phases)),
            w.fact("filled_by", (w.link("role", item.filled_by),)),
            w.fact("decided_by", (w.link("role", item.decided_by),)),
        )
    )
    about = b.Section(
        anchor("about_template"),
        w.words("section.about_template"),
        w.rich(item.purpose),
    )
    chapters = tuple(
        _chapter(w, chapter, str(number) if item.numbered else "")
        for number, chapter in enumerate(item.chapters, start=1)
    )
    to_fill_in = part(w, "to_fill_in", chapters)
    sections = (about, *step_links(w), to_fill_in, related(w, item.related))
    return document(w, item, facts, sections, item.phases, form=True)


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
