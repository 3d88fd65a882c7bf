"""The pages where the site works with its reader: one a feature that the region has."""

from __future__ import annotations

from collections.abc import Iterable

from macros.content.features import Features
from macros.content.survey import Survey
from macros.document.edition import Edition

FEATURES = tuple(Features.model_fields)  # their names in `region.yml`
# Addresses below the language's root, by the feature's name in `region.yml`.
ADDRESSES: dict[str, str] = {
    "fill": "fyll-ut/",
    "run": "kjor/",
    "answers": "svar/",
    "project": "mitt-prosjekt/",
}

# The kinds that can be run.
RUN = ("workshop", "meeting")


def feature_pages(edition: Edition) -> dict[str, str]:
    """Return the address of each feature that has a page in the edition, by its name."""
    return {name: where for name, where in ADDRESSES.items() if has(edition, name)}


def has(edition: Edition, name: str) -> bool:
    """Return whether the region has a feature."""
    return bool(getattr(edition.region.features, name))


# The kinds whose documents are filled in; every one of them asks for something.
ASKING = frozenset({"template", "checklist", "interview", "meeting", "workshop"})


def fill_address(edition: Edition, kind: str, item_id: str) -> str:
    """Return where an item is filled in on the site, or nothing where it is not."""
    asked = kind in ASKING and has(edition, "fill")
    return f"{ADDRESSES['fill']}#{kind}/{item_id}" if asked else ""


def answers_way(edition: Edition, kind: str, item_id: str, uses: Iterable[str] = ()) -> str:
    """Return where the answers to surveys are shown, for a page that is about them.

    That is a survey's own page, a template that its answers are used in, and a step that `uses`
    either (`kind/id`). Nothing elsewhere, nor where the region leaves it out.
    """
    if not has(edition, "answers"):
        return ""
    surveys = edition.handbook.all(Survey)
    used = {f"template/{ref}" for item in surveys for ref in item.analysis.used_in}
    own = f"{kind}/{item_id}"
    if kind == Survey.kind:
        return f"{ADDRESSES['answers']}#{item_id}"
    about = used | {f"{item.kind}/{item.id}" for item in surveys}
    return ADDRESSES["answers"] if own in used or about & set(uses) else ""
