"""An SVG from anywhere, made into a plain drawing: what draws, and nothing else.

The drawing is built anew from what is known to draw, so nothing that could run or fetch comes
along. What would change the drawing if it were left out is refused, with what to do. What could
take for ever to draw is refused by counting: every reference is followed, and what it multiplies is
counted, before anything is drawn.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from macros.content.svg import parts
from macros.content.svg.images import embedded
from macros.content.svg.style import Declared, Unfit, outside, styled

MAX_ELEMENTS = 20_000  # in the file
MAX_DRAWN = 60_000  # elements, when every reference is followed
MAX_PATH = 12_000_000  # letters of paths, likewise
MAX_FILTERS = 300  # steps of filters, likewise
MAX_DEPTH = 80  # elements and references within each other
MAX_VALUE = 20_000  # letters of an attribute that is no path or picture
MAX_TEXT = 2000  # letters of text, when every reference is followed
MAX_UNITS = 1_000_000  # beyond that drawing programs lose precision
MAX_RATIO = 40  # width to height, or height to width
MAX_ENTITIES = 100
SIDE = 512.0  # what the longer side is called; a drawing has no size of its own

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
_NUMBERS = re.compile(_NUMBER, re.I)
_LENGTH = re.compile(rf"\s*({_NUMBER})\s*([a-z]*)\s*", re.I)
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "em": 16.0, "rem": 16.0}
_PIXELS |= {"mm": 96 / 25.4, "cm": 96 / 2.54, "q": 96 / 101.6, "ex": 8.0}
_CORNERS = re.compile(r"[a-z,\s]", re.I)
_REFERENCE = re.compile(r"url\(#([^)]*)\)")
_LONG = {"d", "points", "href", f"{{{parts.XLINK}}}href"}  # attributes that hold what is drawn
_GRADIENTS = ("linearGradient", "radialGradient")
_PLACES = ("x1", "y1", "x2", "y2", "cx", "cy", "r", "fx", "fy")
_SHOWN = (parts.SVG, parts.XHTML, None)  # namespaces that a browser knows
_UNUSED = 10  # rounds: what only something unused refers to is unused as well
_XLINK_HREF = f"{{{parts.XLINK}}}href"
_SPACE = f"{{{parts.XML}}}space"


@dataclass
class Drawing:
    """A plain drawing: its tree, and whether its frame must be found by drawing it."""

    root: Any
    frameless: bool = False
    has: set[str] = field(default_factory=set)  # names of elements and of what is special

    def data(self) -> bytes:
        """Return the file."""
        return bytes(etree.tostring(self.root, encoding="utf-8"))

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """Let the drawing show this part of its plane, and no more."""
        _set_frame(self.root, (x, y, width, height), width / height)


def plain(data: bytes) -> Drawing:
    """Return the drawing that an SVG holds. Raises Unfit for what a logo cannot have."""
    root = _tree(data)
    _refuse(root)
    styles = styled(root)
    drawing = Drawing(etree.Element(f"{{{parts.SVG}}}svg", nsmap={None: parts.SVG}))
    drawing.has = {name for name in ("mix-blend-mode", "vector-effect") if name in str(styles)}
    _copy(root, drawing.root, styles)
    drawing.frameless = _frame(root, drawing.root, styles[root])
    _drop_unused(drawing.root)
    _name_references(drawing.root)
    _count(drawing.root)
    drawing.has |= {etree.QName(node).localname for node in drawing.root.iter()}
    if any(_is_turned(node) for node in drawing.root.iter()):
        drawing.has.add("turned gradient")
    return drawing


def _is_turned(node: Any) -> bool:
    """Return whether this is a gradient that is measured by its shape and then turned."""
    turned = re.search("rotate|skew|matrix", node.get("gradientTransform", ""))
    return bool(turned) and not node.get("gradientUnits", "").startswith("user")


def _tree(data: bytes) -> Any:
    if data.startswith(b"\x1f\x8b"):
        raise Unfit("er pakket (SVGZ)", "Lagre den som vanlig SVG uten komprimering.")
    parser = etree.XMLParser(
        resolve_entities="internal", no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!ENTITY" in data:
            raise _entities() from error
        if "depth" in str(error.msg):
            raise _deep() from error
        where = f"linje {error.lineno}: {str(error.msg)[:80]}"
        raise Unfit(f"kan ikke leses som SVG ({where})") from error
    if root.tag != f"{{{parts.SVG}}}svg":
        raise Unfit("er ikke en SVG: den begynner ikke med <svg xmlns=…>")
    _check_entities(root.getroottree().docinfo.internalDTD)
    beside = (*root.itersiblings(preceding=True), *root.itersiblings(), *root.iter(etree.PI))
    if any(node.tag is etree.PI and node.target == "xml-stylesheet" for node in beside):
        raise outside("<?xml-stylesheet")
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise Unfit(f"har mer enn {MAX_ELEMENTS} elementer, og det er for mye å tegne på hver side")
    return root


def _check_entities(declared: Any) -> None:
    """Let through what Illustrator writes: short texts, such as the names of namespaces."""
    entities = list(declared.iterentities()) if declared is not None else []
    for entity in entities:
        text = entity.orig or ""
        if entity.system_url or entity.content is None or re.search(r"[&<%]", text):
            raise _entities()
    if len(entities) > MAX_ENTITIES:
        raise _entities()


def _entities() -> Unfit:
    return Unfit("har egne forkortelser (<!ENTITY …>) som kan hente filer eller vokse uten grense")


def _is_adobes(node: Any) -> bool:
    """Return whether this is Illustrator's own copy of the drawing, which no browser shows."""
    return bool(node.get("requiredExtensions", "").startswith("http://ns.adobe.com/"))


