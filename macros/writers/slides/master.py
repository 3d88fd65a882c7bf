"""The look of a deck: python-pptx's empty file with a theme, a master and layouts of ours.

Sizes are points; a slide is 960 × 540 of them, 16:9.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from macros.content.brand.mark import Mark
from macros.layouts.office import DRAWING, Fonts, theme

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NS = (
    f'xmlns:a="{DRAWING}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
EMU = 12700  # of a point
_WIDE, _TALL = 960, 540
_LEFT, _TEXT = 64, 832
_APP = (
    f"{_DECLARATION}<Properties xmlns="
    '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Næringsvennlig region</Application></Properties>"
)
_LOGO_TALL, _LOGO_WIDE = 40, 220
Box = tuple[float, float, float, float]

Logo = tuple[Mark, str] | None


def presentation(
    colours: Mapping[str, str], families: Fonts, language: str, site: str, logo: Logo
) -> Any:
    """Return a presentation without slides; its layouts are cover, text, table, task, pause."""
    import pptx
    from pptx.util import Pt

    file = pptx.Presentation()
    file.slide_width, file.slide_height = Pt(_WIDE), Pt(_TALL)
    layouts = _layouts(language)
    for layout in list(file.slide_layouts)[len(layouts) :]:
        file.slide_layouts.remove(layout)
    master = file.slide_master
    look = (_DECLARATION + theme(colours, families, dark="heading")).encode()
    _part(master.part, "theme")._blob = look
    small = (_LEFT, 494, _LOGO_WIDE, 30)
    brand = _picture(master.part, logo, small) if logo else ""
    beside = _within(logo[0], small)[2] + 16 if logo else 0
    _put(master.part, _master(master.part, language, site, brand, beside))
    for layout, text in zip(list(file.slide_layouts), layouts, strict=True):
        cover = 'showMasterSp="0"' in text
        own = _picture(layout.part, logo, (_LEFT, 48, _LOGO_WIDE, _LOGO_TALL)) if logo else ""
        _put(layout.part, text.replace("<!--logo-->", own if cover else ""))
    _part(file.notes_master.part, "theme")._blob = look
    _clean(file, language)
    return file


def _part(part: Any, kind: str) -> Any:
    return next(rel.target_part for rel in part.rels.values() if rel.reltype.endswith(f"/{kind}"))


def _put(part: Any, text: str) -> None:
    """Give a part other content; python-pptx has parsed the old one already."""
    from pptx.oxml import parse_xml

    root, new = part._element, parse_xml(text.encode())
    for child in list(root):
        root.remove(child)
    for key in list(root.attrib):
        del root.attrib[key]
    root.attrib.update(new.attrib)
    root.extend(list(new))


def _clean(file: Any, language: str) -> None:
    """Take away what python-pptx's empty file has of its own: its picture, printer and traces."""
    for part in (file.part.package, file.part, file.notes_master.part):
        rels = part._rels if part is file.part.package else part.rels
        for key, rel in list(rels.items()):
            if rel.reltype.endswith(("/thumbnail", "/printerSettings")):
                rels.pop(key)
    for element in (file.part._element, file.notes_master._element):
        for node in element.iter():
            if node.get("lang"):
                node.set("lang", language)
    for rel in file.part.package._rels.values():
        if rel.reltype.endswith("/extended-properties"):
            rel.target_part._blob = _APP.encode()


