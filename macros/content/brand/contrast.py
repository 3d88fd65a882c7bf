"""Colours that can be read: every pair that carries text, and how a colour is moved to pass.

Contrast is WCAG 2.2's: text of any size has 7:1 (1.4.6, level AAA), so that no rule has to know how
large it is set; what one must see to use a thing has 3:1 (1.4.11). A colour that falls short is
moved in OKLCH lightness as little as it takes; hue and, where the gamut allows, chroma stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from coloraide import Color

TARGET, SHAPE = 7.0, 3.0
INK, PAPER = "#16202a", "#ffffff"
NIGHT_INK, NIGHT_PAPER = "#e8edf2", "#12181f"
DEFAULT_ACCENT = "#0b4f6c"

# Each text or shape, the grounds that it stands on anywhere on site and paper, and the contrast
# that it is given there. A test holds the style sheets against it.
PAIRS: tuple[tuple[str, str, float], ...] = (
    ("ink", "paper", TARGET),
    ("ink", "tint-1", TARGET),
    ("ink", "tint-2", TARGET),
    ("ink", "tint-3", TARGET),
    ("ink", "line", TARGET),
    ("muted", "paper", TARGET),
    ("muted", "tint-1", TARGET),
    ("muted", "tint-2", TARGET),
    ("muted", "tint-3", TARGET),
    ("accent", "paper", TARGET),
    ("accent", "tint-1", TARGET),
    ("accent", "tint-2", TARGET),
    ("accent", "tint-3", TARGET),  # the step where the reader is
    ("heading", "paper", TARGET),
    ("heading", "tint-1", TARGET),
    ("heading", "tint-2", TARGET),
    ("heading", "tint-3", TARGET),
    ("link", "paper", TARGET),
    ("link", "tint-1", TARGET),
    ("link", "tint-2", TARGET),
    ("link", "tint-3", TARGET),
    ("on-accent", "accent", TARGET),
    ("on-button", "button", TARGET),
    ("edge", "paper", SHAPE),  # the border around a button
    ("edge", "tint-1", SHAPE),
)


@dataclass(frozen=True)
class Side:
    """What makes light and dark two designs: default colours, and the steps of the tints.

    `tints` are OKLCH lightness and share of the region's chroma. A background stays between
    `darkest` and `lightest`, so that text can be read on it and on its tints; `line_step` is the
    lightness from a region's own background to the thin lines on it. On a ground of the region's,
    tints and lines differ from it as much as they do here (see `_apart`).
    """

    name: str
    ink: str
    paper: str
    muted: str
    line: str
    tints: tuple[tuple[float, float], ...]
    lightest: float
    darkest: float
    line_step: float


LIGHT = Side(
    "lys",
    INK,
    PAPER,
    "#44505c",
    "#d3dae0",
    ((0.965, 0.25), (0.94, 0.35), (0.918, 0.5)),
    1.0,
    0.95,
    -0.12,
)
DARK = Side(
    "mørk",
    NIGHT_INK,
    NIGHT_PAPER,
    "#b4bfca",
    "#3a4653",
    ((0.255, 0.35), (0.285, 0.45), (0.315, 0.5)),
    0.26,
    0.0,
    0.18,
)


@dataclass(frozen=True)
class Wanted:
    """The region's own colours (hex) on one side, None where it leaves them to us."""

    primary: str
    secondary: str | None = None
    foreground: str | None = None
    background: str | None = None
    heading: str | None = None
    link: str | None = None


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two hex colours, 1 to 21."""
    return Color(one).contrast(Color(other))


def is_dark(colour: str) -> bool:
    """Return whether white text is easier to read on the colour than black."""
    return contrast(colour, "#ffffff") > contrast(colour, "#000000")


@lru_cache(maxsize=512)  # a link is often the accent, and paper often white
def readable(colour: str, background: str, target: float = TARGET) -> str:
    """Return `colour`, moved in OKLCH lightness as little as `target` contrast asks for."""
    against = Color(background)
    if Color(colour).contrast(against) >= target:
        return colour
    towards = 0.0 if against.luminance() > 0.18 else 1.0
    near, far = _lightness(colour), towards
    for _ in range(24):
        middle = (near + far) / 2
        if _with_lightness(colour, middle).contrast(against) >= target:
            far = middle
        else:
            near = middle
    return _with_lightness(colour, far).to_string(hex=True)


def scheme(wanted: Wanted, side: Side) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the colours of one side by role, and a line for each of the region's that moved."""
    paper = _paper(wanted.background, side)
    shift = _lightness(paper) - _lightness(side.paper)
    colours = {"own": wanted.primary, "own-2": wanted.secondary or wanted.primary, "paper": paper}
    for step, (lightness, chroma) in enumerate(side.tints, start=1):
        tint = _with_lightness(wanted.primary, lightness + shift, chroma)
        designed = _with_lightness(wanted.primary, lightness, chroma).contrast(Color(side.paper))
        colours[f"tint-{step}"] = _apart(tint, paper, designed)
    colours["line"] = side.line
    if paper != side.paper:
        line = _with_lightness(paper, _lightness(paper) + side.line_step)
        colours["line"] = _apart(line, paper, contrast(side.line, side.paper))
    for role, start in (
        ("ink", wanted.foreground or side.ink),
        ("muted", side.muted),
        ("accent", wanted.primary),
        ("edge", wanted.primary),
        ("heading", wanted.heading or wanted.foreground or side.ink),
        ("link", wanted.link or wanted.primary),
    ):
        colours[role] = _on_all(role, start, colours)
    colours["on-accent"] = colours["paper"]
    colours["button"], colours["on-button"] = _button(wanted.primary, colours)
    return colours, tuple(_told(wanted, colours, side))