def _refuse(root: Any) -> None:
    """Raise Unfit for what could run or show a web page, wherever in the file it stands."""
    for node in root.iter():
        if not isinstance(node.tag, str) or _is_adobes(node):
            continue
        name = etree.QName(node)
        shown, tag = name.namespace in _SHOWN, name.localname
        if tag.lower() == "script" or (tag in parts.REFUSED and shown):
            raise Unfit(f"har innhold som kan kjøre eller vise en nettside (<{tag}>)")
        if name.namespace in (parts.XHTML, parts.XINCLUDE):
            raise Unfit(f"har innhold som ikke hører til en tegning (<{tag}>)")
        changes = node.get("attributeName", "") if tag in parts.ANIMATIONS else ""
        if re.search(r"href|^on", changes, re.I):
            raise Unfit(f"endrer lenker eller skript mens den vises (<{tag}>)")
        for key, value in node.attrib.items() if shown else ():
            if key.lower().startswith("on") or value.strip().lower().startswith("javascript:"):
                raise Unfit(f"har et skript ({etree.QName(key).localname})")
            if len(value) > MAX_VALUE and key not in _LONG:
                raise Unfit(f"har en verdi på {len(value)} tegn ({key}), og det er for mye å tegne")


def _deep() -> Unfit:
    return Unfit(f"har mer enn {MAX_DEPTH} nivåer inne i hverandre")


def _copy(source: Any, target: Any, styles: dict[Any, Declared]) -> None:
    """Copy what draws of an element's attributes and children to the new drawing."""
    for key, value in _attributes(source, styles[source]):
        target.set(key, value)
    is_text = etree.QName(target).localname in parts.TEXTS
    if is_text:
        target.text = source.text
    for child in _children(source):
        name = _known(child)
        made = None
        if name:
            made = etree.SubElement(target, f"{{{parts.SVG}}}{name}")
            _copy(child, made, styles)
        if is_text and child.tail:
            _add_text(target, made, child.tail)


def _add_text(target: Any, after: Any, text: str) -> None:
    if after is not None:
        after.tail = text
    elif len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _children(source: Any) -> Iterator[Any]:
    """Return the children to draw: of a switch, the first that asks for nothing (SVG 2, 5.9)."""
    children = [child for child in source if isinstance(child.tag, str)]
    if source.tag == f"{{{parts.SVG}}}switch":
        for child in children:
            if not child.get("requiredExtensions") and not child.get("systemLanguage"):
                yield child
                return
        return
    yield from children


