"""The keys of `_brand.yml`, in Posit's brand.yml format.

brand.yml has more keys than a handbook can use. What is not used is refused, so that nobody waits
for an effect that never comes.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StrictInt, model_validator

from macros.content.base import Strict
from macros.content.colour import DEFAULT_ACCENT
from macros.content.logo import is_name as is_logo_name
from macros.content.text import Plain, complaint

OWN_FONT = "Inter"  # the handbook's own, with every letter that it needs
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.IGNORECASE)
_PATH = r"[\w-]{1,60}(/[\w-]{1,60}){0,4}\."
_FONT = re.compile(_PATH + r"(woff2|woff|ttf|otf)", re.ASCII)
_FAMILY = re.compile(r"[^\W_](?:[^\W_]|[ -]){0,39}")
MAX_FONT_FILES = 12


def _colour(value: str) -> str:
    if not _HEX.fullmatch(value) and not _NAME.fullmatch(value):
        raise complaint(
            "skal være en farge som «#0b4f6c» eller et navn fra palette, fikk «{value}»",
            value=value[:40],
        )
    return value


def _logo(value: str) -> str:
    if not is_logo_name(value):
        raise complaint(
            "skal være en SVG-, PNG-, JPEG- eller WebP-fil i regionens mappe, fikk «{value}»",
            value=value[:60],
        )
    return value


def _font(value: str) -> str:
    if not _FONT.fullmatch(value):
        raise complaint(
            "skal være en .woff2-, .woff-, .ttf- eller .otf-fil i regionens mappe, fikk «{value}»",
            value=value[:60],
        )
    return value


def _family(value: str) -> str:
    if not _FAMILY.fullmatch(value) or not value.isprintable():
        raise complaint(
            "skal være et navn med bokstaver, tall, mellomrom og bindestrek, fikk «{value}»",
            value=value[:40],
        )
    return value


ColourName = Annotated[str, AfterValidator(_colour)]
LogoFile = Annotated[str, AfterValidator(_logo)]
FontFile = Annotated[str, AfterValidator(_font)]
Family = Annotated[str, AfterValidator(_family)]


class TwoColours(Strict):
    """A colour on each side, as brand.yml writes it."""

    light: ColourName | None = Field(default=None, description="Fargen i lys visning.")
    dark: ColourName | None = Field(default=None, description="Fargen i mørk visning.")


def _light(value: Any) -> Any:
    return {"light": value} if isinstance(value, str) else value


ColourOfSides = Annotated[
    TwoColours, BeforeValidator(_light, json_schema_input_type=str | TwoColours)
]


class BrandColour(Strict):
    """The palette and the roles that the site uses."""

    palette: dict[str, ColourName] = Field(default={}, description="Egne fargenavn.")
    primary: ColourName = Field(default=DEFAULT_ACCENT, description="Regionens farge.")
    secondary: ColourName | None = Field(
        default=None, description="Farge nummer to, til striper og pynt uten tekst."
    )
    foreground: ColourOfSides = Field(
        default=TwoColours(), description="Tekstfargen: i lys visning, eller {light, dark}."
    )
    background: ColourOfSides = Field(
        default=TwoColours(), description="Bakgrunnen på nettstedet, eller {light, dark}."
    )


def pathed(value: Any) -> Any:
    """Return `{path: …}` for a file that stands alone."""
    return {"path": value} if isinstance(value, str) else value


class LogoVariants(Strict):
    """A logo for a light and for a dark ground: names of images, or files."""

    light: str = Field(description="Logo på lys bakgrunn.")
    dark: str | None = Field(default=None, description="Logo på mørk bakgrunn.")


class LogoImage(Strict):
    """A named picture of brand.yml's `logo.images`."""

    path: LogoFile = Field(description="Filen.")
    alt: Plain | None = Field(default=None, description="Tekst for den som ikke ser logoen.")