def _picture(part: Any, logo: tuple[Mark, str], box: Box) -> str:
    """Return the logo as a picture within a box, standing at its left."""
    mark, alt = logo
    _, key = part.get_or_add_image_part(io.BytesIO(mark.picture))
    place = _place(_within(mark, box))
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="90" name="Logo" descr={quoteattr(alt)}/><p:cNvPicPr>'
        '<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f'<p:spPr>{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def _within(mark: Mark, box: Box) -> Box:
    """Return the place of a picture in its own shape within a box, at its left and top."""
    left, top, wide, tall = box
    scale = min(wide / mark.width, tall / mark.height)
    return left, top, mark.width * scale, mark.height * scale


def _place(box: Box) -> str:
    x, y, cx, cy = (round(value * EMU) for value in box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'


def _holder(
    number: int, name: str, kind: str, box: Box, style: str = "", body: str = "", fill: str = ""
) -> str:
    """Return a placeholder: `kind` is its type and index, `style` its first level's."""
    shape = f"<p:spPr>{_place(box)}{fill}</p:spPr>"
    levels = f"<a:lstStyle>{style}</a:lstStyle>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f"</p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>{shape}<p:txBody>"
        f'<a:bodyPr {body}><a:normAutofit/></a:bodyPr>{levels}<a:p><a:r><a:rPr lang="LANG"/>'
        f"<a:t>{name}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def _level(size: int, colour: str = "tx1", *, bold: bool = False) -> str:
    weight = ' b="1"' if bold else ""
    return (
        f'<a:lvl1pPr marL="0" indent="0"><a:buNone/><a:defRPr sz="{size * 100}"{weight}>'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    )


def _bar(number: int, box: Box, colour: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Flate {number}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_place(box)}<a:prstGeom prst="rect">'
        f'<a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p>"
        '<a:endParaRPr lang="LANG"/></a:p></p:txBody></p:sp>'
    )


def _line(number: int, name: str, box: Box, inner: str, align: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr txBox="1"/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_place(box)}<a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>"
        '<a:bodyPr lIns="0" rIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        f'<a:p><a:pPr algn="{align}"/>{inner}</a:p></p:txBody></p:sp>'
    )


_SMALL = (
    '<a:rPr lang="LANG" sz="1200"><a:solidFill><a:schemeClr val="accent2"/></a:solidFill></a:rPr>'
)
_TREE = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
    '<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_INSET = 'lIns="0" tIns="0" rIns="0" bIns="0"'
TABLE_BOX: Box = (_LEFT, 162, _TEXT, 326)
_TITLE_BOX: Box = (_LEFT, 60, _TEXT, 92)
_ASIDE_BOX: Box = (_LEFT, 32, _TEXT, 26)


def _background(colour: str) -> str:
    return (
        f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        "<a:effectLst/></p:bgPr></p:bg>"
    )


def _master(part: Any, language: str, site: str, logo: str, beside: float) -> str:
    listed = part._element.find(
        "{http://schemas.openxmlformats.org/presentationml/2006/main}sldLayoutIdLst"
    )
    from lxml import etree

    layouts = etree.tostring(listed, encoding="unicode")
    number = f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">{_SMALL}'
    place = (_LEFT + beside, 494, 640 - beside, 30)
    shapes = (
        _bar(7, (0, 0, 12, _TALL), "accent1")
        + _holder(2, "Tittel", 'type="title"', _TITLE_BOX, body=f'{_INSET} anchor="t"')
        + _holder(3, "Innhold", 'type="body" idx="1"', (_LEFT, 166, _TEXT, 326), body=_INSET)
        + logo
        + _line(5, "Bunntekst", place, f"<a:r>{_SMALL}<a:t>{escape(site)}</a:t></a:r>", "l")
        + _line(6, "Sidetall", (816, 494, 80, 30), f"{number}<a:t>‹#›</a:t></a:fld>", "r")
    )
    return (
        f"<p:sldMaster {_NS}><p:cSld>{_background('bg1')}<p:spTree>{_TREE}{shapes}</p:spTree>"
        '</p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" '
        'accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" '
        'accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
        f"{layouts}{_text_styles()}</p:sldMaster>"
    ).replace("LANG", language)


