"""The pages where the site works with its reader, as HTML: what is there before a script runs.

Each has its template in `layouts/page/view/`, named after the feature. What a view is about
stands in data files; so a new template or guide needs no script.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from macros.document import project
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
    values = _VALUES[name](edition) if name in _VALUES else {}
    layout = Layout("page", words, link)
    shown = layout.render(f"page/view/{name}.html", edition=edition, **values)
    return f"---\n{front}\n---\n\n{keep(shown)}\n"


def _project(edition: Edition) -> dict[str, Any]:
    titles = json.dumps(project.form_titles(edition), ensure_ascii=False)
    return {
        "kinds": project.kept(edition),
        "records": project.records(edition),
        "stops": project.stops(edition),
        "lists": list(project.tick_lists(edition)),
        "gates": project.last_gates(edition),
        # In an element that holds text: no title may end it.
        "titles": Markup(titles.replace("<", "\\u003c")),  # noqa: S704
    }


# What a view shows of the handbook, by its feature.
_VALUES: dict[str, Callable[[Edition], dict[str, Any]]] = {"project": _project}
