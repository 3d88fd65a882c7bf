"""The pages where the site works with its reader, as HTML: what is there before a script runs.

Each has its template in `layouts/page/view/`, named after the feature. What a view is about
stands in data files; so a new template or guide needs no script.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from macros.content.catalogue import Catalogue
from macros.content.guides import Meeting, Workshop
from macros.content.model import KINDS
from macros.content.survey import Survey
from macros.document import project
from macros.document.address import answers_address, form_address
from macros.document.compose import compose
from macros.document.edition import Edition, Writing, length
from macros.document.formats import files
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
    shown = Layout("page", words, link).render(
        f"page/view/{name}.html", edition=edition, said=_said(words, name), **values
    )
    return f"---\n{front}\n---\n\n{keep(shown)}\n"


def _said(words: Catalogue, name: str) -> str:
    """Return the words that a feature's script says, `<feature>.…` of the strings, as JSON."""
    start = f"{name}."
    found = {key.removeprefix(start): t for key, t in words.texts.items() if key.startswith(start)}
    return json.dumps(found, ensure_ascii=False)


def _fill(edition: Edition) -> dict[str, Any]:
    """Return what can be filled in, by kind."""
    found: dict[str, list[dict[str, str]]] = {kind: [] for kind in KINDS}
    for item in edition.handbook.pages():
        document = compose(edition, item)
        if document.asks:
            entry = {
                "kind": item.kind,
                "id": item.id,
                "title": document.title,
                "language": document.language,
                "data": form_address(item.kind, item.id),
                "file": dict(files(document)).get("docx", ""),
            }
            found[item.kind].append(entry)
    # What one most often comes for is first.
    kinds = ["template", *(kind for kind in found if kind != "template")]
    return {"kinds": [(kind, found[kind]) for kind in kinds if found[kind]]}


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


def _run(edition: Edition) -> dict[str, Any]:
    """Return what can be run, by kind, each with its length, size and card."""
    groups = [
        (Workshop.kind, [_runnable(edition, item) for item in edition.handbook.all(Workshop)]),
        (Meeting.kind, [_runnable(edition, item) for item in edition.handbook.all(Meeting)]),
    ]
    return {"groups": [(kind, found) for kind, found in groups if found]}


def _runnable(edition: Edition, item: Workshop | Meeting) -> dict[str, str]:
    words = edition.words()
    whole = compose(edition, item)
    people = ""
    if isinstance(item, Workshop):
        people = words("people.range", min=item.group.min, max=item.group.max)
    return {
        "kind": item.kind,
        "id": item.id,
        "language": item.language,
        "title": whole.title,
        "time": length(words, item.minutes),
        "people": people,
        "card": next((file for name, file in files(whole) if name == "card"), ""),
    }


def _answers(edition: Edition) -> dict[str, Any]:
    """Return the surveys whose answers can be read, each with its data."""
    return {
        "surveys": [
            {
                "id": item.id,
                "title": Writing(edition, item).text(item.title),
                "language": item.language,
                "data": answers_address(item.id),
            }
            for item in edition.handbook.all(Survey)
        ]
    }


# What a view shows of the handbook, by its feature.
_VALUES: dict[str, Callable[[Edition], dict[str, Any]]] = {
    "answers": _answers,
    "fill": _fill,
    "project": _project,
    "run": _run,
}
