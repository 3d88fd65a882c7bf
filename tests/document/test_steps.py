"""A phase on the web: an overview and a page for each step, with all that its file says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html

from macros.content.model import Checklist, Phase
from macros.document import blocks as b
from macros.document.address import place
from macros.document.along import beside, steps_way, way
from macros.document.compose import compose
from macros.document.edition import load_edition
from macros.document.shared import absolute_link
from macros.document.steps import step_pages
from macros.pages.generated import generated_pages
from macros.writers.page import PageError, PageWriter
from tests import real

EDITION = load_edition(real.project(), "nb")
PHASES = [phase.id for phase in EDITION.handbook.all(Phase)]


def shown(address: str, *what: str) -> Any:
    """Return the page at an address, of a phase or of one of its steps."""
    writer = PageWriter(EDITION, address)
    return html.fromstring(
        str(writer.step(*what) if len(what) > 1 else writer.item(["phase"], *what))
    )


def steps(phase: str) -> Iterator[tuple[str, Any]]:
    for page in step_pages(EDITION):
        if page.phase.id == phase:
            yield page.step.id, shown(page.address, phase, page.step.id)


def anchors(blocks: tuple[b.Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, b.Section):
            yield block.id
            yield from anchors(block.blocks)


def text(tree: Any) -> str:
    return " ".join(tree.text_content().split())


@pytest.mark.parametrize("phase", PHASES)
def test_every_anchor_of_the_whole_phase_leads_on_from_its_overview(phase: str) -> None:
    whole = compose(EDITION, EDITION.handbook.find(Phase, phase))
    page = shown(f"faser/{phase}/", phase)
    assert set(anchors(whole.blocks)) <= {node.get("id") for node in page.xpath("//*[@id]")}
    for step in EDITION.handbook.find(Phase, phase).steps:
        (row,) = page.xpath(f"//li[@id='steg-{step.id}']")
        assert row.xpath(".//a/@href") == [f"{step.id}/"]
        assert step.done in text(row)


@pytest.mark.parametrize("phase", PHASES)
def test_all_of_a_phase_stands_on_its_pages_and_each_mistake_and_point_once(phase: str) -> None:
    item, words = EDITION.handbook.find(Phase, phase), EDITION.words()
    overview, pages = shown(f"faser/{phase}/", phase), dict(steps(phase))
    remedies, ticks = Counter[str](), Counter[str]()
    for page in (overview, *pages.values()):
        remedies.update(one.remedy for one in item.pitfalls if str(one.remedy) in text(page))
        ticks.update(page.xpath("//@data-tick"))
    assert remedies == Counter(one.remedy for one in item.pitfalls)
    points = [
        point
        for group in EDITION.handbook.find(Checklist, item.checklist).groups
        for point in group.points
    ]
    assert ticks == Counter(point.id for point in points if point.step)
    for step in item.steps:
        links = pages[step.id].xpath("//ul[@class='cards']//a/@href")
        assert [link.rstrip("/").rpartition("/")[2] for link in links] == [
            ref.target[1] for ref in step.uses
        ]
        facts = text(pages[step.id].xpath("//header")[0])
        assert step.done in facts
        assert all(words("hours", n=one.hours) in facts for one in step.effort)


def test_a_step_is_a_page_on_the_web_and_a_section_in_the_phase_own_file() -> None:
    target = "phase/forstudie#steg-tillit"
    assert place(target) == "faser/forstudie/tillit/"
    assert absolute_link(target, "https://x.no/") == "https://x.no/faser/forstudie/tillit/"
    assert absolute_link(target, "https://x.no/", own="phase/forstudie") == "#steg-tillit"
    assert place("gate/oppstart#oppstart-veien") == "faser/#oppstart-veien"
    assert "faser/forstudie/tillit.md" in generated_pages(EDITION)


def test_one_goes_from_step_to_step_and_on_to_the_next_phase() -> None:
    stops = steps_way(EDITION)
    first, last = EDITION.handbook.find(Phase, "forstudie").steps[0], PHASES.index("forprosjekt")
    before, after = beside(stops, "faser/forstudie/")
    assert before is None
    assert after is not None
    assert after.title == first.title
    _, following = beside(stops, "faser/forstudie/beslutning/")
    assert following is not None
    assert following.address == f"faser/{PHASES[last]}/"
    assert not {stop.address for stop in way(EDITION)[1:]} & {
        page.address for page in step_pages(EDITION)
    }


def test_a_step_that_is_not_there_is_told() -> None:
    with pytest.raises(PageError, match="har ikke steget «strat»"):
        PageWriter(EDITION, "").step("forstudie", "strat")
