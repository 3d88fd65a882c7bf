"""The colours that `_brand.yml` names: CSS colours, the palette, roles that stand for others.

A colour is what CSS Color 4 (W3C) allows: a name, hex with 3, 4, 6 or 8 digits, `rgb()`, `hsl()`
and the other functions. A name is looked for as brand.yml does: among the roles, then in the
palette; last among CSS's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from coloraide import Color
from coloraide.css import color_names
from pydantic import AfterValidator, BeforeValidator, Field

from macros.content.base import Strict
from macros.content.errors import suggest
from macros.content.written import complaint

Way = Literal["light", "dark"]
WAYS: tuple[Way, ...] = get_args(Way)
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][\w-]{0,59}")
_LONGEST = 100
_LONGEST_CHAIN = 24


@dataclass(frozen=True)
class Found:
    """A colour as hex, and the share of itself that covers the ground (1 hides it)."""

    hex: str
    alpha: float = 1.0


class NoColour(Exception):
    """Raised when a name leads to no colour; the texts are Norwegian."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def _may_be_colour(value: str) -> bool:
    """Return whether a value has the form of a colour or of a colour's name."""
    if value.startswith("#"):
        return _HEX.fullmatch(value) is not None
    return _NAME.fullmatch(value) is not None or _css(value) is not None


def _css(value: str) -> Color | None:
    """Return the CSS colour of a text, None when it is none."""
    if len(value) > _LONGEST:
        return None
    try:
        return Color(value.strip()).convert("srgb").clip()
    except (ValueError, OverflowError):
        return None


def _colour(value: str) -> str:
    if not _may_be_colour(value):
        bare = re.fullmatch(r"[0-9a-f]{6}", value, re.IGNORECASE)
        raise complaint(
            "skal være en farge som «#0b4f6c» eller et navn fra palette, fikk «{value}»{hint}",
            value=value[:40],
            hint=f'. Skriv "#{value}" i anførselstegn' if bare else "",
        )
    return value


ColourName = Annotated[str, AfterValidator(_colour)]


class TwoColours(Strict):
    """A colour on each side."""

    light: ColourName | None = Field(default=None, description="Fargen i lys visning.")
    dark: ColourName | None = Field(default=None, description="Fargen i mørk visning.")


def _both(value: Any) -> Any:
    if isinstance(value, int) and re.fullmatch(r"\d{3,8}", str(value)):
        raise complaint('skal være en farge, fikk tallet {value}. Skriv "#{value}"', value=value)
    return {"light": value} if isinstance(value, str) else value


ColourOfSides = Annotated[
    TwoColours, BeforeValidator(_both, json_schema_input_type=str | TwoColours)
]


class Colours:
    """The palette and roles of one file; `roles` have a name for each side where they are set.

    `ours` are the colours (hex) of the roles that the handbook has where the file sets none.
    """

    def __init__(
        self,
        palette: Mapping[str, str],
        roles: Mapping[Way, Mapping[str, str]],
        ours: Mapping[Way, Mapping[str, str]],
    ) -> None:
        self.palette, self.roles, self.ours = palette, roles, ours

    def find(self, value: str, way: Way, ground: str, *, role: str = "") -> Found:
        """Return the colour that `value` leads to on one side, laid on `ground` (hex).

        `role` is the role that says it. Raises NoColour when a name is unknown or leads to itself.
        """
        return _laid(self._followed(value, way, ((True, role),) if role else ()), ground)

    def in_palette(self, name: str) -> Found:
        """Return a colour of the palette, laid on white; raises NoColour."""
        return _laid(self._followed(self.palette[name], "light", ((False, name),)), "#ffffff")

    def _followed(self, value: str, way: Way, seen: tuple[tuple[bool, str], ...]) -> Color:
        """Return the colour at the end of a chain of names; `seen` are (is a role, name)."""
        chain, names = list(seen), [name for _, name in seen]
        while step := self._next(value, way, chain[-1] if chain else None):
            names.append(value)
            if step in chain or len(chain) > _LONGEST_CHAIN:
                ring = " → ".join(names[: _LONGEST_CHAIN // 2])
                raise NoColour(f"fargene viser til hverandre i ring: {ring}", "Gi én en fargekode.")
            chain.append(step)
            value = (self.roles[way] if step[0] else self.palette)[value]
        colour = _css(self.ours[way].get(value, value))
        if colour is None:
            raise NoColour(f"fargen «{value}» finnes ikke i palette", self._near(value, way))
        return colour

    def _next(self, value: str, way: Way, at: tuple[bool, str] | None) -> tuple[bool, str] | None:
        """Return where a name is looked up, from the name `at` that says it; None for CSS's own."""
        from_palette = at is not None and not at[0]
        if value in self.roles[way] and not from_palette and at != (True, value):
            return True, value
        # `red: red` is CSS's red, and `primary: primary` that of the palette
        return (False, value) if value in self.palette and at != (False, value) else None

    def _near(self, value: str, way: Way) -> str:
        if re.fullmatch(r"[0-9a-f]{6}", value, re.IGNORECASE):
            return f'Skriv den med # og anførselstegn: "#{value}".'
        own = suggest(value, {*self.palette, *self.roles[way]})
        return own or suggest(value, color_names.name2val_map)


def _laid(colour: Color, ground: str) -> Found:
    """Return a colour as it looks on a ground: what it lets through is the ground's."""
    alpha = colour.alpha(nans=False)
    if alpha >= 1:
        return Found(colour.to_string(hex=True, alpha=False))
    mixed = [
        alpha * over + (1 - alpha) * under
        for over, under in zip(colour.coords(nans=False), Color(ground).coords(), strict=True)
    ]
    return Found(Color("srgb", mixed).clip().to_string(hex=True), alpha)


# `#` after a space begins a comment in YAML, so that a colour without quotes is nothing at all.
_BARE = re.compile(r"(?:^|[:,\[{-])\s+(#[0-9a-f]{3,8})(?=\s*(?:$|[,}\]]|\s#))", re.IGNORECASE)


def bare_colours(text: str) -> Iterator[tuple[int, int, str]]:
    """Return line and column (from 1) of each hex colour that stands without quotes, and it."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.lstrip().startswith("#") and (found := _BARE.search(line)):
            quotes = line[: found.start(1)].count('"') + line[: found.start(1)].count("'")
            if quotes % 2 == 0 and _HEX.fullmatch(found[1]):
                yield number, found.start(1) + 1, found[1]
