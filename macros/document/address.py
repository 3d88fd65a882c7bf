"""Where each item is, below the root of its language."""

from __future__ import annotations

from macros.content.model import KINDS
from macros.document.formats import DOWNLOADS

WITHOUT_PAGE = frozenset({"value"})  # kinds that stand in texts alone


def address(kind: str, item_id: str) -> str:
    """Return the address of an item, prose page or file below the language's root.

    The id of a `site` file is its address.
    """
    if kind == "site":
        return item_id
    if kind == "file":
        return DOWNLOADS + item_id
    if kind in WITHOUT_PAGE:
        return ""
    if kind == "page":
        return "" if item_id == "index" else f"{item_id}/"
    if kind == "gate":
        return f"faser/#beslutningspunkt-{item_id}"
    if kind == "decision":
        return "beslutninger/"
    if kind == "law":
        return f"lov-og-regler/#{item_id}"
    if kind == "presentation":  # it stands on the prose page of its id
        return f"{item_id}/"
    if kind == "term":
        return f"ordliste/#{item_id}"
    return f"{KINDS[kind].address}/{item_id}/"
