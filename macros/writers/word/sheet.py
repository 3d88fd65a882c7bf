"""The sheet before a document: what helps whoever writes it, to be taken away as one.

Everything on it, and what helps beside the fields, has the style of guidance or one built on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros.content.catalogue import Catalogue
from macros.content.rich import List, Paragraph, Run
from macros.document import blocks as b
from macros.writers.word.body import Body
from macros.writers.word.text import HELP
from macros.writers.word.xml import Element, bookmark, paragraph, run

TITLE, HEADING, FACT = (f"{HELP.style}{number}" for number in (1, 2, 3))


def sheet(document: b.Document, body: Body, words: Catalogue, edition: list[str]) -> str:
    """Return the sheet; `edition` is the line on version, date and address."""
    blocks, _ = document.parted
    title, style = words("word.sheet"), words("guidance")
    lines = ("sheet_away", "sheet_fill", "sheet_guidance", "sheet_fields")
    texts = [words(f"word.{line}", style=style, title=title) for line in lines]
    said = tuple((Paragraph((Run(text),)),) for text in texts)
    found = [
        paragraph(TITLE, [run(title)]),
        *body.texts.blocks([List(said)], HELP),
        paragraph(HEADING, [run(f"{document.label}: {document.title}")]),
        paragraph(HELP.style, [run(document.summary)]),
        *_facts(document.facts, body),
        *_blocks(blocks, body),
        paragraph(HELP.style, edition),
    ]
    return body.forms.controls.group("help", title, found)


def _facts(block: b.Facts, body: Body) -> list[Element]:
    return [
        paragraph(FACT, [run(f"{fact.label}\t"), *body.texts.runs(fact.value)])
        for fact in block.facts
    ]


def _blocks(blocks: Iterable[Any], body: Body) -> list[Element]:
    found: list[Element] = []
    for block in blocks:
        match block:
            case b.Section():
                start, end = bookmark(body.bookmarks[block.id], body.texts.bookmark())
                found.append(paragraph(HEADING, [start, run(block.title), end]))
                found += _blocks(block.blocks, body)
            case b.Cards():
                found += [paragraph(HELP.style, _card(card, body)) for card in block.cards]
            case Paragraph() | List():
                found += body.texts.blocks([block], HELP)
            case _:
                found += body.made(block)
    return found


def _card(card: b.Card, body: Body) -> list[str]:
    title = body.texts.runs([Run(card.title, target=card.target)], body.languages[card.language])
    return [*title, run(f"  {card.kind} · {card.fact}" if card.fact else f"  {card.kind}")]
