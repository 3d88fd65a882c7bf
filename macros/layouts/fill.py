"""Puts what a region has into the slots of a body that has been typeset (`slots.py`).

Nothing is laid out again. A slot is an empty picture, and a picture is a drawing of one square
(ISO 32000-1, 8.9.5): a form that draws into the same square goes in its place, wherever it is
shown. What is read aloud, the colours, the addresses and the metadata follow.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from macros.layouts.glyphs import Letters, LettersError, codes, fitted
from macros.layouts.pdf_pass import PassError, raw_pdf, save
from macros.layouts.slots import (
    BASE,
    FOOT,
    LETTERS,
    QR,
    SLOTS,
    Own,
    Slot,
    metadata,
    qr_matrix,
)

_COLOUR = re.compile(rb"(?<![\d.])((?:[\d.]+ ){3})(rg|RG)\b")
_TEXT = re.compile(rb"\bBT\b.*?\bET\b", re.DOTALL)
_UNDER, _THICK = 1.5, 0.5  # points: how a link is underlined, as print.css has it
_FONT = re.compile(rb"/(\w+) [\d.]+ Tf")
_BY_WORD = {slot.word: slot for slot in SLOTS}


def filled(body: bytes, own: Own, last: Callable[[Any], None]) -> tuple[bytes, int]:
    """Return a body with a region's own in it, and its number of pages.

    `last` is what its writer does to the open PDF after that. Raises PassError where the file has
    no letter that a text needs, or no such slots.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(body)) as pdf:
        _fill(pdf, own)
        last(pdf)
        return save(pdf, recompress=False), len(pdf.pages)


def _fill(pdf: Any, own: Own) -> None:
    """Put a region's own into an open PDF whose body was made with `slots.standing_in`."""
    letters = _letters(pdf)
    _colour(pdf, own)
    try:
        _boxes(pdf, own, letters)
    except LettersError as error:
        raise PassError(f"fant ingen skrift med «{error}»") from error
    for element in list(_elements(pdf)):
        _say(pdf, element, own, letters)
    for page in pdf.pages:
        for note in page.obj.get("/Annots", ()):
            _lead(note, own)
    _tell(pdf, own)


def _letters(pdf: Any) -> Letters:
    """Return the letters that the body brought, and take out where it showed them."""
    import pikepdf

    page = pdf.pages[0]
    notes = list(page.obj.get("/Annots", ()))
    note = next((one for one in notes if _address(one) == LETTERS), None)
    if note is None:
        raise PassError("filen har ingen bokstaver til regionens navn")
    page.obj.Annots = pikepdf.Array([one for one in notes if one is not note])
    link = _forgotten(pdf, int(note.StructParent))
    paragraph = link.P
    kids = [kid for kid in paragraph.P.K if not _same(kid, paragraph)]
    paragraph.P.K = pikepdf.Array(kids)
    numbers = {int(kid) for kid in link.K if isinstance(kid, int)}
    link.K = pikepdf.Array([])
    content, names = _content(page), []
    for number in numbers:
        block = re.compile(rb"<<\s*/MCID %d\s*>>\s*BDC(.*?)EMC" % number, re.DOTALL)
        found = block.search(content)
        if found is None:
            raise PassError("bokstavene til regionens navn er ikke på første side")
        names += _FONT.findall(found[1])
        content = content.replace(found[0], _TEXT.sub(b"", found[0]), 1)
    page.obj.Contents = pdf.make_stream(content)
    fonts = {f"/{name.decode()}": page.resources.Font[f"/{name.decode()}"] for name in names}
    known: dict[str, tuple[str, int, float]] = {}
    for name, font in fonts.items():
        for letter, (code, width) in codes(font).items():
            known.setdefault(letter, (name, code, width))
    return Letters(fonts, known)


