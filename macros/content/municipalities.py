"""Norway's municipalities, as `reference/municipalities.csv` lists them.

A municipality is known by its number, four digits that are text: Oslo is `0301`. Where the
table comes from, and what each column holds, stands in `reference/municipalities.md`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, cast, get_args

from macros.content.errors import ContentError, Problem

TABLE = "reference/municipalities.csv"
SOURCE = "reference/municipalities.md"
LanguageForm = Literal["nb", "nn", "neutral"]
# The column of each language that a municipality has an official name in, by its BCP 47 tag.
NAME_COLUMNS = {
    "no": "name",
    "se": "name_se",
    "smj": "name_smj",
    "sma": "name_sma",
    "fkv": "name_fkv",
}

_COLUMNS = (
    *("number", "name", "display_name", "county_number", "county"),
    *("name_se", "name_smj", "name_sma", "name_fkv", "language_form", "former_numbers"),
)
_NUMBER = re.compile(r"\d{4}", re.ASCII)
_MOST = 3  # suggestions; more would be a list to search through
_LONGEST = 60  # characters of a wrong number that are worth comparing with a name
_NO_IDEA = f"Numrene står i {TABLE}."


@dataclass(frozen=True)
class Municipality:
    """One municipality.

    `name` is what it calls itself, parallel names and their order included. `names` has the
    official name by language tag: always `no`, and `se`, `smj`, `sma`, `fkv` where there is
    one. `language_form` is what it has resolved to use (the Language Act, section 11), None
    where we do not know for certain. `former_numbers` are those it, and what it was merged
    from, had in 2019 and 2020–2023.
    """

    number: str
    name: str
    names: Mapping[str, str] = field(hash=False)
    county_number: str
    county: str
    language_form: LanguageForm | None
    former_numbers: tuple[str, ...]


def load_municipalities(root: Path) -> Mapping[str, Municipality]:
    """Return the municipalities by number, in order of number.

    Raises ContentError with every row that is wrong, or when the table is missing.
    """
    try:
        text = (root / TABLE).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ContentError([Problem(TABLE, 0, 0, "", "kan ikke leses som UTF-8")]) from None
    rows = csv.DictReader(text.splitlines())
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        hint = f"Første linje skal være {','.join(_COLUMNS)}"
        raise ContentError([Problem(TABLE, 1, 1, "", "har andre kolonner enn ventet", hint)])
    table: dict[str, Municipality] = {}
    problems: list[Problem] = []
    for row in rows:
        faults = [f"linjen skal ha {len(_COLUMNS)} felt"] if _uneven(row) else _faults(row, table)
        problems.extend(Problem(TABLE, rows.line_num, 1, "", fault) for fault in faults)
        if not faults:
            table[row["number"]] = _municipality(row)
    if problems:
        raise ContentError(problems)
    return table


def find_municipality(written: str, table: Mapping[str, Municipality]) -> list[str]:
    """Return the numbers of the municipalities that a number or a name is: none, one or more.

    Any official name will do, in any of its languages; case makes no difference.
    """
    wanted = written.strip().casefold()
    if wanted in table:
        return [wanted]
    return [each.number for each in table.values() if wanted in _names(each)]


def not_one(written: str, numbers: list[str], table: Mapping[str, Municipality]) -> tuple[str, str]:
    """Return what is wrong with a number or name that is not one municipality, and what to do."""
    shown = written[:_LONGEST]
    if numbers:
        named = " eller ".join(f"«{each}» ({table[each].county})" for each in numbers)
        message = f"{len(numbers)} kommuner heter «{shown}»"
        return message, f"Skriv nummeret: {named}."
    what = "kommunenummeret" if written.strip().isdecimal() else "kommunen"
    return f"{what} «{shown}» finnes ikke", suggest_number(written, table)


def _names(each: Municipality) -> set[str]:
    whole = {each.name, *each.names.values()}
    return {name.casefold() for one in whole for name in (one, *one.split(" – "))}


def suggest_number(number: str, table: Mapping[str, Municipality]) -> str:
    """Return what to say of a number that is not in the table: «Mente du 4640 Sogndal?».

    A number from before 2020 or 2024 gives the municipality of today; otherwise a name written
    instead, a leading zero that got lost, and slips of the finger are recognised. When nothing
    is near, the answer tells where the numbers stand.
    """
    wanted = number.strip()[:_LONGEST]
    near = list(dict.fromkeys(_near(wanted, table)))[:_MOST]
    if not near:
        return _NO_IDEA
    shown = [f"{each} {table[each].name}" for each in near]
    return f"Mente du {' eller '.join(filter(None, [', '.join(shown[:-1]), shown[-1]]))}?"


def _near(wanted: str, table: Mapping[str, Municipality]) -> list[str]:
    """Return numbers that were perhaps meant, the likeliest first."""
    if not wanted.isdecimal():
        return _named(wanted, table)
    successors = [each.number for each in table.values() if wanted in each.former_numbers]
    return successors or [each for each in _slips(wanted) if each in table]


def _slips(wanted: str) -> Iterator[str]:
    """Return what a wrong number could have been: zero lost, digits swapped, one digit wrong.

    The last digits come first: those before them tell the county, and are better known.
    """
    yield wanted.zfill(4)
    for at in range(len(wanted) - 2, -1, -1):
        yield wanted[:at] + wanted[at + 1] + wanted[at] + wanted[at + 2 :]
    for at in range(len(wanted) - 1, -1, -1):
        for digit in "0123456789":
            yield wanted[:at] + digit + wanted[at + 1 :]


def _named(wanted: str, table: Mapping[str, Municipality]) -> list[str]:
    """Return the numbers of the municipalities that have a name, or the name nearest to it."""
    numbers: dict[str, list[str]] = {}
    for each in table.values():
        for name in {each.name, *each.names.values()}:
            numbers.setdefault(name.casefold(), []).append(each.number)
    names = get_close_matches(wanted.casefold(), numbers, n=1, cutoff=0.75)
    return numbers[names[0]] if names else []


def _uneven(row: Mapping[str | None, object]) -> bool:
    return None in row or None in row.values()


def _faults(row: Mapping[str, str], table: Mapping[str, Municipality]) -> list[str]:
    """Return what is wrong in a row, in Norwegian."""
    number, form = row["number"], row["language_form"]
    faults = []
    if not _NUMBER.fullmatch(number):
        faults.append(f"number skal være fire sifre, fikk «{number}»")
    if number in table:
        faults.append(f"nummeret «{number}» er brukt to ganger")
    if row["county_number"] != number[:2]:
        faults.append(f"county_number skal være «{number[:2]}», som number begynner med")
    if form not in ("", *get_args(LanguageForm)):
        faults.append(f"language_form skal være nb, nn, neutral eller tom, fikk «{form}»")
    faults.extend(
        f"{column} mangler" for column in ("name", "display_name", "county") if not row[column]
    )
    return faults


def _municipality(row: Mapping[str, str]) -> Municipality:
    return Municipality(
        number=row["number"],
        name=row["display_name"],
        names={tag: row[column] for tag, column in NAME_COLUMNS.items() if row[column]},
        county_number=row["county_number"],
        county=row["county"],
        language_form=cast(LanguageForm, row["language_form"]) if row["language_form"] else None,
        former_numbers=tuple(row["former_numbers"].split()),
    )
