"""The law that the handbook rests on: each rule stands once, so a change of law is one edit."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from macros.content.address import page_address
from macros.content.base import Count, Date, Item, Strict
from macros.content.text import Rich, Text
from macros.content.written import complaint


def _https(value: str) -> str:
    found = page_address(value)
    if not found.startswith("https://"):
        raise complaint("skal begynne med https://, fikk «{value}»", value=value[:60])
    return found


class LawSource(Strict):
    """A public page that confirms what is said of a rule."""

    title: Text = Field(description="Hva kilden er, og hvem som har skrevet den.")
    address: Annotated[str, AfterValidator(_https)] = Field(
        description="Adressen til kilden, med https://."
    )


class Law(Item):
    """An act, or a part of it, and what it means for the project. The title names the act."""

    kind: ClassVar[str] = "law"
    order: Count = Field(description="Plass i rekkefølgen.")
    sections: tuple[Text, ...] = Field(
        min_length=1, description="Paragrafene eller artiklene, med hva hver handler om."
    )
    meaning: Rich = Field(description="Hva loven betyr for prosjektet, i vanlige ord.")
    sources: tuple[LawSource, ...] = Field(
        min_length=1, description="Åpne kilder som bekrefter det."
    )
    checked: Date = Field(description="Datoen da kildene sist ble lest, på formen 2026-01-31.")