def _known(node: Any) -> str:
    """Return the name of an element that draws, or the empty string for one that does not."""
    name = etree.QName(node)
    if name.namespace != parts.SVG or _is_adobes(node):
        return ""
    if name.localname in ("a", "switch"):
        return "g"
    return name.localname if name.localname in parts.DRAWS else ""


def _attributes(node: Any, style: Declared) -> Iterator[tuple[str, str]]:
    """Return an element's attributes as the plain drawing has them."""
    name = etree.QName(node).localname
    of_shape = name in _GRADIENTS and not node.get("gradientUnits", "").startswith("user")
    for key, value in node.attrib.items():
        if of_shape and value.endswith("%") and _LENGTH.fullmatch(value[:-1]) and key in _PLACES:
            # WeasyPrint 70 measures a radius in per cent along the wrong line.
            yield key, f"{float(value[:-1]) / 100:.10g}"
        elif key in ("id", _SPACE) or (key in parts.GEOMETRY and key not in style):
            yield key, value
    for key, value in style.items():
        if key in parts.PROPERTIES or (key in parts.BOTH and name not in parts.TEXTS):
            yield key, value
    if alone := [f"{key}:{style[key]}" for key in sorted(style) if key in parts.STYLE_ONLY]:
        yield "style", ";".join(alone)
    href = (node.get("href") or node.get(_XLINK_HREF) or "").strip()
    if href and name == "image":
        yield "href", embedded(href)
    elif href and name in parts.DRAWS:
        if not href.startswith("#"):
            raise outside(href)
        yield "href", href


def _frame(source: Any, target: Any, style: Declared) -> bool:
    """Give the drawing its viewBox and size; return whether neither is to be had."""
    width, height = (_pixels(source.get(key)) for key in ("width", "height"))
    # Programs do not agree on a transform of the whole; a browser lets it leave the frame.
    for key in ("width", "height", "x", "y", "viewBox", "transform"):
        target.attrib.pop(key, None)
    if "viewBox" in source.attrib:
        box = _box(source.get("viewBox"))
    elif width and height:
        box = (0.0, 0.0, width, height)
    else:
        return True
    _set_frame(target, box, width / height if width and height else box[2] / box[3])
    if ground := style.get("background"):
        x, y, wide, high = (f"{number:g}" for number in box)
        rect = etree.Element(f"{{{parts.SVG}}}rect", x=x, y=y, width=wide, height=high, fill=ground)
        target.insert(0, rect)
    return False


def _set_frame(root: Any, box: tuple[float, float, float, float], ratio: float) -> None:
    if not 1 / MAX_RATIO <= ratio <= MAX_RATIO:
        raise Unfit(f"er mer enn {MAX_RATIO} ganger så lang som bred", "Bruk en kortere utgave.")
    root.set("viewBox", " ".join(f"{number:.10g}" for number in box))
    root.set("width", f"{SIDE * min(1, ratio):.6g}")
    root.set("height", f"{SIDE / max(1, ratio):.6g}")


def _pixels(written: str | None) -> float | None:
    found = _LENGTH.fullmatch(written or "")
    if not found or found[2].lower() not in _PIXELS:
        return None
    pixels = float(found[1]) * _PIXELS[found[2].lower()]
    if not 0 < pixels <= MAX_UNITS:
        raise Unfit(f"har en bredde eller høyde som ikke kan tegnes ({written})")
    return pixels


