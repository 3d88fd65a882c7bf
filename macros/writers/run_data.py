"""How a workshop or a meeting is run, as data: one JSON file a guide, for the scripts that run it.

Minutes count from 0. Where a guide does not say how short a step may become, it is two thirds of
its minutes; where it says how the time grows with those who take part (`pace`), the script works
out what so many need. Addresses are below the language's root.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from math import ceil
from typing import Any

from macros.content.guides import Activity, AgendaItem, Meeting, Workshop
from macros.content.template import Template
from macros.document.address import address, form_address
from macros.document.compose import compose
from macros.document.edition import Edition, Writing
from macros.document.features import feature_pages
from macros.document.formats import DOWNLOADS, files
from macros.document.rich_data import rich

FOLDER = "data/kjoring/"  # below the language's root
VERSION = 1  # of the form of these files

# How much of a step is left at least, as a fraction, where its guide does not say.
_PARTS, _OF = 2, 3


def run_files(edition: Edition) -> dict[str, str]:
    """Return the JSON of each workshop and meeting, by its address below the language's root."""
    return {
        run_address(item.kind, item.id): json.dumps(
            run_data(edition, item), ensure_ascii=False, separators=(",", ":")
        )
        + "\n"
        for item in runnable(edition)
    }


def runnable(edition: Edition) -> tuple[Workshop | Meeting, ...]:
    """Return what can be run: workshops first, then meetings."""
    return (*edition.handbook.all(Workshop), *edition.handbook.all(Meeting))


def run_address(kind: str, item_id: str) -> str:
    """Return the address of a guide's file below the language's root."""
    return f"{FOLDER}{kind}-{item_id}.json"


def run_data(edition: Edition, item: Workshop | Meeting) -> dict[str, Any]:
    """Return how a guide is run."""
    w = Writing(edition, item)
    whole = compose(edition, item)
    people = [item.group.min, item.group.max] if isinstance(item, Workshop) else None
    return {
        "schema": VERSION,
        "kind": item.kind,
        "id": item.id,
        "version": item.version,
        "language": item.language,
        "label": whole.label,
        "title": whole.title,
        "address": whole.address,
        "files": {name: f"{DOWNLOADS}{file}" for name, file in files(whole)},
        "people": people,
        "result": w.texts(item.result),
        "plans": [_plan(w, item), *_short_plans(w, item)],
        "decisions": _drafts(w, item),
        "record": record(edition),
    }


def record(edition: Edition) -> dict[str, Any] | None:
    """Return which form the minutes are written in and what its fields get; None without one."""
    for template in edition.handbook.all(Template):
        if template.run_record:
            return {
                "template": f"{template.kind}/{template.id}",
                "title": Writing(edition, template).text(template.title),
                "form": form_address(template.kind, template.id),
                "edit": feature_pages(edition).get("fill", ""),
                "fields": template.run_record.model_dump(exclude_none=True),
            }
    return None


def _drafts(w: Writing, item: Workshop | Meeting) -> list[dict[str, Any]]:
    drafts = item.decisions if isinstance(item, Meeting) else ()
    return [{"title": w.text(one.title), "draft": rich(w.rich(one.draft))} for one in drafts]


def _plan(w: Writing, item: Workshop | Meeting) -> dict[str, Any]:
    if isinstance(item, Meeting):
        steps = [_agenda_item(w, entry) for entry in item.agenda]
    else:
        steps = [_activity(w, item, activity) for activity in item.run_sheet]
    return {"id": "hele", "title": "", "minutes": item.minutes, "steps": _timed(steps)}


def _short_plans(w: Writing, item: Workshop | Meeting) -> list[dict[str, Any]]:
    """Return the shorter ways to hold a workshop, by their minutes."""
    return [
        {
            "id": f"kort-{form.minutes}",
            "title": w.text(form.title),
            "minutes": form.minutes,
            "fits": w.text(form.fits),
            "lacks": w.text(form.lacks),
            "steps": _timed(
                {**_step(w, step.title, step.minutes), "how": rich(w.rich(step.how))}
                for step in form.steps
            ),
        }
        for form in (item.short if isinstance(item, Workshop) else ())
    ]


def _timed(steps: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps with the minute that each begins at."""
    found: list[dict[str, Any]] = []
    for step in steps:
        found.append({"start": sum(before["minutes"] for before in found), **step})
    return found


def _step(w: Writing, title: str, minutes: int, least: int | None = None) -> dict[str, Any]:
    return {
        "title": w.text(title),
        "minutes": minutes,
        "least": least or ceil(minutes * _PARTS / _OF),
    }


def _agenda_item(w: Writing, entry: AgendaItem) -> dict[str, Any]:
    return {
        **_step(w, entry.title, entry.minutes, entry.least),
        **_marks(entry),
        "who": w.text(entry.lead),
        "how": rich(w.rich(entry.how)),
        "result": w.text(entry.result),
    }


def _activity(w: Writing, item: Workshop, activity: Activity) -> dict[str, Any]:
    found = {
        **_step(w, activity.title, activity.minutes, activity.least),
        **_marks(activity),
        "task": w.texts(activity.task),
        "say": rich(w.rich(activity.say)),
        "how": rich(w.rich(activity.method)),
        "result": w.text(activity.output),
    }
    if activity.pace:
        found["pace"] = activity.pace.model_dump(exclude_none=True)
    for sheet in item.worksheets:
        if sheet.id == activity.handout:
            where = f"{address(item.kind, item.id)}#ark-{sheet.id}"
            found["sheet"] = {"title": w.text(sheet.title), "address": where}
    return found


def _marks(step: Activity | AgendaItem) -> dict[str, bool]:
    return {name: True for name in ("pause", "skip") if getattr(step, name)}
