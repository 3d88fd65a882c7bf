"""What a region has around the pages: its footer, own entries in the menu, its front page."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from macros.content.address import page_address
from macros.content.base import Strict
from macros.content.region_text import RegionText
from macros.content.text import Plain
from macros.content.written import complaint

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)  # of the first eight digits; the ninth is the check digit
_LONGEST_ENTRY = 30  # characters: the menu is one row
Link = Annotated[str, AfterValidator(page_address)]


def _organisation_number(value: str) -> str:
    """Return the nine digits of an organisation number whose check digit is right (modulus 11)."""
    digits = re.sub(r"\s", "", value)
    if not re.fullmatch(r"[0-9]{9}", digits):
        raise complaint(
            "skal være et organisasjonsnummer med ni sifre, fikk «{value}»", value=value[:60]
        )
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    if int(digits[-1]) != (11 - rest) % 11:
        raise complaint(
            "{value} er ikke et organisasjonsnummer: kontrollsifferet stemmer ikke",
            value=value[:60],
            hint="Se etter om to sifre er byttet om, eller om ett mangler.",
        )
    return digits


def _short(value: RegionText) -> RegionText:
    for text in (value, *value.texts.values()):
        if len(text) > _LONGEST_ENTRY:
            raise complaint(
                "kan ha høyst {limit} tegn, har {length}", limit=_LONGEST_ENTRY, length=len(text)
            )
    return value


OrganisationNumber = Annotated[Plain, AfterValidator(_organisation_number)]
ShortText = Annotated[RegionText, AfterValidator(_short)]


class NamedLink(Strict):
    """A link out, and what it is called."""

    title: RegionText = Field(description="Teksten i lenken.", examples=["Om regionrådet"])
    url: Link = Field(description="Adressen, med https://.", examples=["https://www.example.no/om"])


class Footer(Strict):
    """What stands at the bottom of every page."""

    address: RegionText | None = Field(
        default=None,
        description="Adressen til eieren, slik den skal stå nederst på sidene.",
        examples=["Eksempelveien 1, 0000 Eksempelby"],
    )
    organisation_number: OrganisationNumber | None = Field(
        default=None,
        description="Organisasjonsnummeret til eieren, ni sifre i anførselstegn.",
        examples=["000000000"],
    )
    links: tuple[NamedLink, ...] = Field(
        default=(),
        max_length=8,
        description="Lenker nederst på sidene.",
        examples=[[{"title": "Om regionrådet", "url": "https://www.example.no/om"}]],
    )


class MenuEntry(Strict):
    """An entry of the region's own in the menu: a page of the edition, or a link out."""

    title: ShortText | None = Field(
        default=None,
        description="Ordene i menyen. En side bruker sin egen tittel.",
        examples=["Møteplan"],
    )
    url: Link | None = Field(
        default=None,
        description="Adressen, med https://.",
        examples=["https://www.example.no/moter"],
    )
    page: Plain | None = Field(
        default=None,
        description="Siden, med navnet på filen uten .md.",
        examples=["om-oss"],
    )

    @model_validator(mode="after")
    def _leads_to_one_place(self) -> Self:
        if (self.url is None) == (self.page is None):
            raise complaint("skal ha enten page eller url")
        if self.url and self.title is None:
            raise complaint("mangler nøkkelen «title»")
        if self.page and self.title is not None:
            raise complaint(
                "kan bare stå sammen med url",
                at=("title",),
                hint="En side står i menyen med tittelen øverst i filen.",
            )
        return self


class FrontPhoto(Strict):
    """A photo on the front page."""

    path: Plain = Field(
        description="Filen i mappen: PNG, JPEG eller WebP.", examples=["bilder/forside.jpg"]
    )
    alt: RegionText = Field(
        description="Hva bildet viser, for den som ikke ser det.",
        examples=["Fjorden sett fra fjellet"],
    )
    credit: RegionText = Field(
        description="Hvem som har tatt bildet. Vises under det, med «Foto:» foran.",
        examples=["[navn på fotograf]"],
    )


class Front(Strict):
    """What the region says on the front page."""

    title: RegionText | None = Field(
        default=None, description="En overskrift.", examples=["Velkommen til oss"]
    )
    text: RegionText | None = Field(
        default=None,
        description="En tekst på forsiden, høyst 600 tegn.",
        examples=["Slik samarbeider vi i vår region."],
    )
    photo: FrontPhoto | None = Field(default=None, description="Et bilde på forsiden.")

    @model_validator(mode="after")
    def _has_a_text_under_the_title(self) -> Self:
        if self.title and not (self.text or self.photo):
            raise complaint("mangler nøkkelen «text»", at=("title",))
        return self