def _text_styles() -> str:
    title = (
        '<p:titleStyle><a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:buNone/>'
        '<a:defRPr sz="3600" b="1"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
        '<a:latin typeface="+mj-lt"/></a:defRPr></a:lvl1pPr></p:titleStyle>'
    )
    levels = "".join(
        f'<a:lvl{level}pPr marL="{(level - 1) * 342900}" indent="0" algn="l">'
        '<a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="1000"/></a:spcAft>'
        f'<a:buClr><a:schemeClr val="accent1"/></a:buClr><a:buNone/><a:defRPr sz="2800">'
        '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/>'
        f"</a:defRPr></a:lvl{level}pPr>"
        for level in range(1, 6)
    )
    other = '<p:otherStyle><a:lvl1pPr><a:defRPr sz="1800"/></a:lvl1pPr></p:otherStyle>'
    return f"<p:txStyles>{title}<p:bodyStyle>{levels}</p:bodyStyle>{other}</p:txStyles>"


def _layout(name: str, kind: str, shapes: str, *, ground: str = "", own: bool = False) -> str:
    background = _background(ground) if ground else ""
    hidden = ' showMasterSp="0"' if own else ""
    return (
        f'<p:sldLayout {_NS} type="{kind}" preserve="1"{hidden}><p:cSld name="{name}">'
        f"{background}<p:spTree>{_TREE}{shapes}</p:spTree></p:cSld><p:clrMapOvr>"
        "<a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _layouts(language: str) -> list[str]:
    """Return the layouts, with each placeholder in the order that it is read."""
    title = _holder(2, "Tittel", 'type="title"', _TITLE_BOX, body=f'{_INSET} anchor="t"')
    aside = _holder(
        4, "Tid", 'type="body" sz="quarter" idx="10"', _ASIDE_BOX, _level(16, "accent2"), _INSET
    )
    body = 'type="body" idx="1"'
    text = _holder(3, "Innhold", body, (_LEFT, 166, _TEXT, 326), body=_INSET)
    table = _holder(3, "Tabell", 'type="tbl" idx="1"', TABLE_BOX, body=_INSET)
    task = _holder(3, "Oppgave", body, (_LEFT, 166, _TEXT, 250), body=_INSET)
    rect = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="bg2"/>'
    result = _holder(
        5,
        "Resultat",
        'type="body" sz="quarter" idx="11"',
        (_LEFT, 424, _TEXT, 60),
        _level(18),
        'lIns="152400" tIns="45720" rIns="152400" bIns="45720" anchor="ctr"',
        f"{rect}</a:solidFill>",
    )
    found = [
        _layout("Forside", "title", _cover(), ground="bg2", own=True),
        _layout("Tittel og tekst", "obj", title + aside + text),
        _layout("Tittel og tabell", "tbl", title + aside + table),
        _layout("Oppgave", "obj", title + aside + task + result),
        _layout("Pause", "obj", _pause(), ground="bg2"),
    ]
    return [layout.replace("LANG", language) for layout in found]


def _cover() -> str:
    return (
        _bar(7, (0, 0, 24, _TALL), "accent1")
        + _holder(
            2, "Tittel", 'type="ctrTitle"', (_LEFT, 110, _TEXT, 190),
            _level(44, "tx2", bold=True), f'{_INSET} anchor="b"',
        )
        + _holder(
            3, "Undertittel", 'type="subTitle" idx="1"', (_LEFT, 312, _TEXT, 60), _level(24), _INSET
        )
        + _holder(
            4, "Adresse", 'type="body" sz="quarter" idx="12"', (_LEFT, 440, _TEXT, 70),
            _level(14), f'{_INSET} anchor="b"',
        )
        + "<!--logo-->"
    )  # fmt: skip


def _pause() -> str:
    return (
        _holder(2, "Tittel", 'type="title"', (_LEFT, 96, _TEXT, 90), body=f'{_INSET} anchor="b"')
        + _holder(
            4, "Tid", 'type="body" sz="quarter" idx="10"', (_LEFT, 192, _TEXT, 76),
            _level(54, "accent1", bold=True), _INSET,
        )
        + _holder(3, "Innhold", 'type="body" idx="1"', (_LEFT, 284, _TEXT, 200), body=_INSET)
    )  # fmt: skip
