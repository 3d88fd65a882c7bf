"""The pages where the site works with its reader: one a feature that the region has."""

from __future__ import annotations

from macros.content.features import Features
from macros.document.edition import Edition

FEATURES = tuple(Features.model_fields)  # their names in `region.yml`
# Addresses below the language's root, by the feature's name in `region.yml`.
ADDRESSES: dict[str, str] = {
    "run": "kjor/",
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
