"""The form of search, as the pages and their head have it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from markupsafe import Markup

from macros.document.edition import Edition
from macros.document.finder import ADDRESS as FINDER
from macros.document.prose import hidden_paths
from macros.layouts import Layout

_SAID = (
    *("best", "count", "one", "none", "failed", "loading", "all", "section", "near"),
    *("mentions", "more", "rest"),
)


def search_box(
    edition: Edition, root: str, name: str, *, full: bool = False, lost: bool = False
) -> Markup:
    """Return the search form; `root` leads to the language's root, `name` is the field's id.

    With `full` the results stand in the page and the address keeps the query. With `lost` the
    words of the page's own address are searched for.
    """
    words = edition.words()
    said = json.dumps({key: words(f"search.{key}") for key in _SAID}, ensure_ascii=False)
    layout = Layout("page", words, lambda target: target)
    values = {"root": root, "name": name, "full": full, "lost": lost, "said": said}
    return layout.render("page/search_box.html", **values, ways=list(_ways(edition)))


def _ways(edition: Edition) -> Iterator[tuple[str, str]]:
    """Return (key of the words, address) of where to go when nothing is found."""
    if "kontakt.md" not in hidden_paths(edition.handbook):
        yield "search.to_adviser", "kontakt/"
    yield "search.to_glossary", "ordliste/"
    yield "search.to_finder", FINDER
