"""Documents say what readers need: clock, region, steps, contact."""

from __future__ import annotations

import dataclasses
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from macros.content.base import Item
from macros.content.decisions import Decision
from macros.content.guides import Meeting, Workshop
from macros.content.model import Gate, Phase
from macros.content.people import Adviser, Contacts
from macros.content.project import load_project
from macros.content.rich import List, Paragraph
from macros.content.text import Rich, Text
from macros.document import blocks as b
from macros.document.address import address
from macros.document.compose import _COMPOSERS, compose
from macros.document.decisions import deciders
from macros.document.edition import Edition, Writing, length, load_edition
from macros.document.packages import packages
from macros.document.parts import prepare_fact
from macros.downloads.jobs import jobs
from macros.pages.generated import generated_pages
from macros.writers.page import PageError, PageWriter, inert, relative
from tests import real

ROOT = Path(__file__).parents[2]
MINIMAL = ROOT / "tests/content/minimal"
EDITION = real.edition()


def agenda(document: b.Document) -> b.Agenda:
    found = [
        block
        for section in document.blocks
        if isinstance(section, b.Section)
        for block in section.blocks
        if isinstance(block, b.Agenda)
    ]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    "item",
    [*EDITION.handbook.all(Meeting), *EDITION.handbook.all(Workshop)],
    ids=lambda item: item.id,
)
def test_each_row_starts_where_the_one_before_ended(item: Meeting | Workshop) -> None:
    plan = agenda(compose(EDITION, item))
    clock = 0
    for row in plan.rows:
        assert row.start == clock
        clock += row.minutes
    assert clock == plan.total == item.minutes


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 minutt"), (90, "90 minutter"), (120, "2 timer"), (195, "3 timer 15 minutter")],
)
def test_a_length_is_said_as_people_say_it(minutes: int, said: str) -> None:
    assert length(EDITION.words(), minutes) == said


def with_adviser() -> Edition:
    adviser = Adviser(
        name="Rådgiver *A* {{ 7*7 }}", title="rådgiver", email="a@example.no", phone="55 00 00 00"
    )
    region = EDITION.region.model_copy(
        update={"name": "[Fjord](x) & co", "contacts": Contacts(adviser=adviser)}
    )
    return dataclasses.replace(EDITION, region=region)


def test_a_regions_name_goes_into_texts_as_text() -> None:
    w = Writing(with_adviser(), EDITION.handbook.get("workshop", "swot"))
    assert w.text(Text.check("I {{ region.name }}: {{adviser.name}}")) == (
        "I [Fjord](x) & co: Rådgiver *A* {{ 7*7 }}"
    )
    (paragraph,) = w.rich(Rich.check("Hei **{{ region.name }}**"))
    assert isinstance(paragraph, b.Paragraph)
    assert paragraph.runs == (b.Run("Hei "), b.Run("[Fjord](x) & co", strong=True))


def test_without_a_region_the_texts_still_read() -> None:
    w = Writing(EDITION, EDITION.handbook.get("workshop", "swot"))
    assert w.text(Text.check("Spør {{ adviser.name }} i {{ region.name }}.")) == (
        "Spør din regionale rådgiver i regionen."
    )


def test_the_contact_is_shown_or_where_to_ask() -> None:
    assert "a@example.no" in PageWriter(with_adviser(), "").contact()
    assert "Fylkeskommunen vet hvem det er." in PageWriter(EDITION, "").contact()


def test_a_guide_says_which_step_uses_it() -> None:
    document = compose(EDITION, EDITION.handbook.get("workshop", "rolleavklaring"))
    sections = {block.id: block for block in document.blocks if isinstance(block, b.Section)}
    (steps,) = sections["brukes-i"].blocks
    assert isinstance(steps, b.List)
    targets = [
        run.target for item in steps.items for block in item for run in block.runs if run.target
    ]
    assert any(target.startswith("phase/forprosjekt#steg-") for target in targets)


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("kostnad/", "", "kostnad/"),
        ("", "kostnad/", "../"),
        ("ordliste/#plp", "faser/forstudie/", "../../ordliste/#plp"),
        ("last-ned/a.pdf", "maler/a/", "../../last-ned/a.pdf"),
    ],
)
def test_links_are_relative_to_the_page(target: str, page: str, link: str) -> None:
    assert relative(target, page) == link


def test_a_guide_shown_on_another_page_goes_one_heading_down_with_ids_of_its_own() -> None:
    own = PageWriter(EDITION, "guider/workshop/swot/").item(["workshop"], "swot")
    shown = PageWriter(EDITION, "prove/").item(["workshop"], "swot")
    assert '<h1 id="topp">' in own
    assert "<h1" not in shown
    assert '<h2 id="workshop-swot-topp">' in shown
    assert 'href="../roller/' in shown


