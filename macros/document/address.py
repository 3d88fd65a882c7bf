"""Where each item is, below the root of its language."""

from __future__ import annotations

from macros.content.model import KINDS
from macros.document.formats import DOWNLOADS

STEP = "steg-"  # what the anchor of a phase's step begins with
WITHOUT_PAGE = frozenset({"value"})  # kinds that stand in texts alone

ANSWERS = "data/svar/"  # what is known of surveys whose answers are read, below the language's root
TALKS = f"{ANSWERS}samtaler.json"  # which tables of a log hold talks and findings


def step_address(phase: str, step: str) -> str:
    """Return the address of the page of a phase's step."""
    return f"{address('phase', phase)}{step}/"


def place(target: str) -> str:
    """Return the address that `kind/id`, with an anchor or not, leads to.

    A step of a phase is a section in files, and a page of its own on the web.
    """
    path, hash_sign, fragment = target.partition("#")
    kind, _, item_id = path.partition("/")
    if kind == "phase" and fragment.startswith(STEP):
        return step_address(item_id, fragment.removeprefix(STEP))
    if kind == "gate" and hash_sign:  # a part of it, which stands on the page of all gates
        return f"{address(kind, item_id).partition('#')[0]}#{fragment}"
    return address(kind, item_id) + hash_sign + fragment


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


def form_address(kind: str, item_id: str) -> str:
    """Return the address of what a document asks for, as data, below the language's root."""
    return f"data/skjema/{kind}-{item_id}.json"


def answers_address(item_id: str) -> str:
    """Return where a survey's data are, below the language's root, for who reads its answers."""
    return f"{ANSWERS}{item_id}.json"


def sample_address(item_id: str, *, before: bool = False) -> str:
    """Return where made-up answers to a survey are, below the language's root.

    `before` are those of the first time, where it is compared with itself.
    """
    return f"{ANSWERS}{item_id}-{'for-' if before else ''}eksempel.csv"
