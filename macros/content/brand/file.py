"""The keys of `_brand.yml`: Posit's brand.yml, with light and dark values as Quarto 1.8 has them.

Every file that the format allows is taken, in its short and long forms. What the format knows and
a handbook has no use for is told by `brand_notes.py`; a key that the format does not know is an
error. Names are resolved later: colours by `brand_colour.py`, files by `brand_logo.py`.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from macros.content.base import Strict
from macros.content.brand.colours import ColourName, ColourOfSides, TwoColours
from macros.content.brand.typography import Typography
from macros.content.text import Plain


class BrandColour(Strict):
    """The palette, and the roles that its colours have."""

    palette: dict[str, ColourName] = Field(default={}, description="Egne fargenavn.")
    primary: ColourOfSides = Field(default=TwoColours(), description="Regionens farge.")
    secondary: ColourOfSides = Field(
        default=TwoColours(), description="Farge nummer to, til striper og pynt uten tekst."
    )
    foreground: ColourOfSides = Field(
        default=TwoColours(), description="Tekstfargen: i lys visning, eller {light, dark}."
    )
    background: ColourOfSides = Field(
        default=TwoColours(), description="Bakgrunnen på nettstedet, eller {light, dark}."
    )
    link: ColourOfSides = Field(
        default=TwoColours(), description="Fargen på lenker. Uten den brukes primary."
    )
    tertiary: ColourOfSides = Field(default=TwoColours(), description="Farge nummer tre.")
    success: ColourOfSides = Field(default=TwoColours(), description="Fargen på det som gikk bra.")
    info: ColourOfSides = Field(default=TwoColours(), description="Fargen på opplysninger.")
    warning: ColourOfSides = Field(default=TwoColours(), description="Fargen på advarsler.")
    danger: ColourOfSides = Field(default=TwoColours(), description="Fargen på feil og fare.")
    light: ColourOfSides = Field(default=TwoColours(), description="En lys farge.")
    dark: ColourOfSides = Field(default=TwoColours(), description="En mørk farge.")
    emphasis: ColourOfSides = Field(default=TwoColours(), description="Fargen på uthevet tekst.")


ROLES = tuple(name for name in BrandColour.model_fields if name != "palette")


def _pathed(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


class LogoImage(Strict):
    """A picture: its file, or the name of one in `images`."""

    path: str = Field(description="Filen.")
    alt: Plain | None = Field(default=None, description="Tekst for den som ikke ser logoen.")
    attrs: dict[str, Any] = Field(default={}, description="Attributter i HTML.")


Image = Annotated[LogoImage, BeforeValidator(_pathed, json_schema_input_type=str | LogoImage)]


class LogoSides(Strict):
    """A picture for a light and for a dark ground."""

    light: Image | None = Field(default=None, description="Logo på lys bakgrunn.")
    dark: Image | None = Field(default=None, description="Logo på mørk bakgrunn.")


def _sided(value: Any) -> Any:
    alone = isinstance(value, str) or (isinstance(value, dict) and "path" in value)
    return {"light": value} if alone else value


LogoOfSides = Annotated[
    LogoSides, BeforeValidator(_sided, json_schema_input_type=str | LogoImage | LogoSides)
]


class LogoFile(Strict):
    """The logo in up to three sizes, and pictures by name."""

    images: dict[str, LogoOfSides] = Field(default={}, description="Bilder med navn.")
    medium: LogoOfSides | None = Field(
        default=None, description="Logoen: fil, navn fra images, {path, alt} eller {light, dark}."
    )
    small: LogoOfSides | None = Field(
        default=None, description="Et enkelt, kvadratisk merke til nettleserens fane."
    )
    large: LogoOfSides | None = Field(
        default=None, description="Logoen i stort format. Brukes når medium mangler."
    )


def _sized(value: Any) -> Any:
    alone = isinstance(value, str) or (isinstance(value, dict) and "path" in value)
    return {"medium": value} if alone else value


class MetaName(BaseModel):
    """The owner's name. As in all of `meta`, further keys may stand here."""

    model_config = ConfigDict(extra="allow", frozen=True)

    full: Plain | None = Field(default=None, description="Det fulle navnet.")
    short: Plain | None = Field(default=None, description="Det korte navnet.")


class Meta(BaseModel):
    """Who the brand belongs to. The format lets any further key stand here."""

    model_config = ConfigDict(extra="allow", frozen=True)

    name: Annotated[
        MetaName,
        BeforeValidator(
            lambda value: {"full": value} if isinstance(value, str) else value,
            json_schema_input_type=str | MetaName,
        ),
    ] = Field(default=MetaName(), description="Navnet: tekst, eller {full, short}.")
    link: Annotated[
        dict[str, Any],
        BeforeValidator(
            lambda value: {"home": value} if isinstance(value, str) else value,
            json_schema_input_type=str | dict[str, Any],
        ),
    ] = Field(default={}, description="Lenker: én adresse, eller flere med navn.")


class BrandFile(Strict):
    """The whole file."""

    color: BrandColour = Field(default=BrandColour(), description="Farger.")
    logo: (
        Annotated[
            LogoFile, BeforeValidator(_sized, json_schema_input_type=str | LogoImage | LogoFile)
        ]
        | None
    ) = Field(default=None, description="Logo.")
    typography: Typography = Field(default=Typography(), description="Skrifter.")
    meta: Meta = Field(default=Meta(), description="Hvem merkevaren tilhører.")
    defaults: dict[str, Any] = Field(default={}, description="Valg for andre verktøy.")
