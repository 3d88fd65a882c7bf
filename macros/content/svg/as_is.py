"""An SVG that is published as it lies, for whoever opens it: only what draws, by an allow-list.

Stricter than a logo's check (`svg.py`), which builds the drawing anew and so can leave out what it
does not know. An SVG is parsed with lxml without entities, network or a document type. What could
run, fetch, move or multiply itself is refused: scripts, event attributes, references outwards,
animation, `use`, filters, patterns, masks within masks (SVG 2, W3C).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.content.svg.parts import SVG as _SVG, XLINK as _XLINK

MAX_BYTES = 200_000
MAX_DEPTH = 40
MAX_ELEMENTS = 4000
MAX_UNITS = 100_000  # of a viewBox: beyond that drawing programs lose precision

_GRADIENTS = {"linearGradient", "radialGradient"}
_DRAWS = _GRADIENTS | {
    *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("text", "tspan", "title", "desc", "metadata", "defs", "stop", "clipPath", "mask", "style"),
}
# What drawing programs keep beside the drawing: never shown, and nothing runs it.
_NOTES = re.compile(
    r"http://(www\.inkscape\.org/|sodipodi\.sourceforge\.net/|www\.w3\.org/1999/02/22-rdf"
    r"|creativecommons\.org/ns|web\.resource\.org/cc|purl\.org/dc/|ns\.adobe\.com/|www\.serif\.com/"
    r"|www\.bohemiancoding\.com/)|http://www\.w3\.org/XML/1998/namespace"
)
_URL = re.compile(r"url\(\s*[\"']?(?!#)|@import|expression\(|image-set|-moz-binding|\\", re.I)
_REUSE = re.compile(r"(clip-path|mask|filter)\s*:", re.I)


def complaint_about(path: Path) -> str:
    """Return what is wrong with the drawing in a file, in Norwegian, or the empty string.

    The text goes after «tegningen …».
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            return f"er større enn {MAX_BYTES // 1000} kB"
        data = path.read_bytes()
    except OSError as error:
        return f"kan ikke leses: {error.strerror}"
    return _complaint(data)


def _complaint(data: bytes) -> str:
    from lxml import etree

    if b"\0" in data:  # UTF-16, in which a parser may see another text than we do
        return "skal være UTF-8"
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return _not_allowed("<!DOCTYPE")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return _not_allowed(f"kan ikke leses som XML ({str(error)[:80]})")
    if root.tag != f"{{{_SVG}}}svg":
        return "er ikke en SVG"
    if any(node.getparent() is None and node is not root for node in _around(root)):
        return _not_allowed("<?…?>")
    found = next(_refused(root), "")
    return (_not_allowed(found) if found else "") or _size(root)


def _not_allowed(what: str) -> str:
    return f"har innhold som ikke er lov i en tegning: {what}"


def _around(root: Any) -> Iterator[Any]:
    """Return the instructions beside the root, such as a style sheet's."""
    for beside in (*root.itersiblings(preceding=True), *root.itersiblings()):
        if (
            not isinstance(beside.tag, str)
            and beside.text is not None
            and hasattr(beside, "target")
        ):
            yield beside


def _refused(root: Any) -> Iterator[str]:
    """Return each thing that is not allowed, as a reader would look for it."""
    for count, node in enumerate(root.iter()):
        if not isinstance(node.tag, str):
            if hasattr(node, "target"):
                yield f"<?{node.target}"
            continue
        space, _, name = node.tag.rpartition("}")
        if space != "{" + _SVG:
            if not _NOTES.match(space[1:]):
                yield f"<{name}>"
            continue
        if name not in _DRAWS:
            yield f"<{name}>"
        if count > MAX_ELEMENTS:
            yield f"mer enn {MAX_ELEMENTS} elementer"
        yield from _attributes(node, name)
        if name == "style":
            yield from _sheet(node)
    yield from _structure(root)


def _attributes(node: Any, name: str) -> Iterator[str]:
    for key, value in node.attrib.items():
        space, _, own = key.rpartition("}")
        if own.lower().startswith("on"):
            yield own
        elif own == "href":
            if name not in _GRADIENTS or not value.startswith("#"):
                yield f"href={value[:40]}"
        elif (space and space[1:] != _XLINK and not _NOTES.match(space[1:])) or own in (
            "src",
            "filter",
            "marker",
        ):
            yield own
        elif _URL.search(value):
            yield f"{own}={value[:40]}"


def _sheet(node: Any) -> Iterator[str]:
    text = "".join(node.itertext())
    if found := _URL.search(text) or _REUSE.search(text):
        yield f"{found[0]} i <style>"


def _structure(root: Any) -> Iterator[str]:
    """Return what would take long to draw: deep trees, clips in clips, gradients in a ring."""
    parents: dict[str, str] = {}
    for node in root.iter(f"{{{_SVG}}}*"):
        if sum(1 for _ in node.iterancestors()) >= MAX_DEPTH:
            yield f"mer enn {MAX_DEPTH} nivåer"
            return
        style = node.get("style", "")
        if node.get("clip-path") or node.get("mask") or _REUSE.search(style):
            above = (node, *node.iterancestors())
            if any(one.tag in (f"{{{_SVG}}}clipPath", f"{{{_SVG}}}mask") for one in above):
                yield "clip-path eller mask inne i en annen"
        if reference := node.get("href") or node.get(f"{{{_XLINK}}}href"):
            parents[node.get("id", "")] = reference[1:]
    for start in parents:
        at, steps = start, 0
        while at in parents and steps <= len(parents):
            at, steps = parents[at], steps + 1
        if at in parents:
            yield "overganger som viser til hverandre i ring"
            return


def _size(root: Any) -> str:
    box = root.get("viewBox", "0 0 1 1").replace(",", " ").split()
    try:
        numbers = [float(part) for part in box]
    except ValueError:
        numbers = []
    if len(numbers) != 4 or not all(math.isfinite(n) and abs(n) <= MAX_UNITS for n in numbers):
        return f"har en viewBox som ikke er fire tall på høyst {MAX_UNITS}"
    if numbers[2] <= 0 or numbers[3] <= 0:
        return "har en viewBox uten bredde eller høyde"
    for key in ("width", "height"):
        found = re.match(r"\s*([0-9.]+(?:e[+-]?\d+)?)", root.get(key, "1"), re.I)
        if found is None or not _fits(found[1]):
            return f"har en {key} som ikke er et tall på høyst {MAX_UNITS}"
    return ""


def _fits(number: str) -> bool:
    try:
        return 0 < float(number) <= MAX_UNITS
    except ValueError:
        return False
