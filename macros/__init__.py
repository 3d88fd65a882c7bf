"""The handbook's Python. `define_env` is what mkdocs-macros calls (`modules: [macros]`).

Each macro hands over to `PageWriter`; none holds any logic. docs/for-forfattere.md shows
them all, with examples.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup


def define_env(env: Any) -> None:
    """Register the macros and the names `region` and `adviser` for prose pages."""
    # Imported here, so that `nvr check` and the pool's workers do not pay for it.
    from macros.content.model import GUIDE_KINDS
    from macros.writers.page import PageWriter, inert

    edition = env.conf.plugins["naeringsvennlig"].edition

    def page() -> PageWriter:
        return PageWriter(edition, env.page.url)

    names: dict[str, dict[str, str]] = {"region": {}, "adviser": {}}
    for name, value in edition.names[edition.language].items():
        group, _, key = name.partition(".")
        names[group][key] = inert(value)
    env.variables.update(names)

    def guide(item_id: str, kind: str | None = None) -> Markup:
        """Show a guide: an interview, a meeting or a workshop."""
        return page().item([kind] if kind else GUIDE_KINDS, item_id)

    def guides(kind: str | None = None, phase: str | None = None) -> Markup:
        """Show cards for the guides, of one kind or for one phase."""
        return page().cards([kind] if kind else GUIDE_KINDS, phase)

    def phase(item_id: str) -> Markup:
        """Show a phase."""
        return page().item(["phase"], item_id)

    def phases(here: str | None = None) -> Markup:
        """Show the picture of the process, with one phase marked."""
        return page().process(here)

    def gates(item_id: str | None = None) -> Markup:
        """Show one gate, or all four."""
        return page().gates(item_id)

    def template(item_id: str) -> Markup:
        """Show a template."""
        return page().item(["template"], item_id)

    def templates(phase: str | None = None) -> Markup:
        """Show cards for the templates, of one phase when it is named."""
        return page().cards(["template"], phase)

    def survey(item_id: str) -> Markup:
        """Show a survey."""
        return page().item(["survey"], item_id)

    def surveys(phase: str | None = None) -> Markup:
        """Show cards for the surveys, of one phase when it is named."""
        return page().cards(["survey"], phase)

    def role(item_id: str) -> Markup:
        """Show a role."""
        return page().item(["role"], item_id)

    def roles() -> Markup:
        """Show cards for the roles."""
        return page().cards(["role"])

    def checklist(item_id: str) -> Markup:
        """Show a checklist."""
        return page().item(["checklist"], item_id)

    def checklists(phase: str | None = None) -> Markup:
        """Show cards for the checklists, of one phase when it is named."""
        return page().cards(["checklist"], phase)

    def card(kind: str, item_id: str) -> Markup:
        """Show the card of one item."""
        return page().card(kind, item_id)

    def term(item_id: str, text: str | None = None) -> Markup:
        """Link a word to the glossary."""
        return page().term(item_id, text)

    def downloads(kind: str, item_id: str) -> Markup:
        """Show the downloads of one item."""
        return page().download_links([kind], item_id)

    def contact() -> Markup:
        """Show whom to ask."""
        return page().contact()

    def listing(name: str) -> Markup:
        """Show a page that lists items, such as `guides`."""
        return page().listing(name)

    for macro in (
        guide,
        guides,
        phase,
        phases,
        gates,
        template,
        templates,
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
        listing,
    ):
        env.macro(macro)
