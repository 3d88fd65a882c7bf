"""What may be written in a cell: the rules that a spreadsheet holds its writer to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from macros.content.catalogue import Catalogue
from macros.writers.sheet.look import Look

_FIRST, _LAST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)
_LONGEST_LIST = 20  # numbers to pick from; more are typed
_TITLE = 32  # letters that Excel takes for the title of a message


def limit(
    look: Look,
    words: Catalogue,
    kind: str,
    options: tuple[tuple[str, str], ...] = (),
    bounds: tuple[int | None, int | None] = (None, None),
) -> dict[str, Any] | None:
    """Return the rule for what is written in cells of a kind; None where anything will do."""
    low, high = bounds
    if kind == "choice" and options:
        return _rule(words, words("sheet.pick"), validate="list", source=look.choices[options][1])
    if kind == "date":
        rule = {"validate": "date", "criteria": "between", "minimum": _FIRST, "maximum": _LAST}
        return _rule(words, words("sheet.date"), **rule)
    if kind not in ("amount", "number"):
        return None
    if low is not None and high is not None:
        said = words("sheet.between", min=low, max=high)
        if high - low < _LONGEST_LIST:
            numbers = [str(number) for number in range(low, high + 1)]
            return _rule(words, said, validate="list", source=numbers)
        rule = {"validate": "integer", "criteria": "between", "minimum": low, "maximum": high}
        return _rule(words, said, **rule)
    bound = low if low is not None else high
    if bound is not None:
        criteria = ">=" if low is not None else "<="
        return _rule(
            words, words("sheet.number"), validate="decimal", criteria=criteria, value=bound
        )
    wide = {"criteria": "between", "minimum": -(10**12), "maximum": 10**12}
    return _rule(words, words("sheet.number"), validate="decimal", **wide)


def _rule(words: Catalogue, message: str, **rule: Any) -> dict[str, Any]:
    """Return a rule with what is said when it is broken."""
    return {**rule, "error_title": words("sheet.wrong")[:_TITLE], "error_message": message}