def _forgotten(pdf: Any, number: int) -> Any:
    """Return the element of an annotation, and forget that it had one."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    # Annotations stand behind the pages.
    at = next(at for at in range(len(numbers) - 2, -1, -2) if int(numbers[at]) == number)
    element = numbers[at + 1]
    del numbers[at + 1], numbers[at]
    return element


def _same(kid: Any, other: Any) -> bool:
    return bool(getattr(kid, "objgen", None) == other.objgen)


def _content(page: Any) -> bytes:
    page.contents_coalesce()
    return bytes(page.obj.Contents.read_bytes())


def _colour(pdf: Any, own: Own) -> None:
    """Draw everything in the region's colours."""
    colours = {_triple(body): _triple(wanted) for body, wanted in own.colours.items()}
    known: dict[bytes, bytes] = {}

    def region(found: re.Match[bytes]) -> bytes:
        if found[1] not in known:
            triple = tuple(round(float(one) * 255) for one in found[1].split())
            here = colours.get(triple)
            known[found[1]] = found[1] if here is None else _operands(here)
        return known[found[1]] + found[2]

    for stream in _drawings(pdf):
        before = stream.read_bytes()
        after = _COLOUR.sub(region, before)
        if after != before:
            stream.write(after)


def _triple(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _operands(triple: tuple[int, ...]) -> bytes:
    return "".join(f"{one / 255:.6f}".rstrip("0").rstrip(".") + " " for one in triple).encode()


def _drawings(pdf: Any) -> Iterator[Any]:
    """Return the content of each page, and of what the pages show."""
    import pikepdf

    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        page.contents_coalesce()
        yield page.obj.Contents
        ahead = [page.obj.get("/Resources", {})]
        while ahead:
            resources = ahead.pop()
            for kind in ("/XObject", "/Pattern"):
                for found in dict(resources.get(kind, {})).values():
                    drawn = isinstance(found, pikepdf.Stream) and found.get("/Subtype") != "/Image"
                    if drawn and found.objgen not in seen:
                        seen.add(found.objgen)
                        yield found
                        ahead.append(found.get("/Resources", {}))


def _boxes(pdf: Any, own: Own, letters: Letters) -> None:
    """Draw what is in each slot in place of the picture that kept it free."""
    made: dict[int, Any] = {}
    for page in pdf.pages:
        pictures = page.obj.Resources.get("/XObject", {})
        for name, found in dict(pictures).items():
            if found.get("/Subtype") == "/Image" and found.Height == 1:
                place = int(found.Width)
                if place not in made:
                    made[place] = _form(pdf, SLOTS[place - 1], own, letters)
                pictures[name] = made[place]


def _form(pdf: Any, slot: Slot, own: Own, letters: Letters) -> Any:
    """Return a form (ISO 32000-1, 8.10) that draws a slot's content into a square of one."""
    import pikepdf

    if slot.tall and slot is not QR:
        form = _logo(pdf, slot, own)
    else:
        slot = slot if slot.tall else slot.of(own.text(slot))
        content = _code(slot, own.address) if slot is QR else _lines(slot, own, letters)
        form = pdf.make_stream(content.encode())
        fonts = {} if slot is QR else letters.fonts
        form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(fonts))
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array([0, 0, slot.width, slot.height])
    form.Matrix = pikepdf.Array([round(1 / slot.width, 8), 0, 0, round(1 / slot.height, 8), 0, 0])
    return form


def _lines(slot: Slot, own: Own, letters: Letters) -> str:
    """Return the operators that write a slot's text: its lines end at the foot of the box."""
    lines, size = _written(slot, own, letters)
    colour = _operands(_triple(own.roles[slot.role])).decode() + "rg"
    tall, content = slot.height / slot.lines, [colour]
    for up, line in zip(range(len(lines) - 1, -1, -1), lines, strict=True):
        wide = letters.width(line, size)
        left = slot.width - wide if slot.right else 0
        foot = up * tall + FOOT * slot.size
        content.append(f"BT 1 0 0 1 {left:.2f} {foot:.2f} Tm {letters.shown(line, size)} ET")
        if slot.role == "link":
            content.append(f"{left:.2f} {foot - _UNDER:.2f} {wide:.2f} {_THICK} re f")
    return "\n".join(content)


def _written(slot: Slot, own: Own, letters: Letters) -> tuple[list[str], float]:
    """Return the lines of a slot's text, and their size in points."""
    text = own.text(slot).replace("\u00ad", "")  # a place to part a word, and no letter
    return fitted(text, letters, slot.width, slot.of(text).lines, slot.size)


def _code(slot: Slot, address: str) -> str:
    """Return the operators that draw an address as a QR code with its quiet zone."""
    rows = [bytes(row) for row in qr_matrix(address).matrix_iter(border=4)]
    step = slot.width / len(rows)
    content = ["0 g"]
    for down, row in enumerate(rows, start=1):
        for dark in re.finditer(rb"\x01+", row):
            left, wide = dark.start() * step, len(dark[0]) * step
            content.append(f"{left:.3f} {slot.height - down * step:.3f} {wide:.3f} {step:.3f} re")
    return "\n".join([*content, "f"])


