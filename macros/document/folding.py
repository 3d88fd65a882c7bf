"""What a guide's page folds: texts to send, and papers to fill in, which the files have whole."""

from __future__ import annotations

import dataclasses

from macros.content.base import Page
from macros.content.rich import List, Paragraph, Run
from macros.document import blocks as b
from macros.document.edition import Edition, Writing
from macros.document.parts import anchor

# The standing sections that are asked for now and then.
FOLDED = ("invitation", "privacy", "record", "reminder", "worksheets")
QUESTIONS = "questions"


def folded(edition: Edition, item: Page, whole: b.Document) -> b.Document:
    """Return the page of an item: the whole, with what is asked for now and then folded."""
    w = Writing(edition, item)
    keys = {anchor(key): key for key in FOLDED}
    blocks = []
    for block in whole.blocks:
        if isinstance(block, b.Section) and block.id in keys:
            fold = b.Fold(w.words(f"fold.{keys[block.id]}"), block.blocks)
            block = dataclasses.replace(block, blocks=(fold,))
        elif isinstance(block, b.Section) and block.id == anchor(QUESTIONS):
            block = dataclasses.replace(block, blocks=tuple(_asked(w, one) for one in block.blocks))
        blocks.append(block)
    return dataclasses.replace(whole, blocks=tuple(blocks))


def _asked(w: Writing, block: b.Block) -> b.Block:
    """Return a part of a survey with its questions alone, and their answers under a fold."""
    if not isinstance(block, b.Section):
        return block
    fields = [one for one in block.blocks if isinstance(one, b.Field | b.FieldTable)]
    intro = tuple(one for one in block.blocks if not isinstance(one, b.Field | b.FieldTable))
    texts = List(tuple((Paragraph((Run(field.label),)),) for field in fields))
    fold = b.Fold(w.words("fold.questions", n=len(fields)), tuple(fields))
    return dataclasses.replace(block, blocks=(*intro, texts, fold))
