"""What a page may call: each macro hands over to `PageWriter`; none holds any logic.

docs/for-forfattere.md shows them all, with examples.
"""

from __future__ import annotations

from collections.abc import Callable

from macros.content.model import GUIDE_KINDS
from macros.document.edition import Edition
from macros.layouts.components import Components
from macros.writers import front
from macros.writers.page import PageWriter, inert, relative
from macros.writers.search_box import search_box


def page_names(edition: Edition) -> dict[str, str]:
    """Return what a page may say of the region and its adviser, such as `region.name`."""
    return {name: inert(value) for name, value in edition.names[edition.language].items()}


def page_macros(
    edition: Edition, components: Components, url: Callable[[], str]
) -> dict[str, Callable[..., str]]:
    """Return the macros by name.

    What they give is kept among the `components`; `url` is the address of the page that is written.
    """
    keep = components.keep

    def page() -> PageWriter:
        return PageWriter(edition, url())

    def guide(item_id: str, kind: str | None = None) -> str:
        """Show a guide: an interview, a meeting or a workshop."""
        return keep(page().item([kind] if kind else GUIDE_KINDS, item_id))

    def guides(kind: str | None = None, phase: str | None = None) -> str:
        """Show cards for the guides, of one kind or for one phase."""
        return keep(page().cards([kind] if kind else GUIDE_KINDS, phase))

    def phase(item_id: str) -> str:
        """Show a phase."""
        return keep(page().item(["phase"], item_id))

    def phases(here: str | None = None) -> str:
        """Show the picture of the process, with one phase marked."""
        return keep(page().process(here))

    def gates(item_id: str | None = None) -> str:
        """Show one gate, or all four."""
        return keep(page().gates(item_id))

    def way(gate: str) -> str:
        """Show the way to a gate, and who decides on what there."""
        return keep(page().way(gate))

    def weeks(gate: str) -> str:
        """Write how many weeks the way to a gate takes."""
        return page().weeks(gate)

    def template(item_id: str) -> str:
        """Show a template."""
        return keep(page().item(["template"], item_id))

    def templates(phase: str | None = None) -> str:
        """Show cards for the templates, of one phase when it is named."""
        return keep(page().cards(["template"], phase))

    def example(item_id: str) -> str:
        """Show a template that a fictional region has filled in."""
        return keep(page().item(["example"], item_id))

    def examples() -> str:
        """Show cards for the filled-in examples."""
        return keep(page().cards(["example"]))

    def survey(item_id: str) -> str:
        """Show a survey."""
        return keep(page().item(["survey"], item_id))

    def surveys(phase: str | None = None) -> str:
        """Show cards for the surveys, of one phase when it is named."""
        return keep(page().cards(["survey"], phase))

    def role(item_id: str) -> str:
        """Show a role."""
        return keep(page().item(["role"], item_id))

    def roles() -> str:
        """Show cards for the roles."""
        return keep(page().cards(["role"]))

    def checklist(item_id: str) -> str:
        """Show a checklist."""
        return keep(page().item(["checklist"], item_id))

    def checklists(phase: str | None = None) -> str:
        """Show cards for the checklists, of one phase when it is named."""
        return keep(page().cards(["checklist"], phase))

    def card(kind: str, item_id: str) -> str:
        """Show the card of one item."""
        return keep(page().card(kind, item_id))

    def term(item_id: str, text: str | None = None) -> str:
        """Link a word to the glossary."""
        return components.keep_inline(page().term(item_id, text))

    def downloads(kind: str, item_id: str) -> str:
        """Show the downloads of one item."""
        return keep(page().download_links([kind], item_id))

    def contact() -> str:
        """Show whom to ask."""
        return keep(page().contact())

    def ask() -> str:
        """Show the adviser, one tap away."""
        return keep(front.ask(edition, page().link))

    def follow() -> str:
        """Link to the calendar, where the region has dates."""
        return components.keep_inline(front.follow(edition))

    def duration(phase: str | None = None) -> str:
        """Write how long a phase lasts, or all of them."""
        if phase is not None:
            page().find(["phase"], phase)
        return front.duration(edition, phase)

    def statement() -> str:
        """Show where the region's accessibility statement is."""
        return keep(page().statement())

    def region_facts() -> str:
        """Show who owns the edition, its municipalities and how it files papers."""
        return keep(page().region_facts())

    def legal() -> str:
        """Show links to the region's own pages for the public."""
        return keep(page().legal())

    def cost() -> str:
        """Show what it costs in the region."""
        return keep(page().cost())

    def listing(name: str) -> str:
        """Show a page that lists items, such as `guides`."""
        return keep(page().listing(name))

    def search(whole: bool = False) -> str:
        """Show a search field; with `whole`, all that it finds stands below it."""
        root = relative("", url())
        return keep(search_box(edition.words(), root, "sok-her", full=whole))

    macros: tuple[Callable[..., str], ...] = (
        guide,
        guides,
        phase,
        phases,
        gates,
        way,
        weeks,
        template,
        templates,
        example,
        examples,
        survey,
        surveys,
        role,
        roles,
        checklist,
        checklists,
        card,
        term,
        downloads,
        contact,
        search,
        ask,
        duration,
        follow,
        statement,
        region_facts,
        legal,
        cost,
        listing,
    )
    return {macro.__name__: macro for macro in macros}
