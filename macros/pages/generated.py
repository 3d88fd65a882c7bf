"""The pages that come from data: a plain mapping from path to Markdown, for any engine."""

from __future__ import annotations

import html
import json

from macros.content.base import Item
from macros.content.model import GUIDE_KINDS
from macros.document.address import address
from macros.document.compose import LISTINGS
from macros.document.edition import Edition, Writing
from macros.document.features import feature_pages
from macros.document.finder import ADDRESS
from macros.document.prose import described
from macros.document.steps import step_label, step_pages
from macros.layouts.components import Components
from macros.writers.finder import finder_page
from macros.writers.page import PageWriter, inert
from macros.writers.views import view_page


def generated_pages(edition: Edition) -> dict[str, str]:
    """Return the Markdown of every page that comes from data, by its path in `docs/`."""
    pages = {}
    for item in edition.handbook.pages():
        path = address(item.kind, item.id).rstrip("/") + ".md"
        w = Writing(edition, item)
        pages[path] = _markdown(w.text(item.title), w.text(item.summary), _call(edition, item))
    for step in step_pages(edition):
        w = Writing(edition, step.phase)
        about = f"{step_label(edition, step)}. {w.words('step.done')} {w.text(step.step.done)}"
        call = f'step("{step.phase.id}", "{step.step.id}")'
        pages[step.address.rstrip("/") + ".md"] = _markdown(w.text(step.step.title), about, call)
    words = edition.words()
    for name, (where, _) in LISTINGS.items():
        title, summary = words(f"list.{name}.title"), words(f"list.{name}.summary")
        pages[f"{where}index.md"] = _markdown(title, summary, f'listing("{name}")')
    return pages


def _call(edition: Edition, item: Item) -> str:
    """Return the macro call that shows an item; a guide names its kind where ids meet."""
    if item.kind not in GUIDE_KINDS:
        return f'{item.kind}("{item.id}")'
    shared = sum(item.id in edition.handbook.items[kind] for kind in GUIDE_KINDS) > 1
    return f'guide("{item.id}", "{item.kind}")' if shared else f'guide("{item.id}")'


def _markdown(title: str, summary: str, call: str) -> str:
    return _page(title, html.escape(summary), f"{{{{ {call} }}}}")


def _page(title: str, description: str, body: str) -> str:
    # JSON strings are YAML strings; MkDocs prints titles and descriptions as they are.
    front = f"title: {json.dumps(inert(title))}\ndescription: {json.dumps(description)}"
    return f"---\n{front}\n---\n\n{body}\n"


def region_pages(edition: Edition, components: Components) -> dict[str, str]:
    """Return the Markdown of the region's own pages, by path in `docs/`.

    Their text goes past the Markdown parser and Jinja: only a stand-in is page source.
    """
    pages = {}
    for page in edition.handbook.prose.values():
        component = PageWriter(edition, address("page", page.id)).prose(page)
        title, description = described(edition, page)
        pages[f"{page.id}.md"] = _page(title, inert(description), components.keep(component))
    return pages


def finder(edition: Edition, components: Components) -> dict[str, str]:
    """Return the Markdown of the page that filters what can be found, by its path in `docs/`."""
    link = PageWriter(edition, ADDRESS).link
    return {f"{ADDRESS}index.md": finder_page(edition, link, components.keep)}


def views(edition: Edition, components: Components) -> dict[str, str]:
    """Return the Markdown of the pages where the site works with its reader, by path in `docs/`."""
    return {
        f"{where}index.md": view_page(
            edition, name, PageWriter(edition, where).link, components.keep
        )
        for name, where in feature_pages(edition).items()
    }
