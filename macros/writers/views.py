"""The pages where the site works with its reader, as HTML: what is there before a script runs.

Each has its template in `layouts/page/view/`, named after the feature. What a view is about
stands in data files; so a new template or guide needs no script.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from markupsafe import Markup

from macros.document.edition import Edition
from macros.layouts import Layout


def view_page(
    edition: Edition, name: str, link: Callable[[str], str], keep: Callable[[Markup], str]
) -> str:
    """Return the Markdown of a feature's page; `link` and `keep` are as for the finder."""
    words = edition.words()
    title = json.dumps(words(f"view.{name}.title"))
    summary = json.dumps(words(f"view.{name}.summary"))
    front = f"title: {title}\ndescription: {summary}\nhide: [navigation, toc]"
    shown = Layout("page", words, link).render(f"page/view/{name}.html", edition=edition)
    return f"---\n{front}\n---\n\n{keep(shown)}\n"
