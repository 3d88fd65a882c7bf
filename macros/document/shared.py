"""What writers share: what all files of an edition have in common, and their links to the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.content.catalogue import Catalogue
from macros.document.address import address

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
    path, hash_sign, fragment = target.partition("#")
    if path == own and fragment:
        return f"#{fragment}"
    kind, _, item_id = path.partition("/")
    return base_url + address(kind, item_id) + hash_sign + fragment
