"""The styles of an SVG, written out on each element: what a plain drawing needs no sheet for.

Read by the libraries that WeasyPrint reads CSS with (tinycss2, cssselect2), so an escape or an odd
line break hides nothing. Rules come in the order of CSS (Cascade 4): attributes, sheets by
specificity, the element's own style, then what is `!important`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import cssselect2
import tinycss2

from macros.content.svg import parts

MAX_RULES = 3000
MAX_MATCHES = 20_000_000  # elements × rules: what a sheet may cost
_MAX_VALUE = 4000  # letters of a value with its variables filled in
_MAX_VARIABLES = 8  # variables within variables
_PLAIN_COLOUR = re.compile(r"#[0-9a-f]{3,8}|[a-z]+|rgba?\([\d.,%\s]+\)", re.I)
_URL = re.compile(r"url\(\s*[\"']?#([^\"')]*)[\"']?\s*\)", re.I)
_UNITS = re.compile(r"(?<=\d)(px|deg)\b")
_FETCHES = frozenset(("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"))

Declared = dict[str, str]
Rules = list[tuple[Any, bool, Declared]]


class Unfit(Exception):
    """Raised for what a logo cannot have: what was found and why, and what to do about it."""

    def __init__(self, found: str, hint: str = "Lagre den som vanlig SVG, eller bruk PNG.") -> None:
        super().__init__(found)
        self.found, self.hint = found, hint


def outside(what: str) -> Unfit:
    """Return the complaint about a reference that leads out of the file."""
    return Unfit(
        f"viser til noe utenfor seg selv ({what[:60]}), og det følger ikke med til leserne",
        "Bygg inn bilder og gjør tekst om til kurver før dere lagrer, eller bruk PNG.",
    )


def styled(root: Any) -> dict[Any, Declared]:
    """Return what draws each element: property to value, without sheets, classes or variables.

    Raises Unfit for a style that fetches, runs or multiplies itself.
    """
    matcher = cssselect2.Matcher()
    count = _add_sheets(root, matcher)
    wrapper = cssselect2.ElementWrapper.from_xml_root(root)
    found: dict[Any, Declared] = {}
    variables: dict[Any, Declared] = {}
    for seen, element in enumerate(wrapper.iter_subtree()):
        if count * seen > MAX_MATCHES:
            raise Unfit("har et stilark som er for stort til å tegnes")
        node = element.etree_element
        declared = _cascade(node, matcher.match(element) if count else ())
        own = {name: value for name, value in declared.items() if name.startswith("--")}
        above = variables.get(node.getparent(), {})
        variables[node] = {**above, **own} if own else above
        found[node] = _drawing(declared, variables[node])
    return found


def _add_sheets(root: Any, matcher: Any) -> int:
    count = 0
    for node in root.iter(f"{{{parts.SVG}}}style"):
        sheet = tinycss2.parse_stylesheet(
            "".join(node.itertext()), skip_comments=True, skip_whitespace=True
        )
        for rule in _rules(sheet):
            _safe(rule.content)
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue  # as a browser does with a selector that it does not know
            normal, important = _declarations(rule.content)
            count += len(selectors)
            if count > MAX_RULES:
                raise Unfit("har et stilark som er for stort til å tegnes")
            for selector in selectors:
                matcher.add_selector(selector, (normal, important))
    return count


def _rules(sheet: Iterable[Any]) -> Iterator[Any]:
    """Return the rules that always hold; what only holds in the dark or in print is left out."""
    for rule in sheet:
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule":
            name = rule.lower_at_keyword
            if name == "import":
                raise outside("@import")
            _safe(rule.prelude)
            _safe(rule.content or ())
            if name == "media" and tinycss2.serialize(rule.prelude).strip() in ("all", "screen"):
                yield from _rules(
                    tinycss2.parse_rule_list(
                        rule.content or (), skip_comments=True, skip_whitespace=True
                    )
                )


def _safe(tokens: Iterable[Any]) -> None:
    """Raise Unfit for a token that fetches or runs, however it is spelt."""
    for token in tokens:
        if token.type == "url":
            _local(token.value)
        elif token.type == "function":
            if token.lower_name == "expression":
                raise Unfit("har et skript i stilarket (expression)")
            for inner in token.arguments:
                if token.lower_name in _FETCHES and inner.type == "string":
                    _local(inner.value)
            _safe(token.arguments)
        elif token.type in ("() block", "[] block", "{} block"):
            _safe(token.content)
        elif token.type == "ident" and token.lower_value in ("-moz-binding", "behavior"):
            raise Unfit(f"har et skript i stilarket ({token.lower_value})")


def _local(address: str) -> None:
    if not address.startswith("#") and not address.lower().startswith(("data:font", "data:appl")):
        raise outside(f"url({address})")


def _declarations(content: Any) -> tuple[Declared, Declared]:
    normal: Declared = {}
    important: Declared = {}
    for found in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if found.type != "declaration":
            continue
        name = found.name if found.name.startswith("--") else found.lower_name
        value = tinycss2.serialize(found.value).strip()
        # A value that cannot be falls to the one before it, as in a browser.
        if name in parts.COLOURS and not name.startswith("--"):
            value = value if "var(" in value else colour(value)
        if value:
            (important if found.important else normal)[name] = value
    return normal, important


def _cascade(node: Any, matches: Iterable[Any]) -> Declared:
    declared = {key: value for key, value in node.items() if key in parts.PROPERTIES}
    for value in declared.values():
        if "(" in value or "\\" in value:
            _safe(tinycss2.parse_component_value_list(value))
    loud: Declared = {}
    for _, _, _, (normal, important) in sorted(matches, key=lambda match: match[:2]):
        declared.update(normal)
        loud.update(important)
    if style := node.get("style"):
        tokens = tinycss2.parse_component_value_list(style)
        _safe(tokens)
        normal, important = _declarations(tokens)
        declared.update(normal)
        loud.update(important)
    return declared | loud


def _drawing(declared: Declared, variables: Mapping[str, str]) -> Declared:
    """Return the properties that draw, with variables filled in and colours that all can read."""
    found: Declared = {}
    for name, written in declared.items():
        value = _filled(written, variables) if "var(" in written else written
        if name == "marker":
            found |= dict.fromkeys(("marker-start", "marker-mid", "marker-end"), value)
        if name in ("background", "background-color"):
            found["background"] = colour(value)
        if name not in parts.PROPERTIES | parts.STYLE_ONLY | parts.BOTH or not value:
            continue
        if name in parts.COLOURS:
            value = colour(value)
        elif name in ("transform", "transform-origin"):
            value = _UNITS.sub("", value)
        elif name == "d":
            value = value.removeprefix("path(").removesuffix(")").strip("\"' ")
        if value:
            found[name] = _URL.sub(r"url(#\1)", value)
    return found


def _filled(value: str, variables: Mapping[str, str], depth: int = 0) -> str:
    """Return the value with each `var(--x, y)` as it is, or the empty string where it has none."""
    if depth > _MAX_VARIABLES or len(value) > _MAX_VALUE:
        raise Unfit("har variabler i stilarket som viser til hverandre")
    out = []
    for token in tinycss2.parse_component_value_list(value):
        if token.type != "function" or token.lower_name != "var":
            out.append(token.serialize())
            continue
        name, _, rest = tinycss2.serialize(token.arguments).partition(",")
        known = variables.get(name.strip(), rest.strip())
        _safe(tinycss2.parse_component_value_list(known))
        inner = _filled(known, variables, depth + 1) if known else ""
        if not inner:
            return ""
        out.append(inner)
    filled = "".join(out)
    if len(filled) > _MAX_VALUE:
        raise Unfit("har variabler i stilarket som viser til hverandre")
    return filled


def colour(value: str) -> str:
    """Return a paint that every program reads: newer colours as sRGB; empty when it is none."""
    value = re.sub(r"\s*icc-color\([^)]*\)", "", value).strip()
    if "(" not in value or "url(" in value.lower() or _PLAIN_COLOUR.fullmatch(value):
        return value
    from coloraide import Color

    try:
        found = Color(value).convert("srgb").clip()
    except ValueError:
        return ""
    return found.to_string(hex=True)
