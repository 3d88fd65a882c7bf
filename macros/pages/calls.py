"""What a page may call: a table of macros; each hands over to `PageWriter`, none holds any logic.

docs/for-forfattere.md shows them all, with examples.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from macros.content.model import GUIDE_KINDS, KINDS, LISTS
from macros.document.edition import Edition
from macros.layouts.components import Components
from macros.pages.sandbox import Code
from macros.writers import front
from macros.writers.page import PageWriter, inert, relative
from macros.writers.search_box import search_box


def page_names(edition: Edition) -> dict[str, str]:
    """Return what a page may say of the region and its adviser, such as `region.name`."""
    return {name: inert(value) for name, value in edition.names[edition.language].items()}


def page_code(edition: Edition, components: Components, url: Callable[[], str]) -> Code:
    """Return what runs the code in the pages of an edition.

    What the macros give is kept among the `components`; `url` is the address of the page that is
    written.
    """

    def keep(macro: str, shown: Markup | str) -> str:
        if not isinstance(shown, Markup):
            return shown
        return (components.keep_inline if macro in IN_A_LINE else components.keep)(shown)

    def call(macro: str) -> Macro:
        return Macro(MACROS[macro], lambda: PageWriter(edition, url()), partial(keep, macro))

    return Code({name: call(name) for name in MACROS}, page_names(edition))


@dataclass(frozen=True)
class Macro:
    """One macro, of the page that is written."""

    show: Callable[..., Markup | str]
    page: Callable[[], PageWriter]
    keep: Callable[[Markup | str], str]

    @property
    def __signature__(self) -> inspect.Signature:
        """Return the parameters that an author gives: all but the page."""
        signature = inspect.signature(self.show, eval_str=True)
        return signature.replace(parameters=list(signature.parameters.values())[1:])

    def __call__(self, *given: str | bool | None) -> str:
        """Return what stands in the page's Markdown for the macro; raises PageError."""
        return self.keep(self.show(self.page(), *given))


def _guide(page: PageWriter, item_id: str, kind: str | None = None) -> Markup:
    """Show a guide: an interview, a meeting or a workshop."""
    return page.item([kind] if kind else GUIDE_KINDS, item_id)


def _guides(page: PageWriter, kind: str | None = None, phase: str | None = None) -> Markup:
    """Show cards for the guides, of one kind or for one phase."""
    return page.cards([kind] if kind else GUIDE_KINDS, phase)


def _one(kinds: Sequence[str]) -> Callable[..., Markup]:
    """Return the macro that shows an item of a kind."""

    def show(page: PageWriter, item_id: str) -> Markup:
        return page.item(kinds, item_id)

    return show


def _many(kinds: Sequence[str]) -> Callable[..., Markup]:
    """Return the macro that shows cards for the items of a kind, of one phase when it is named."""

    def show(page: PageWriter, phase: str | None = None) -> Markup:
        return page.cards(kinds, phase)

    return show


def _phases(page: PageWriter, here: str | None = None) -> Markup:
    """Show the picture of the process, with one phase marked."""
    return page.process(here)


def _gates(page: PageWriter, item_id: str | None = None) -> Markup:
    """Show one gate, or all four."""
    return page.gates(item_id)


def _way(page: PageWriter, gate: str) -> Markup:
    """Show the way to a gate, and who decides on what there."""
    return page.way(gate)


def _weeks(page: PageWriter, gate: str) -> str:
    """Write how many weeks the way to a gate takes."""
    return page.weeks(gate)


def _step(page: PageWriter, phase: str, step: str) -> Markup:
    """Show one step of a phase."""
    return page.step(phase, step)


def _card(page: PageWriter, kind: str, item_id: str) -> Markup:
    """Show the card of one item."""
    return page.card(kind, item_id)


def _term(page: PageWriter, item_id: str, text: str | None = None) -> Markup:
    """Link a word to the glossary."""
    return page.term(item_id, text)


def _downloads(page: PageWriter, kind: str, item_id: str) -> Markup:
    """Show the downloads of one item."""
    return page.download_links([kind], item_id)


def _ask(page: PageWriter) -> Markup:
    """Show the adviser, one tap away."""
    return front.ask(page.edition, page.link)


def _welcome(page: PageWriter) -> Markup:
    """Show the region's own text and photo, where it has them."""
    region = page.edition.region
    up = "" if page.edition.language == region.language else "../"
    return front.welcome(page.edition, relative("", page.page_url) + up)


def _follow(page: PageWriter) -> Markup:
    """Link to the calendar, where the region has dates."""
    return front.follow(page.edition)


def _duration(page: PageWriter, phase: str | None = None) -> str:
    """Write how long a phase lasts, or all of them."""
    if phase is not None:
        page.find(["phase"], phase)
    return front.duration(page.edition, phase)


def _listing(page: PageWriter, name: str) -> Markup:
    """Show a page that lists items, such as `guides`."""
    return page.listing(name)


def _search(page: PageWriter, whole: bool = False) -> Markup:
    """Show a search field; with `whole`, all that it finds stands below it."""
    return search_box(page.edition, relative("", page.page_url), "sok-her", full=whole)


# Each kind that has pages has two macros: one item, and cards for them all. Guides share theirs.
_ALONE = [kind.name for kind in KINDS.values() if kind.address and kind.name not in GUIDE_KINDS]
MACROS: dict[str, Callable[..., Markup | str]] = {
    **{name: _one([name]) for name in _ALONE},
    **{name: _many(kinds) for name, (_, kinds) in LISTS.items()},
    "guide": _guide,
    "guides": _guides,
    "phases": _phases,
    "gates": _gates,
    "step": _step,
    "way": _way,
    "weeks": _weeks,
    "card": _card,
    "term": _term,
    "downloads": _downloads,
    "presentation": PageWriter.presentation,
    "contact": PageWriter.contact,
    "local_contacts": PageWriter.local_contacts,
    "ask": _ask,
    "welcome": _welcome,
    "follow": _follow,
    "duration": _duration,
    "statement": PageWriter.statement,
    "region_facts": PageWriter.region_facts,
    "legal": PageWriter.legal,
    "cost": PageWriter.cost,
    "stored": PageWriter.stored,
    "listing": _listing,
    "search": _search,
}
# These stand within a line of text.
IN_A_LINE = frozenset({"term", "follow"})
