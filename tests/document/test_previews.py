"""The page of a template: what each chapter is for, the way to it filled in, the rest folded."""

from __future__ import annotations

import pytest

from macros.content.example import Example
from macros.content.template import Template
from macros.document import blocks as b
from macros.document.compose import compose, page
from macros.document.edition import load_edition
from tests import real

EDITION = load_edition(real.project(), "nb")
TEMPLATES = EDITION.handbook.all(Template)


def chapters(document: b.Document) -> list[b.Section]:
    (form,) = [
        block for block in document.blocks if isinstance(block, b.Section) and block.id == "fyll-ut"
    ]
    return [block for block in form.blocks if isinstance(block, b.Section)]


@pytest.mark.parametrize("item", TEMPLATES, ids=lambda item: item.id)
def test_each_chapter_shows_the_first_sentence_of_its_help_and_folds_the_whole(
    item: Template,
) -> None:
    whole, shown = chapters(compose(EDITION, item)), chapters(page(EDITION, item))
    assert [section.id for section in shown] == [section.id for section in whole]
    for section, own in zip(shown, whole, strict=True):
        line, fold = section.blocks
        assert isinstance(line, b.Paragraph)
        assert isinstance(fold, b.Fold)
        assert fold.blocks == own.blocks
        first = str(line.runs[0].text)
        (guidance, *_) = [block for block in own.blocks if isinstance(block, b.Callout)]
        paragraph = next(block for block in guidance.blocks if isinstance(block, b.Paragraph))
        help_text = "".join(str(run.text) for run in paragraph.runs)
        assert help_text.startswith(first)
        assert first[-1] in ".!?:]"
        assert first == help_text or len(first) < len(help_text)
        assert first.count(". ") == 0 or "nr. " in first


def test_a_long_help_is_cut_after_its_first_sentence() -> None:
    (budget,) = [item for item in TEMPLATES if item.id == "budsjett"]
    first = chapters(page(EDITION, budget))[0].blocks[0]
    assert isinstance(first, b.Paragraph)
    assert first.runs[0].text == "Lag ett budsjett for hver fase."


def test_the_way_to_a_filled_in_chapter_leads_to_a_chapter_that_is_there() -> None:
    seen = 0
    for item in TEMPLATES:
        for section in chapters(page(EDITION, item)):
            line = section.blocks[0]
            assert isinstance(line, b.Paragraph)
            for run in line.runs[1:]:
                target, _, anchor = run.target.partition("#")
                if target:
                    example = EDITION.handbook.find(Example, target.partition("/")[2])
                    ids = [
                        x.id for x in compose(EDITION, example).blocks if isinstance(x, b.Section)
                    ]
                    assert anchor in ids
                    assert str(section.title) in str(run.text)
                    seen += 1
    assert seen > 20
