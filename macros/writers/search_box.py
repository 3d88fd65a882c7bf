"""The form of search, as the pages and their head have it."""

from __future__ import annotations

import json

from markupsafe import Markup

from macros.content.catalogue import Catalogue
from macros.layouts import Layout

_SAID = ("best", "count", "one", "none", "failed", "all", "section")


def search_box(
    words: Catalogue, root: str, name: str, *, full: bool = False, lost: bool = False
) -> Markup:
    """Return the search form; `root` leads to the language's root, `name` is the field's id.

    With `full` the results stand in the page and the address keeps the query. With `lost` the
    words of the page's own address are searched for.
    """
    said = json.dumps({key: words(f"search.{key}") for key in _SAID}, ensure_ascii=False)
    layout = Layout("page", words, lambda target: target)
    values = {"root": root, "name": name, "full": full, "lost": lost, "said": said}
    return layout.render("page/search_box.html", **values)
