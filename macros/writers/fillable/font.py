"""The font that is typed in: a simple one, with the letters of Norwegian and Sámi."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

# What the font is called in the form. PDFium, which Chrome and Edge draw with, takes letters from
# Č on from a font of the system, and draws none of Ŋ and Ŧ, unless it knows the form's own font
# for one of signs; and it knows that by this name alone. No other reader goes by the name.
FONT = "Webdings"
# WinAnsi lacks the letters of the Sámi languages that stand here in place of signs that nobody
# types in a form. All have a name in Adobe's glyph list, as PDF/UA-1 (7.21.6) asks.
_SAMI = {
    0x81: "Ccaron", 0x83: "Nacute", 0x86: "nacute", 0x87: "Gcaron", 0x88: "gcaron", 0x8D: "ccaron",
    0x8F: "Dcroat", 0x90: "dcroat", 0x98: "Eng", 0x9D: "eng", 0xA4: "Tbar", 0xA6: "tbar",
}  # fmt: skip


def form_fonts(pdf: Any, form: Any, fields: Iterable[Any]) -> Any:
    """Return the fonts to type in and to tick with.

    WeasyPrint names a composite font, for which readers must turn letters into glyph numbers;
    some cannot. So its program is put into a simple font, which every reader can write with.
    """
    import pikepdf

    found = pikepdf.Dictionary(
        ZaDb=pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.ZapfDingbats,
        )
    )
    used = {name for field in fields if (name := _font_name(field))}
    if used:  # not where there are only boxes to tick
        (composite,) = used
        found[f"/{FONT}"] = _simple_font(pdf, form.DR.Font[composite])
        del form.DR.Font[composite]
    return found


def _font_name(field: Any) -> str | None:
    found = re.search(r"(/\S+) \S+ Tf", str(field.get("/DA", "")))
    return found[1] if found else None


def _simple_font(pdf: Any, composite: Any) -> Any:
    import pikepdf

    descriptor = composite.DescendantFonts[0].FontDescriptor
    own = letters()
    program, widths = _program(descriptor.FontFile2.read_bytes())
    descriptor.FontFile2.write(program)
    descriptor.FontFile2.Length1 = len(program)
    descriptor.Flags = 1 << 5  # not symbolic
    differences: list[Any] = []
    for code, name in _SAMI.items():
        differences += [code, pikepdf.Name(f"/{name}")]
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.TrueType,
            BaseFont=descriptor.FontName,
            FirstChar=32,
            LastChar=255,
            Widths=pikepdf.Array(widths),
            FontDescriptor=descriptor,
            Encoding=pikepdf.Dictionary(
                Type=pikepdf.Name.Encoding,
                BaseEncoding=pikepdf.Name.WinAnsiEncoding,
                Differences=pikepdf.Array(differences),
            ),
            ToUnicode=pdf.make_stream(_to_unicode(own)),
        )
    )


@lru_cache(maxsize=4)
def _program(whole: bytes) -> tuple[bytes, tuple[int, ...]]:
    """Return a font with a form's letters alone, and each code's width (thousandths of an em).

    All forms have the same font whole, and cutting it takes a tenth of a form's time.
    """
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    own = letters()
    font = TTFont(io.BytesIO(whole), recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(letter) for letter in own.values()])
    cutter.subset(font)
    cmap, advances = font.getBestCmap(), font["hmtx"]
    scale = 1000 / font["head"].unitsPerEm
    names = [cmap.get(ord(own.get(code, "\0"))) for code in range(32, 256)]
    out = io.BytesIO()
    font.save(out)
    widths = (round(advances[name][0] * scale) if name else 0 for name in names)
    return out.getvalue(), tuple(widths)


def letters() -> dict[int, str]:
    """Return the letter of each code from 32 to 255 of the form's font."""
    from fontTools.agl import toUnicode  # type: ignore[import-untyped]

    found = {}
    for code in range(32, 256):
        letter = bytes([code]).decode("cp1252", errors="ignore")
        if code in _SAMI:
            found[code] = toUnicode(_SAMI[code])
        elif letter and code not in (0x7F, 0xA0, 0xAD):
            found[code] = letter
    return found


def _to_unicode(letters: dict[int, str]) -> bytes:
    lines = [f"<{code:02x}> <{ord(letter):04x}>" for code, letter in sorted(letters.items())]
    parts = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    body = "\n".join(
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()
