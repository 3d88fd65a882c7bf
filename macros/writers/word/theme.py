"""The theme and the font table: the region's colours in Word's own palette, and a stand-in font."""

from __future__ import annotations

from collections.abc import Mapping

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# The theme's twelve colours in the order that the schema asks for (ISO/IEC 29500-1, 20.1.6.2).
_SLOTS = {
    "dk1": "ink", "lt1": "paper", "dk2": "muted", "lt2": "tint-1", "accent1": "accent",
    "accent2": "muted", "accent3": "tint-3", "accent4": "line", "accent5": "tint-2",
    "accent6": "ink", "hlink": "link", "folHlink": "muted",
}  # fmt: skip


def theme(colours: Mapping[str, str], font: str, headings: str) -> str:
    """Return `theme1.xml`, so that a chart or a shape drawn in the file gets its colours."""
    scheme = "".join(
        f'<a:{slot}><a:srgbClr val="{colours[name].lstrip("#").upper()}"/></a:{slot}>'
        for slot, name in _SLOTS.items()
    )
    major, minor = (
        f'<a:latin typeface="{name}"/><a:ea typeface=""/><a:cs typeface=""/>'
        for name in (headings, font)
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{_DRAWING}" name="NVR"><a:themeElements>'
        f'<a:clrScheme name="NVR">{scheme}</a:clrScheme><a:fontScheme name="NVR">'
        f"<a:majorFont>{major}</a:majorFont><a:minorFont>{minor}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="NVR"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def fonts(own: str, *region: str) -> str:
    """Return `fontTable.xml`: what a program may put in place of a font that it lacks.

    A region's font gives way to ours, `own`, and that one to a font of the same widths.
    """
    chain = {name: own for name in region if name != own} | {own: "Carlito"}
    entries = "".join(_font(name, instead) for name, instead in chain.items())
    return f'<w:fonts xmlns:w="{_MAIN}">{entries}</w:fonts>'


def _font(name: str, instead: str) -> str:
    # The classification belongs to our own font: of the region's nothing is known but its name.
    panose = '<w:panose1 w:val="020F0502020204030204"/>' if instead == "Carlito" else ""
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/>{panose}<w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
    )
