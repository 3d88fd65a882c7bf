"""What a field can hold that other documents ask for too, so that a reader writes it once.

The list is fixed: a fact is worth having where at least two documents really ask for the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, WithJsonSchema

from macros.content.errors import found_text, suggest
from macros.content.written import complaint

_TEXT = ("short", "long")


@dataclass(frozen=True)
class Fact:
    """What a fact is, the types of the fields that can hold it, and those of columns."""

    says: str
    fields: tuple[str, ...] = _TEXT
    columns: tuple[str, ...] = ()


FACTS: Mapping[str, Fact] = {
    "plan_name": Fact("Prosjektets navn"),
    "phase": Fact("Fasen", ("choice",)),
    "start": Fact("Dagen fasen begynner", ("date",)),
    "end": Fact("Dagen fasen slutter", ("date",)),
    "municipalities": Fact("Kommunene som er med", _TEXT, ("short",)),
    "municipality": Fact("Kommunen det gjelder"),
    "case_number": Fact("Saksnummeret"),
    "hourly_rate": Fact("Timesatsen for egeninnsats", ("amount",)),
    "distribution_key": Fact("Slik deles kostnadene"),
    "accounting_municipality": Fact("Kommunen som fører regnskapet"),
    "cooperation_model": Fact("Samarbeidsmodellen", ("choice",)),
    "spokesperson": Fact("Den som snakker for prosjektet"),
    "common_message": Fact("Det alle sier om prosjektet"),
    "case_summary": Fact("Saken kort, til folkevalgte"),
    "goal": Fact("Målene for fasen", (), ("short", "long")),
    "milestone": Fact("Milepælene", (), ("short", "long")),
    "milestone_date": Fact("Datoen for hver milepæl", (), ("date",)),
    "steering_member": Fact("Medlemmene av styringsgruppen", (), ("short",)),
    "municipal_contact": Fact("Kommunekontaktene", (), ("short",)),
}
# What the lines on a cover hold, by their keys in the words of the site.
ON_THE_COVER: Mapping[str, str] = {
    "region": "region",
    "case_number": "case_number",
    "prepared_by": "prepared_by",
}


def _known(value: str) -> str:
    if value not in FACTS:
        raise complaint(
            "skal være en av opplysningene {known}, fikk {found}",
            known=", ".join(FACTS),
            found=found_text(value),
            hint=suggest(value, FACTS),
        )
    return value


FactKey = Annotated[str, AfterValidator(_known), WithJsonSchema({"enum": list(FACTS)})]
_LIST = "; ".join(f"{key}: {fact.says}" for key, fact in FACTS.items())
FACT_HELP = f"Opplysningen som flere dokumenter spør om, og som kan hentes mellom dem. {_LIST}."


def check_fact(key: str | None, kind: str, *, column: bool = False) -> None:
    """Raise where a field or column of a type cannot hold the fact that it names."""
    if key is None:
        return
    kinds = FACTS[key].columns if column else FACTS[key].fields
    if kind not in kinds:
        where: dict[str, Any] = {"at": ("fact",), "key": key, "kind": kind}
        if not kinds:
            what = "et felt" if column else "en kolonne"
            raise complaint("{key} kan bare stå på {what}", what=what, **where)
        wanted = " eller ".join(kinds)
        raise complaint("{key} kan bare stå på type {wanted}, ikke {kind}", wanted=wanted, **where)
