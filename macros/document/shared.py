"""What writers share: what all files of an edition have in common, and their links to the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.content.catalogue import Catalogue
from macros.document.address import place

if TYPE_CHECKING:
    from macros.content.brand.brand import Brand
    from macros.content.region import Region


@dataclass(frozen=True)
class Shared:
    """What all files of one edition share; `base_url` ends with the language's folder."""

    region: Region
    brand: Brand
    words: Catalogue
    base_url: str


def absolute_link(target: str, base_url: str, own: str = "") -> str:
    """Return a run's target as a full address, or as an anchor where it leads to `own`."""
    if ":" in target or target.startswith("#"):
        return target
    path, _, fragment = target.partition("#")
    return f"#{fragment}" if path == own and fragment else base_url + place(target)
