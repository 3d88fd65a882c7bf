"""Whom readers of an edition can ask: the region's advisers, its project, each municipality."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field

from macros.content.address import LONGEST
from macros.content.base import Strict
from macros.content.region_text import RegionText
from macros.content.text import Plain
from macros.content.written import check_address, complaint

QUOTED = 60  # characters of a wrong value that a message repeats
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_PHONE = re.compile(r"\+?[\d ]{5,20}", re.ASCII)


def matching(pattern: re.Pattern[str], wanted: str) -> AfterValidator:
    """Return a check that a value is an address of a pattern; `wanted` says it in words."""

    def check(value: str) -> str:
        if len(value) > LONGEST:
            raise complaint("kan ha høyst {limit} tegn", limit=LONGEST)
        if not pattern.fullmatch(value):
            raise complaint(
                "skal være {wanted}, fikk «{value}»", wanted=wanted, value=value[:QUOTED]
            )
        return check_address(value)

    return AfterValidator(check)


Email = Annotated[str, matching(_EMAIL, "en e-postadresse")]
Phone = Annotated[str, matching(_PHONE, "et telefonnummer")]


class Contact(Strict):
    """A person to ask."""

    name: Plain = Field(description="Navnet.", examples=["[navn]"])
    title: RegionText = Field(description="Tittel eller rolle.", examples=["Regional rådgiver"])
    email: Email = Field(description="E-postadressen.", examples=["radgiver@example.no"])
    phone: Phone | None = Field(
        default=None, description="Telefonnummeret.", examples=["00 00 00 00"]
    )
    second_phone: Phone | None = Field(
        default=None, description="Et telefonnummer til.", examples=["00 00 00 02"]
    )

    @property
    def phones(self) -> tuple[str, ...]:
        """Return the numbers to call."""
        return tuple(filter(None, (self.phone, self.second_phone)))


class Adviser(Contact):
    """One of the region's advisers."""

    municipalities: tuple[Plain, ...] = Field(
        default=(),
        description="Kommunene rådgiveren har, med nummer eller navn. Tom: alle.",
        examples=[["4640", "4641"]],
    )


class LocalContact(Contact):
    """The contact in one municipality, or in some."""

    municipalities: tuple[Plain, ...] = Field(
        min_length=1,
        description="Kommunen kontakten er i, med nummer eller navn. Kan være flere.",
        examples=[["4640"]],
    )


class Contacts(Strict):
    """Whom readers can ask."""

    adviser: Adviser | None = Field(default=None, description="Regionens rådgiver.")
    advisers: tuple[Adviser, ...] = Field(
        default=(),
        max_length=20,
        description="Flere rådgivere. Uten adviser er den første hovedkontakten.",
        examples=[
            [{"name": "[navn]", "title": "Rådgiver", "email": "fag@example.no"}],
        ],
    )
    project: Contact | None = Field(default=None, description="Prosjektlederen i regionen.")
    municipal: tuple[LocalContact, ...] = Field(
        default=(),
        max_length=100,
        description="En kontakt for hver kommune. Vises på siden Kontakt.",
        examples=[
            [
                {
                    "name": "[navn]",
                    "title": "Næringssjef",
                    "email": "naering@example.no",
                    "municipalities": ["4640"],
                }
            ],
        ],
    )

    @property
    def every_adviser(self) -> tuple[Adviser, ...]:
        """Return the advisers, the main one first."""
        return (*((self.adviser,) if self.adviser else ()), *self.advisers)

    @property
    def main_adviser(self) -> Adviser | None:
        """Return the adviser whom texts and letters go to."""
        return next(iter(self.every_adviser), None)

    @property
    def first(self) -> Contact | None:
        """Return whom to ask first: the main adviser, else the project leader."""
        return self.main_adviser or self.project

    def named(self) -> Iterator[tuple[tuple[str | int, ...], tuple[Plain, ...]]]:
        """Return the municipalities of each person who has any, with their path."""
        if self.adviser:
            yield ("adviser",), self.adviser.municipalities
        for key in ("advisers", "municipal"):
            for at, person in enumerate(getattr(self, key)):
                yield (key, at), person.municipalities
