"""The finder: a page that lists what can be found, and a form that its script filters by."""

from __future__ import annotations

import json
from collections.abc import Callable

from markupsafe import Markup

from macros.content.model import Phase, Role
from macros.document.edition import Edition, Writing
from macros.document.finder import FOUND_KINDS, entries, slug
from macros.layouts import Layout

# The lengths that a reader may choose, in minutes; each has its name under `finder.times`.
TIMES = (30, 60, 120, 240, 480)


def finder_page(edition: Edition, link: Callable[[str], str], keep: Callable[[Markup], str]) -> str:
    """Return the Markdown of the finder's page, which takes the width of both side columns.

    `link` gives the address of `kind/id` from the page, `keep` a stand-in for finished HTML.
    """
    words = edition.words()
    title, summary = json.dumps(words("finder.title")), json.dumps(words("finder.summary"))
    menu = json.dumps({edition.language: words("finder.menu")})
    front = f"title: {title}\ndescription: {summary}\nhide: [navigation, toc]\nmenu: {menu}"
    return f"---\n{front}\n---\n\n{keep(finder(edition, link))}\n"


def finder(edition: Edition, link: Callable[[str], str]) -> Markup:
    """Return the finder as HTML: every entry, and the form that JavaScript shows."""
    words = edition.words()
    found = entries(edition)
    groups = [
        (slug(kind), words(f"kinds.{kind}"), inner)
        for kind in FOUND_KINDS
        if (inner := [entry for entry in found if entry.kind == kind])
    ]
    phases, roles = (
        {item.id: Writing(edition, item).text(item.title) for item in edition.handbook.all(model)}
        for model in (Phase, Role)
    )
    return Layout("page", words, link).render(
        "page/finder.html",
        groups=groups,
        phases=phases,
        roles=roles,
        used={role for entry in found for role in entry.roles},
        times=TIMES,
        total=len(found),
    )