class BrandLogo(Strict):
    """The logo, in one variant or for light and dark grounds.

    Two ways to write it: `light`, `dark` and `alt`; or brand.yml's `images` with names, and
    `medium` and `small` that use them. Built, it always has `light` and `alt`.
    """

    light: LogoFile = Field(description="Logo på lys bakgrunn.")
    dark: LogoFile | None = Field(default=None, description="Logo på mørk bakgrunn.")
    small: LogoFile | None = Field(
        default=None, description="Et enkelt, kvadratisk merke til nettleserens fane."
    )
    alt: Plain = Field(description="Tekst for den som ikke ser logoen.")
    images: dict[
        str, Annotated[LogoImage, BeforeValidator(pathed, json_schema_input_type=str | LogoImage)]
    ] = Field(default={}, description="Navn på filer, som i brand.yml.")
    medium: (
        Annotated[LogoVariants, BeforeValidator(_light, json_schema_input_type=str | LogoVariants)]
        | None
    ) = Field(default=None, description="Logoen: navn fra images, fil, eller {light, dark}.")

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any) -> Any:
        """Put the files of `images` in place of their names, as brand.yml lets one write."""
        return _without_names(data) if isinstance(data, dict) else data


def _without_names(data: dict[str, Any]) -> dict[str, Any]:
    images = data.get("images")
    named = {
        name: pathed(image) for name, image in (images.items() if isinstance(images, dict) else ())
    }

    def file(value: Any) -> Any:
        image = named.get(value) if isinstance(value, str) else None
        return image.get("path") if isinstance(image, dict) else value

    found = dict(data)
    medium = found.get("medium")
    if medium is not None:
        pair = medium if isinstance(medium, dict) else {"light": medium}
        for side in ("light", "dark"):
            if side in pair:
                found.setdefault(side, pair[side])
        image = named.get(pair.get("light")) if isinstance(pair.get("light"), str) else None
        if isinstance(image, dict) and image.get("alt") is not None:
            found.setdefault("alt", image["alt"])
    for key in ("light", "dark", "small"):
        if key in found:
            found[key] = file(found[key])
    return found


class FontFileOf(Strict):
    """One file of a family."""

    path: FontFile = Field(description="Filen i regionens mappe: woff2, woff, ttf eller otf.")
    weight: StrictInt = Field(default=400, ge=100, le=900, description="Tykkelse, 100 til 900.")
    style: Literal["normal", "italic"] = Field(default="normal", description="normal eller italic.")


class BrandFont(Strict):
    """A family and its files."""

    family: Family = Field(description="Navnet på skriften.")
    source: Literal["file"] = Field(
        description="Alltid file: skrifter hentes aldri fra andre nettsteder."
    )
    files: tuple[
        Annotated[FontFileOf, BeforeValidator(pathed, json_schema_input_type=str | FontFileOf)], ...
    ] = Field(min_length=1, max_length=MAX_FONT_FILES, description="Filene i familien.")


class Typeface(Strict):
    """Which family a kind of text has."""

    family: Family = Field(description="Navnet på en skrift fra fonts.")


def _typeface(value: Any) -> Any:
    return {"family": value} if isinstance(value, str) else value


TypefaceName = Annotated[
    Typeface, BeforeValidator(_typeface, json_schema_input_type=str | Typeface)
]


class Typography(Strict):
    """The fonts, and what they are used for."""

    fonts: tuple[BrandFont, ...] = Field(default=(), description="Egne skrifter.")
    base: TypefaceName | None = Field(default=None, description="Skriften i vanlig tekst.")
    headings: TypefaceName | None = Field(
        default=None, description="Skriften i overskrifter. Uten den brukes base."
    )


class BrandFile(Strict):
    """The keys of `_brand.yml` that are used."""

    color: BrandColour = Field(default=BrandColour(), description="Farger.")
    logo: BrandLogo | None = Field(default=None, description="Logo.")
    typography: Typography = Field(default=Typography(), description="Skrifter.")
