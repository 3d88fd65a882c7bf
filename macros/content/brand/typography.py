"""`typography` of `_brand.yml`: the fonts, and how each kind of text is set (brand.yml).

Weights are a number, a CSS name, `auto` or a range such as `400..700`, as the format writes them.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from macros.content.base import Strict
from macros.content.brand.colours import ColourOfSides, TwoColours
from macros.content.written import complaint

OWN_FONT = "Inter"  # the handbook's own, with every letter that it needs
MAX_FONT_FILES = 40
# CSS Fonts 4, 2.4.1: the names that the weights go by.
WEIGHTS = {
    "thin": 100, "extra-light": 200, "ultra-light": 200, "light": 300, "normal": 400,
    "regular": 400, "medium": 500, "semi-bold": 600, "demi-bold": 600, "bold": 700,
    "extra-bold": 800, "ultra-bold": 800, "black": 900,
}  # fmt: skip
_NUMBER = re.compile(r"\d{1,3}")
_LENGTH = re.compile(
    r"(normal|[+-]?(\d+\.?\d*|\.\d+)(px|pt|pc|em|rem|ex|ch|in|cm|mm|q|vw|vh|%)?"
    r"|(calc|clamp|min|max)\([^;{}]{1,100}\))",
    re.IGNORECASE,
)
_STYLE = ("normal", "italic", "oblique")


def _weight(value: Any) -> int:
    """Return a weight as a number; raises when it is none."""
    if isinstance(value, str) and value in WEIGHTS:
        return WEIGHTS[value]
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 999:
        shown = value if isinstance(value, str | int) else "noe annet"
        raise complaint(
            "skal være et tall fra 1 til 999 eller et av navnene {names}, fikk «{value}»",
            names=", ".join(WEIGHTS),
            value=str(shown)[:40],
        )
    return value


def _range(value: Any) -> tuple[int, int] | None:
    """Return the lightest and the heaviest weight of a file; None leaves it to the font."""
    if value == "auto":
        return None
    parts = re.split(r"\s*\.{2,3}\s*", value) if isinstance(value, str) else value
    if isinstance(parts, list | tuple):
        if len(parts) not in (1, 2):
            raise complaint("skal være én tykkelse, eller to som i 400..700")
        return min(map(_weight, parts)), max(map(_weight, parts))
    return _weight(value), _weight(value)


def _weights(value: Any) -> tuple[int, ...]:
    if isinstance(value, list):
        return tuple(_weight(one) for one in value)
    return _range(value) or ()


def _styles(value: Any) -> tuple[str, ...]:
    found = tuple(value) if isinstance(value, list) else (value,)
    for one in found:
        if one not in _STYLE:
            raise complaint("skal være normal eller italic, fikk «{value}»", value=str(one)[:40])
    return found


def _length(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise complaint("skal være et mål som «1rem» eller «17px»")
    if not _LENGTH.fullmatch(str(value).strip()):
        raise complaint(
            "skal være et mål som «1rem» eller «17px», fikk «{value}»", value=str(value)[:40]
        )
    return str(value).strip()


_WEIGHT_SCHEMA = int | str
Weight = Annotated[int, BeforeValidator(_weight, json_schema_input_type=_WEIGHT_SCHEMA)]
Range = Annotated[
    tuple[int, int] | None,
    BeforeValidator(_range, json_schema_input_type=_WEIGHT_SCHEMA | list[_WEIGHT_SCHEMA]),
]
Weights = Annotated[
    tuple[int, ...],
    BeforeValidator(_weights, json_schema_input_type=_WEIGHT_SCHEMA | list[_WEIGHT_SCHEMA]),
]
_StyleName = Literal["normal", "italic", "oblique"]
Styles = Annotated[
    tuple[_StyleName, ...],
    BeforeValidator(_styles, json_schema_input_type=_StyleName | list[_StyleName]),
]
Length = Annotated[str, BeforeValidator(_length, json_schema_input_type=str | int | float)]


def first_family(value: str) -> str:
    """Return the first font of a CSS list: «Noto Sans» of `'Noto Sans', sans-serif`."""
    return value.split(",")[0].strip().strip("'\"").strip()


def _family(value: str) -> str:
    if not value.isprintable() or not first_family(value) or len(value) > 200:
        raise complaint("skal være navnet på en skrift, fikk «{value}»", value=value[:40])
    return value


Family = Annotated[
    str, BeforeValidator(lambda value: _family(value) if isinstance(value, str) else value)
]


class FontFileOf(Strict):
    """One file of a family."""

    path: str = Field(description="Filen i regionens mappe: woff2, woff, ttf eller otf.")
    weight: Range = Field(
        default=None, description="Tykkelse: 400, bold eller 400..700 for en variabel skrift."
    )
    style: _StyleName = Field(default="normal", description="normal eller italic.")


def _pathed(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


class BrandFont(Strict):
    """A family: its files, or the service that has it."""

    family: Family = Field(description="Navnet på skriften.")
    source: Literal["file", "google", "bunny", "system"] | None = Field(
        default=None, description="file: skrifter hentes aldri fra andre nettsteder."
    )
    files: tuple[
        Annotated[FontFileOf, BeforeValidator(_pathed, json_schema_input_type=str | FontFileOf)],
        ...,
    ] = Field(default=(), max_length=MAX_FONT_FILES, description="Filene i familien.")
    weight: Weights = Field(default=(), description="Tykkelsene som skal hentes.")
    style: Styles = Field(default=(), description="Stilene som skal hentes.")
    display: Literal["auto", "block", "swap", "fallback", "optional"] | None = Field(
        default=None, description="Hva som vises mens skriften hentes."
    )
    version: int | None = Field(default=None, description="Versjonen av tjenesten.")
    url: str | None = Field(default=None, description="Adressen til tjenesten.")

    @property
    def is_file(self) -> bool:
        """Return whether the family comes from files of its own."""
        return self.source == "file" or (self.source is None and bool(self.files))


class Typeface(Strict):
    """How one kind of text is set."""

    family: Family | None = Field(default=None, description="Navnet på en skrift fra fonts.")
    weight: Weight | None = Field(default=None, description="Tykkelse, som 600 eller bold.")
    color: ColourOfSides = Field(default=TwoColours(), description="Fargen på teksten.")
    background_color: ColourOfSides = Field(
        default=TwoColours(), alias="background-color", description="Fargen bak teksten."
    )
    size: Length | None = Field(default=None, description="Størrelse, som 1rem.")
    line_height: Length | None = Field(
        default=None, alias="line-height", description="Linjeavstand, som 1.5."
    )
    style: Styles = Field(default=(), description="normal eller italic.")
    decoration: str | None = Field(default=None, description="Understreking av lenker.")


def _typeface(value: Any) -> Any:
    return {"family": value} if isinstance(value, str) else value


Element = Annotated[Typeface, BeforeValidator(_typeface, json_schema_input_type=str | Typeface)]


class Typography(Strict):
    """The fonts, and what they are used for."""

    fonts: tuple[
        Annotated[BrandFont, BeforeValidator(_typeface, json_schema_input_type=str | BrandFont)],
        ...,
    ] = Field(default=(), description="Egne skrifter.")
    base: Element = Field(default=Typeface(), description="Skriften i vanlig tekst.")
    headings: Element = Field(
        default=Typeface(), description="Skriften i overskrifter. Uten den brukes base."
    )
    link: Element = Field(default=Typeface(), description="Lenker: color sier fargen.")
    monospace: Element = Field(
        default=Typeface(), description="Skriften i kode, med like brede tegn."
    )
    monospace_inline: Element = Field(
        default=Typeface(), alias="monospace-inline", description="Kode i en setning."
    )
    monospace_block: Element = Field(
        default=Typeface(), alias="monospace-block", description="Kode i egne avsnitt."
    )
    emphasis: Element = Field(default=Typeface(), description="Uthevet tekst.")


ELEMENTS = tuple(
    (name, field.alias or name)
    for name, field in Typography.model_fields.items()
    if name != "fonts"
)