def before(wanted: Wanted, side: Side) -> dict[str, str]:
    """Return the roles' colours as the region has them, where it has: nothing is moved."""
    own = {
        "paper": wanted.background,
        "ink": wanted.foreground,
        "heading": wanted.heading or wanted.foreground,
        "link": wanted.link or wanted.primary,
        **dict.fromkeys(("accent", "edge", "button"), wanted.primary),
    }
    return {role: colour for role, colour in own.items() if colour} | (
        {} if wanted.background else {"paper": side.paper}
    )


def _apart(colour: Color, ground: str, least: float) -> str:
    """Return `colour`, moved away from the ground until one can be told from the other.

    OKLCH steps that are seen on a grey are none near black: there, contrast says what the eye can
    tell apart. `least` is that of the same surface in our own design.
    """
    near = colour.to_string(hex=True)
    away = 1.0 if Color(ground).luminance() < 0.18 else 0.0
    step, lightness = (away - _lightness(near)) / 100, _lightness(near)
    while Color(near).contrast(Color(ground)) < least - 0.005 and abs(lightness - away) > 0.01:
        lightness += step
        near = _with_lightness(colour.to_string(hex=True), lightness).to_string(hex=True)
    return near


def _on_all(role: str, colour: str, colours: Mapping[str, str]) -> str:
    """Return `colour`, moved until it passes on every ground that the table gives its role."""
    for text, ground, least in PAIRS:
        if text == role:
            colour = readable(colour, colours[ground], least)
    return colour


def _button(own: str, colours: Mapping[str, str]) -> tuple[str, str]:
    """Return the region's colour as a ground, and what can be read on it: paper or ink.

    No text at all has 7:1 on a colour in the middle, so such a ground moves, the shorter way.
    """
    texts = (colours["paper"], colours["ink"], "#ffffff", "#000000")
    for text in texts:
        if contrast(text, own) >= TARGET:
            return own, text
    ways = [(readable(own, text), text) for text in texts[:2]]
    return min(ways, key=lambda way: abs(_lightness(way[0]) - _lightness(own)))


def _paper(background: str | None, side: Side) -> str:
    """Return the background, as light (or dark) as the side needs it."""
    if background is None:
        return side.paper
    lightness = _lightness(background)
    fitting = min(max(lightness, side.darkest), side.lightest)
    if fitting == lightness:
        return background
    # Less colour, too: a strong hue tires, and takes contrast from every text on it.
    return _with_lightness(background, fitting, 0.5).to_string(hex=True)


def _told(wanted: Wanted, colours: Mapping[str, str], side: Side) -> list[str]:
    moves = (
        (side.name, wanted.primary, "accent", f"gi kontrast {TARGET:.0f}:1"),
        (f"{side.name} knapp", wanted.primary, "button", f"gi kontrast {TARGET:.0f}:1"),
        (f"{side.name} tekst", wanted.foreground, "ink", f"gi kontrast {TARGET:.0f}:1"),
        (f"{side.name} overskrift", wanted.heading, "heading", f"gi kontrast {TARGET:.0f}:1"),
        (f"{side.name} lenke", wanted.link, "link", f"gi kontrast {TARGET:.0f}:1"),
        (
            f"{side.name} bakgrunn",
            wanted.background,
            "paper",
            f"være {'lys' if side is LIGHT else 'mørk'} nok under tekst",
        ),
    )
    return [
        f"{name}: {own} ble {colours[role]} for å {reason}"
        for name, own, role, reason in moves
        if own is not None and own != colours[role]
    ]


def _lightness(colour: str) -> float:
    return float(Color(colour).convert("oklch")["lightness"])


def _with_lightness(colour: str, lightness: float, chroma: float = 1.0) -> Color:
    moved = Color(colour).convert("oklch")
    moved["lightness"] = lightness
    moved["chroma"] *= chroma
    # Rounded to the hex value that is shipped, so that the contrast measured is the one seen.
    return Color(moved.convert("srgb").fit().to_string(hex=True))