def _box(written: str) -> tuple[float, float, float, float]:
    numbers = [float(number) for number in _NUMBERS.findall(written)]
    if len(numbers) != 4 or not all(math.isfinite(n) and abs(n) <= MAX_UNITS for n in numbers):
        raise Unfit(f"har en viewBox som ikke er fire tall på høyst {MAX_UNITS}")
    if numbers[2] <= 0 or numbers[3] <= 0:
        raise Unfit("har en viewBox uten bredde eller høyde")
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _references(node: Any) -> Iterator[tuple[str, str]]:
    """Return each attribute that refers within the drawing, and the id that it names."""
    for key, value in node.attrib.items():
        if key == "href" and value.startswith("#"):
            yield key, value[1:]
        elif "url(#" in value:
            for found in _REFERENCE.finditer(value):
                yield key, found[1]


def _drop_unused(root: Any) -> None:
    """Take out what is only drawn where something refers to it, and nothing does."""
    for _ in range(_UNUSED):
        used = {name for node in root.iter() for _, name in _references(node)}
        unused = [
            node
            for node in root.iter(*(f"{{{parts.SVG}}}{name}" for name in parts.NEVER_ALONE))
            if node.get("id") not in used
        ]
        for node in unused:
            node.getparent().remove(node)
        if not unused:
            return


def _name_references(root: Any) -> None:
    """Give what is referred to short names of our own, and drop what leads nowhere."""
    there: dict[str, Any] = {}
    for node in root.iter():
        there.setdefault(node.get("id", ""), node)
    names: dict[str, str] = {}
    for node in root.iter():
        for key, wanted in list(_references(node)):
            if wanted in there and wanted:
                names.setdefault(wanted, f"a{len(names)}")
            elif key in parts.MUST_EXIST or key == "href":
                node.attrib.pop(key, None)
    for node in root.iter():
        own = node.attrib.pop("id", "")
        if own in names and there[own] is node:
            node.set("id", names[own])
        for key, wanted in list(_references(node)):
            if wanted in names:
                old, new = (f"#{wanted}", f"#{names[wanted]}")
                value = node.get(key)
                node.set(key, new if key == "href" else value.replace(f"{old})", f"{new})"))


@dataclass(frozen=True)
class _Cost:
    """What it takes to draw an element, when every reference in it is followed."""

    elements: int = 1
    letters: int = 0  # of paths
    steps: int = 0  # of filters
    text: int = 0
    depth: int = 1

    def plus(self, other: _Cost, times: int = 1) -> _Cost:
        return _Cost(
            self.elements + other.elements * times,
            self.letters + other.letters * times,
            self.steps + other.steps * times,
            self.text + other.text * times,
            max(self.depth, other.depth + 1),
        )

    def check(self) -> None:
        """Raise Unfit for more than anyone should have to draw."""
        if self.depth > MAX_DEPTH:
            raise _deep()
        if self.text > MAX_TEXT:
            raise Unfit(f"har mer enn {MAX_TEXT} tegn tekst")
        if self.elements > MAX_DRAWN or self.letters > MAX_PATH or self.steps > MAX_FILTERS:
            raise Unfit("gjentar deler av seg selv så mange ganger at den ikke kan tegnes")


def _count(root: Any) -> None:
    """Raise Unfit when following every reference would draw too much, or never end."""
    by_id = {node.get("id"): node for node in root.iter() if node.get("id")}
    known: dict[Any, _Cost] = {}
    within: set[Any] = set()

    def cost(node: Any, depth: int) -> _Cost:
        if node in known:
            return known[node]
        if node in within:
            raise Unfit("viser til seg selv i ring")
        if depth > MAX_DEPTH:
            raise _deep()
        within.add(node)
        path = node.get("d") or node.get("points") or ""
        is_step = etree.QName(node).localname in parts.FILTERS
        found = _Cost(1, len(path), int(is_step), len(node.text or "") + len(node.tail or ""))
        for child in node:
            found = found.plus(cost(child, depth + 1))
        for key, name in _references(node):
            # A marker is drawn at every corner of the path.
            times = 1 + len(_CORNERS.findall(path)) if key.startswith("marker") else 1
            if name in by_id:
                found = found.plus(cost(by_id[name], depth + 1), times)
            found.check()
        found.check()
        within.discard(node)
        known[node] = found
        return found

    cost(root, 0)
