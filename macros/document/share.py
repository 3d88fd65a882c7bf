"""What a page is called where it is shared: its kind, its phases and its title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.content.base import Page
from macros.content.model import Phase
from macros.content.project import prose_pages
from macros.content.prose import national_title
from macros.document.address import address
from macros.document.compose import LISTINGS
from macros.document.edition import Edition, Writing
from macros.document.features import feature_pages
from macros.document.finder import ADDRESS
from macros.document.prose import described, hidden_paths
from macros.document.steps import step_label, step_pages

FOLDER = "assets/kort/"  # below the language's root; a page's card has the page's own address


@dataclass(frozen=True)
class ShareCard:
    """One page's card: the page's address without a slash last, and the texts on the card."""

    page: str
    label: str
    title: str


def share_cards(edition: Edition, root: Path) -> list[ShareCard]:
    """Return the card of every page but the front page, which has the edition's own."""
    handbook, words = edition.handbook, edition.words()
    found = {}
    for page_id in prose_pages(root):
        title = national_title(root / "docs", page_id, edition.language)
        found[page_id] = ShareCard(page_id, "", title)
    for page in handbook.prose.values():
        found[page.id] = ShareCard(page.id, "", described(edition, page)[0])
    for name, (where, _) in LISTINGS.items():
        place = where.rstrip("/")
        found[place] = ShareCard(place, "", words(f"list.{name}.title"))
    finder = ADDRESS.rstrip("/")
    found[finder] = ShareCard(finder, "", words("finder.title"))
    for name, where in feature_pages(edition).items():
        place = where.rstrip("/")
        found[place] = ShareCard(place, "", words(f"view.{name}.title"))
    found |= {card.page: card for card in (*_of_items(edition), *_of_steps(edition))}
    gone = {path.removesuffix(".md") for path in hidden_paths(handbook)} | {"index"}
    return [card for page, card in found.items() if page not in gone]


def _of_items(edition: Edition) -> Iterator[ShareCard]:
    for item in edition.handbook.pages():
        w = Writing(edition, item)
        label = [w.words(f"kind.{item.kind}"), ", ".join(_phases(edition, item))]
        place = address(item.kind, item.id).rstrip("/")
        yield ShareCard(place, " · ".join(filter(None, label)), w.text(item.title))


def _of_steps(edition: Edition) -> Iterator[ShareCard]:
    for page in step_pages(edition):
        title = Writing(edition, page.phase).text(page.step.title)
        yield ShareCard(page.address.rstrip("/"), step_label(edition, page), title)


def _phases(edition: Edition, item: Page) -> list[str]:
    """Return the titles of an item's phases; one that is used in all of them names none."""
    all_phases = edition.handbook.all(Phase)
    mine = [phase for phase in all_phases if phase.id in item.in_phases and phase is not item]
    return [phase.title for phase in mine] if len(mine) < len(all_phases) else []