def test_an_unknown_id_is_an_error_with_a_suggestion() -> None:
    page = PageWriter(EDITION, "")
    with pytest.raises(
        PageError, match=r"finnes ikke i interview, meeting, workshop\. Mente du «swot»"
    ):
        page.item(["interview", "meeting", "workshop"], "swott")
    with pytest.raises(PageError, match="Mente du «forstudie»"):
        page.cards(["template"], "forstudien")
    with pytest.raises(PageError, match="Mente du «guides»"):
        page.listing("guide")


def test_nothing_in_a_page_can_be_read_as_markup() -> None:
    assert inert("a{{b}} <i> *c* [d](e) `f`") == (
        "a&#123;&#123;b&#125;&#125; &#60;i&#62; &#42;c&#42; &#91;d&#93;&#40;e&#41; &#96;f&#96;"
    )
    for markdown in generated_pages(EDITION).values():
        front, _, body = markdown.removeprefix("---\n").partition("\n---\n")
        assert front.startswith('title: "')
        assert body.strip().startswith("{{ ")
        assert body.strip().count("{{") == 1


def test_an_example_shows_the_values_the_sums_and_that_it_is_one() -> None:
    edition = load_edition(load_project(ROOT / "tests/content/minimal"), "nb")
    html = PageWriter(edition, "eksempler/mandat/").item(["example"], "mandat")
    for shown in (
        "Dette er et eksempel",
        "Felles næringsutvikling",
        "<strong>ett</strong> svar",
        "30. juni 2026",
        "680\u00a0000 kr",
        "Leder er valgt",
        "440\u00a0000 kr",
    ):
        assert shown in html
    assert "Skriv målet i én setning." not in html
    template = PageWriter(edition, "maler/mandat/").item(["template"], "mandat")
    assert 'href="../../eksempler/mandat/"' in template


def test_preparation_begins_with_what_is_due_first() -> None:
    w = Writing(EDITION, EDITION.handbook.get("meeting", "oppstartsmote"))
    fact = prepare_fact(w, "papers", [2, 14, 7])
    assert "".join(run.text for run in fact.value) == "3 papirer, fra 14 dager før"


def test_a_decision_is_said_to_rest_on_nothing_that_is_decided_later() -> None:
    decisions = {str(one.title): one for one in EDITION.handbook.all(Decision)}
    orders = {gate.id: gate.order for gate in EDITION.handbook.all(Gate)}
    told = 0
    for gate in EDITION.handbook.all(Gate):
        for *_, (_, *grounds) in deciders(EDITION, gate).rows:
            for ground in grounds:
                assert isinstance(ground, Paragraph)
                said = "".join(run.text for run in ground.runs).removesuffix(".")
                for title in said.partition(": ")[2].split("; "):
                    first = min(orders[str(one)] for one in decisions[title].gates)
                    assert first <= gate.order, (gate.id, title)
                    told += 1
    assert told > 8


def test_a_guide_says_what_comes_before_it_and_what_builds_on_it() -> None:
    item = EDITION.handbook.get("workshop", "rolleavklaring")
    document = compose(EDITION, item)
    (order,) = (
        part for part in document.blocks if isinstance(part, b.Section) and part.id == "rekkefolge"
    )
    (lines,) = order.blocks
    assert isinstance(lines, List)
    links = {
        run.target
        for line in lines.items
        for paragraph in line
        if isinstance(paragraph, Paragraph)
        for run in paragraph.runs
        if run.target
    }
    assert links == {
        "workshop/nasituasjon",
        "workshop/tillit",
        "workshop/tjenestekatalog",
        "workshop/samarbeidsmodell",
    }


def test_each_document_is_composed_once_for_all_files_packages_and_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: Counter[tuple[str, str, str]] = Counter()

    def counted(write: Callable[[Edition, Any], b.Document]) -> Callable[..., b.Document]:
        def composed(edition: Edition, item: Item) -> b.Document:
            made[edition.language, item.kind, item.id] += 1
            return write(edition, item)

        return composed

    for kind, write in list(_COMPOSERS.items()):
        monkeypatch.setitem(_COMPOSERS, kind, counted(write))
    project = load_project(MINIMAL)
    jobs(project)
    for language in project.region.languages:
        edition = load_edition(project, language)
        list(packages(edition))
        for item in edition.handbook.pages():
            PageWriter(edition, address(item.kind, item.id)).item([item.kind], item.id)
    assert len(made) > 5
    assert set(made.values()) == {1}


def test_what_has_changed_is_composed_again(tmp_path: Path) -> None:
    """The next build of a server has the new text, and so has another form of the same item."""
    root = Path(shutil.copytree(MINIMAL, tmp_path / "handbok"))
    first = load_edition(load_project(root), "nb")
    phase = first.handbook.all(Phase)[0]
    before = compose(first, phase)
    assert compose(first, phase) is before
    other = phase.model_copy(update={"title": "En annen fase"})
    assert compose(first, other).title == "En annen fase"
    path = root / "phases" / f"{phase.id}.yml"
    path.write_text(path.read_text().replace(phase.title, "Helt ny fase"), encoding="utf-8")
    second = load_edition(load_project(root), "nb")
    assert compose(second, second.handbook.all(Phase)[0]).title == "Helt ny fase"