def _logo(pdf: Any, slot: Slot, own: Own) -> Any:
    """Return the region's logo as a form, as large as the slot lets it be."""
    import pikepdf

    if own.logo is None:
        raise PassError("det er satt av plass til en logo som ikke er der")
    with pikepdf.open(io.BytesIO(_logo_page(*own.logo, slot.width, slot.height))) as drawn:
        form = drawn.pages[0].as_form_xobject()
        if not re.search(rb"/\S+ cs\b", form.read_bytes(), re.IGNORECASE):
            del form.Resources.ColorSpace  # a profile of 2.5 kB, that no colour of it is told by
        return pdf.copy_foreign(form)


@lru_cache(maxsize=4)
def _logo_page(ending: str, data: bytes, width: float, height: float) -> bytes:
    """Return a PDF of one page of so many points, with the logo in its upper left corner."""
    style = (
        f"@page{{size:{width:.2f}pt {height:.2f}pt;margin:0}}body{{margin:0}}img{{display:block;"
        f"width:{width:.2f}pt;height:{height:.2f}pt;object-fit:contain;object-position:0 0;"
        # Or WeasyPrint asks for smooth pictures, which PDF/A refuses (ISO 19005-2, 6.2.8).
        "image-rendering:crisp-edges}"
    )
    image = f'<img src="asset:logo{ending}" alt="">'
    html = f"<html><head><style>{style}</style></head><body>{image}</body></html>"
    return raw_pdf(html, {f"logo{ending}": data}, pdf_variant="pdf/a-2b")[0]


def _elements(pdf: Any) -> Iterator[Any]:
    """Return what each marked content is of: also that of running heads, which no tree has."""
    import pikepdf

    for found in list(pdf.Root.StructTreeRoot.ParentTree.Nums)[1::2]:
        yield from found if isinstance(found, pikepdf.Array) else ()


def _say(pdf: Any, element: Any, own: Own, letters: Letters) -> None:
    """Have a slot read as what is in it: a text as text, a drawing by its description.

    WeasyPrint makes a picture in a link a link of its own. One is enough.
    """
    import pikepdf

    slot = _BY_WORD.get(str(element.get("/Alt", "")))
    if slot is None:
        return
    if slot.tall:
        element.Alt = pikepdf.String(own.text(slot))
    else:
        element.S = pikepdf.Name.Span
        del element.Alt, element.A
    for link in _notes(element):
        _forgotten(pdf, int(link.StructParent))
        notes = element.Pg.Annots
        element.Pg.Annots = pikepdf.Array([one for one in notes if not _same(one, link)])
    element.K = pikepdf.Array([kid for kid in element.K if isinstance(kid, int)])
    for link in _notes(element.P) if slot.role == "link" else ():
        lines, size = _written(slot, own, letters)
        left, top, _, bottom = link.Rect
        right = float(left) + max(letters.width(line, size) for line in lines)
        link.Rect = pikepdf.Array([left, top, round(right, 2), bottom])


def _notes(element: Any) -> list[Any]:
    """Return the annotations that an element is of."""
    import pikepdf

    kids = element.K if isinstance(element.get("/K"), pikepdf.Array) else ()
    return [kid.Obj for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]


def _address(note: Any) -> str:
    return str(note.A.URI) if "/A" in note and "/URI" in note.A else ""


def _lead(note: Any, own: Own) -> None:
    """Lead a link of the body to the region's site."""
    import pikepdf

    address = _address(note)
    if not address.startswith(BASE):
        return
    leads = own.base_url + address.removeprefix(BASE)
    note.A.URI = pikepdf.String(leads)
    if str(note.get("/Contents", "")).startswith(BASE):
        note.Contents = pikepdf.String(leads)


def _tell(pdf: Any, own: Own) -> None:
    """Say in the metadata whose document it is."""
    import pikepdf

    said = metadata(own)
    stream = pdf.Root.Metadata
    text = stream.read_bytes().decode()
    for word, real in said.items():
        text = text.replace(word, escape(real))
    stream.write(text.encode())
    for name, value in dict(pdf.docinfo).items():
        found = str(value)
        for word, real in said.items():
            found = found.replace(word, real)
        if found != str(value):
            pdf.docinfo[name] = pikepdf.String(found)
