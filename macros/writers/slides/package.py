"""The package that a deck is: what all decks of an edition have, and its own slides.

The first is made once, by python-pptx. A slide is a part with its placeholders, a part with its
notes, and what each of them points to.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count, islice

from macros.layouts.markup import DECLARATION, encode
from macros.layouts.office import DRAWING, RELATION, Fonts, content_types, packed, relations
from macros.writers.slides.master import Logo, presentation

_SPACES = (
    f'xmlns:a="{DRAWING}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    f' xmlns:r="{RELATION}"'
)
_GROUP = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
_NO_SIZE = (
    '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
    '<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_TYPE = "application/vnd.openxmlformats-officedocument.presentationml"
_FIRST_SLIDE = 256  # the least id that a slide may have (ISO/IEC 29500-1, 19.7.13)
_TYPES, _WHOLE = "[Content_Types].xml", "ppt/_rels/presentation.xml.rels"
_POINTER = re.compile(r'<Relationship Id="([^"]+)" Type="([^"]+)" Target="([^"]+)"')
_DEFAULT = re.compile(r'<Default Extension="([^"]+)"')
_OVERRIDE = re.compile(r'<Override PartName="/([^"]+)" ContentType="([^"]+)"')
Pointers = dict[tuple[str, str], str]  # the id of each kind and target


@dataclass(frozen=True)
class Look:
    """What all decks of an edition in one language are made from."""

    colours: tuple[tuple[str, str], ...]
    fonts: Fonts
    language: str
    site: str
    logo: Logo


@dataclass
class Slide:
    """A slide: its number, that of its layout, its shapes, and the paragraphs of its notes."""

    number: int
    layout: int
    shapes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pointers: Pointers = field(default_factory=dict)
    notes_pointers: Pointers = field(default_factory=dict)

    def __post_init__(self) -> None:
        _point(self.pointers, "slideLayout", f"../slideLayouts/slideLayout{self.layout}.xml")
        _point(self.notes_pointers, "notesMaster", "../notesMasters/notesMaster1.xml")
        _point(self.notes_pointers, "slide", f"../slides/slide{self.number}.xml")

    def link(self, address: str) -> str:
        """Return the id of an address that the slide leads to."""
        return _point(self.pointers, "hyperlink", address)

    def link_notes(self, address: str) -> str:
        """Return the id of an address that the notes lead to."""
        return _point(self.notes_pointers, "hyperlink", address)

    def picture(self, name: str) -> str:
        """Return the id of a picture in `media/`."""
        return _point(self.pointers, "image", f"../media/{name}")

    def parts(self, notes: int) -> Iterator[tuple[str, str, str]]:
        """Return the parts with their types; `notes` is the number of those, where it has any."""
        if self.notes:
            _point(self.pointers, "notesSlide", f"../notesSlides/notesSlide{notes}.xml")
            name, said = f"notesSlides/{{}}notesSlide{notes}.xml", "".join(self.notes)
            yield from _part(name, "notes", _NO_SIZE, _NOTES.format(said), self.notes_pointers)
        name, shapes = f"slides/{{}}slide{self.number}.xml", "".join(self.shapes)
        yield from _part(name, "sld", "<p:grpSpPr/>", shapes, self.pointers)


def _point(found: Pointers, kind: str, target: str) -> str:
    return found.setdefault((f"{RELATION}/{kind}", target), f"rId{len(found) + 1}")


def _part(
    name: str, root: str, size: str, shapes: str, pointers: Pointers
) -> Iterator[tuple[str, str, str]]:
    tree = f"<p:cSld><p:spTree>{_GROUP}{size}{shapes}</p:spTree></p:cSld>"
    mapped = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
    kind = {"notes": "notesSlide", "sld": "slide"}[root]
    xml = f"<p:{root} {_SPACES}>{tree}{mapped}</p:{root}>"
    yield f"ppt/{name.format('')}", f"{_TYPE}.{kind}+xml", xml
    yield f"ppt/{name.format('_rels/')}.rels", "", relations(pointers)


def _notes_shape(number: int, name: str, kind: str, inner: str = "") -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"{inner}</p:sp>"
    )


# As python-pptx's empty file has the notes' master.
_NOTES = (
    _notes_shape(2, "Slide Image Placeholder 1", 'type="sldImg" idx="2"')
    + _notes_shape(
        3,
        "Notes Placeholder 2",
        'type="body" idx="3" sz="quarter"',
        "<p:txBody><a:bodyPr/><a:lstStyle/>{}</p:txBody>",
    )
    + _notes_shape(4, "Slide Number Placeholder 3", 'type="sldNum" idx="5" sz="quarter"')
)


@lru_cache(maxsize=4)
def _shared(look: Look) -> Mapping[str, bytes]:
    """Return the parts of a deck without slides."""
    out = io.BytesIO()
    file = presentation(dict(look.colours), look.fonts, look.language, look.site, look.logo)
    file.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pictures(look: Look) -> int:
    """Return how many pictures all decks have."""
    return sum(name.startswith("ppt/media/") for name in _shared(look))


def deck(
    look: Look,
    slides: Sequence[Slide],
    core: str,
    day: dt.date | None,
    media: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the file, with `core` as its properties and `media` in its folder of that name.

    Raises ValueError where a text has a character that XML cannot hold.
    """
    shared, notes = _shared(look), count(1)
    types: dict[str, str] = {}
    made = {"docProps/core.xml": core}
    for slide in slides:
        for path, kind, xml in slide.parts(next(notes) if slide.notes else 0):
            made[path] = xml
            if kind:
                types[path] = kind
    own = {f"ppt/media/{name}": data for name, data in (media or {}).items()}
    known = shared[_TYPES].decode()
    endings = {*_DEFAULT.findall(known), *(path.rpartition(".")[2] for path in own)}
    made[_TYPES] = content_types(endings, {**dict(_OVERRIDE.findall(known)), **types})
    made |= _listed(shared, len(slides))
    parts = {path: encode(DECLARATION + xml) for path, xml in made.items()}
    return packed({**shared, **own, **parts}, day)


def _listed(shared: Mapping[str, bytes], slides: int) -> Iterator[tuple[str, str]]:
    """Return the two parts that say which slides there are, in order."""
    found = {
        (kind, target): name for name, kind, target in _POINTER.findall(shared[_WHOLE].decode())
    }
    taken = frozenset(found.values())
    free = (name for number in count(1) if (name := f"rId{number}") not in taken)
    ids = ""
    for number, name in enumerate(islice(free, slides)):
        found[f"{RELATION}/slide", f"slides/slide{number + 1}.xml"] = name
        ids += f'<p:sldId id="{_FIRST_SLIDE + number}" r:id="{name}"/>'
    yield _WHOLE, relations(dict(sorted(found.items(), key=lambda item: int(item[1][3:]))))
    whole = shared["ppt/presentation.xml"].decode().removeprefix(DECLARATION)
    listed = f"<p:sldIdLst>{ids}</p:sldIdLst>"
    yield "ppt/presentation.xml", whole.replace("<p:sldIdLst/>", listed, 1)
