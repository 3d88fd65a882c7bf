"""The look: styles and list numbering, in the region's colours.

Calibri is the letter: every Office since 2007 has it, it is calm, it has the Sámi letters,
and LibreOffice's Carlito has the same widths, so that pages break alike.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from macros.layouts.office import FONT
from macros.writers.word.xml import NAMESPACE

_FIRM = "#8b97a3"  # lines to write on, as in the PDFs
NUMBERED = 3  # levels of headings that can have numbers
_BAR = 24  # width of the bar beside a callout, in eighths of a point


@dataclass(frozen=True)
class _Style:
    """A paragraph or character style; `size` in half points, `before` and `after` in twips."""

    id: str
    name: str
    base: str = "Normal"
    next: str = ""
    size: int = 0
    bold: bool = False
    colour: str = ""
    before: int | None = None
    after: int | None = None
    line: str = ""
    keep: bool = False
    outline: int | None = None
    extra: str = ""
    indent: str = ""
    priority: int = 1
    run: str = ""
    font: str = ""
    kind: str = "paragraph"


def styles(
    colours: Mapping[str, str],
    language: str,
    guidance: str,
    fonts: tuple[str, str] = (FONT, FONT),
    *,
    numbered: bool = False,
) -> str:
    """Return `styles.xml`. `guidance` names the style of what can be deleted in one go.

    `fonts` are those of text and of headings; `numbered` says that headings have numbers.
    """
    own = fonts[1] if fonts[1] != fonts[0] else ""
    headings = (
        dataclasses.replace(one, font=own if one.keep else "")
        for one in _headings(colours, numbered)
    )
    found = [*headings, *_texts(colours), *_callouts(colours, guidance)]
    found += [*_forms(colours), *_small(colours), *_characters(colours)]
    ink = _hex(colours["ink"])
    return (
        f'<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f"{_rfonts(fonts[0])}"
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" '
        'w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:uiPriority w:val="0"/><w:qFormat/>'
        # In Normal and not among the defaults: LibreOffice lays defaults over links in tables.
        f'<w:rPr><w:color w:val="{ink}"/><w:sz w:val="22"/><w:szCs w:val="22"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        f"{''.join(_style(one) for one in found)}{_tables(colours)}</w:styles>"
    )


def _rfonts(font: str) -> str:
    name = quoteattr(font)
    return f"<w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name}/>"


def _hex(colour: str) -> str:
    return colour.lstrip("#").upper()


def _style(s: _Style) -> str:
    indent = f"<w:ind {s.indent}/>" if s.indent else ""
    spacing = "".join(
        f' w:{name}="{value}"'
        for name, value in (("before", s.before), ("after", s.after))
        if value is not None
    )
    spacing += f" {s.line}" if s.line else ""
    paragraph = (
        ("<w:keepNext/><w:keepLines/>" if s.keep else "")
        + s.extra
        + (f"<w:spacing{spacing}/>" if spacing else "")
        + indent
        + (f'<w:outlineLvl w:val="{s.outline}"/>' if s.outline is not None else "")
    )
    look = (
        (_rfonts(s.font) if s.font else "")
        + ("<w:b/><w:bCs/>" if s.bold else "")
        + (f'<w:color w:val="{_hex(s.colour)}"/>' if s.colour else "")
        + (f'<w:sz w:val="{s.size}"/><w:szCs w:val="{s.size}"/>' if s.size else "")
        + s.run
    )
    following = f'<w:next w:val="{s.next}"/>' if s.next else ""
    custom = "" if s.name.islower() or s.name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="{s.kind}"{custom} w:styleId="{s.id}"><w:name w:val={quoteattr(s.name)}/>'
        f'<w:basedOn w:val="{s.base}"/>{following}<w:uiPriority w:val="{s.priority}"/><w:qFormat/>'
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{look}</w:rPr>" if look else "")
        + "</w:style>"
    )


def _numbers(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="3"/></w:numPr>'


_BUILT_IN = {
    "Title",
    "Subtitle",
    "Body Text",
    "List Bullet",
    "List Number",
    "Hyperlink",
    "Placeholder Text",
}


def _headings(c: Mapping[str, str], numbered: bool) -> Iterable[_Style]:
    yield _Style(
        "Title", "Title", next="Subtitle", size=60, bold=True, before=40, after=160, keep=True,
        line='w:line="240" w:lineRule="auto"', colour=c["heading"],
    )  # fmt: skip
    yield _Style("Subtitle", "Subtitle", next="Normal", size=26, after=240)
    sizes = ((1, 34, 480, 140), (2, 27, 320, 100), (3, 23, 240, 80), (4, 22, 200, 60))
    for level, size, before, after in sizes:
        yield _Style(
            f"Heading{level}", f"heading {level}", next="Normal", size=size, bold=True,
            before=before, after=after, keep=True, outline=level - 1, priority=9,
            line='w:line="252" w:lineRule="auto"',
            colour=c["first-heading"] if level == 1 else c["heading"],
            extra=_numbers(level) if numbered and level <= NUMBERED else "",
        )  # fmt: skip
    yield _Style(
        "TOCHeading", "TOC Heading", next="Normal", size=34, bold=True, before=0, after=200,
        keep=True, colour=c["first-heading"], priority=39,
    )  # fmt: skip
    # Low lines: 24 chapters and parts, the most of any template, end on the cover.
    for level, left in ((1, 0), (2, 240), (3, 480)):
        yield _Style(
            f"TOC{level}", f"toc {level}", next="Normal", bold=level == 1, after=0, size=20,
            before=80 if level == 1 else 0, indent=f'w:left="{left}"', priority=39,
            line='w:line="252" w:lineRule="auto"',
            extra='<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9298"/></w:tabs>',
        )  # fmt: skip


def _texts(c: Mapping[str, str]) -> Iterable[_Style]:
    for kind, number in (("Bullet", 1), ("Number", 2)):
        yield _Style(
            f"List{kind}", f"List {kind}", after=60, indent='w:left="340" w:hanging="340"',
            extra=f'<w:numPr><w:numId w:val="{number}"/></w:numPr>',
        )  # fmt: skip
    yield _Style("BodyText", "Body Text", before=0, after=160)
    yield _Style("Caption", "caption", size=22, bold=True, before=200, after=80, keep=True)
    yield _Style(
        "Tabelltekst", "Tabelltekst", size=20, after=40, line='w:line="259" w:lineRule="auto"'
    )
    yield _Style("Tabellhode", "Tabellhode", base="Tabelltekst", bold=True, keep=True)
    yield _Style("Tabelltittel", "Tabelltittel", base="Tabelltekst", size=22, bold=True, keep=True)
    yield _Style(
        "Deltittel", "Deltittel", base="Tabelltekst", size=18, bold=True, before=80, after=0,
        colour=c["muted"], keep=True,
    )  # fmt: skip
    yield _Style(
        "Fakta", "Fakta", after=40, indent='w:left="2098" w:hanging="2098"',
        extra='<w:tabs><w:tab w:val="left" w:pos="2098"/></w:tabs>',
    )  # fmt: skip
    yield _Style("Henvisning", "Henvisning", bold=True, before=40, after=40)
    yield _Style("Prosess", "Prosess", size=16, after=0, line='w:line="240" w:lineRule="auto"')
    yield _Style("Prosesstittel", "Prosesstittel", base="Prosess", size=19, bold=True)
    yield _Style("Merkelapp", "Merkelapp", bold=True, colour=c["accent"], after=0, keep=True)
    yield _Style("Utgave", "Utgave", size=18, colour=c["muted"], before=120, after=0)


def _callouts(c: Mapping[str, str], guidance: str) -> Iterable[_Style]:
    def bar(colour: str, fill: str = "") -> str:
        border = f'<w:left w:val="single" w:sz="{_BAR}" w:space="8" w:color="{_hex(colour)}"/>'
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_hex(fill)}"/>' if fill else ""
        return f"<w:pBdr>{border}</w:pBdr>{shade}"

    def callout(name: str, look: str, shown: str = "", size: int = 0, colour: str = "") -> _Style:
        return _Style(
            name, shown or name, size=size, colour=colour, extra=look, after=60,
            indent='w:left="170"',
        )  # fmt: skip

    yield callout("Veiledning", bar(c["tint-3"]), guidance, 19, c["muted"])
    # Built on it, so that whoever hides it hides these as well.
    yield _Style(
        "Veiledning1", f"{guidance} 1", base="Veiledning", next="Veiledning", size=34, bold=True,
        colour=c["heading"], before=0, after=120, keep=True, outline=0,
    )  # fmt: skip
    yield _Style(
        "Veiledning2", f"{guidance} 2", base="Veiledning", next="Veiledning", size=23, bold=True,
        colour=c["heading"], before=200, after=60, keep=True, outline=1,
    )  # fmt: skip
    yield _Style(
        "Veiledning3", f"{guidance} 3", base="Veiledning", after=20,
        extra='<w:tabs><w:tab w:val="left" w:pos="2098"/></w:tabs>',
        indent='w:left="2098" w:hanging="1928"',
    )  # fmt: skip
    yield callout("Manus", bar(c["accent"], c["tint-1"]))
    yield callout("Brev", bar(c["line"]))
    yield callout("Merknad", bar(c["accent"], c["tint-1"]))
    yield _Style(
        "Sporsmal", "Spørsmål", next="Begrunnelse", size=26, bold=True, before=320, after=80,
        keep=True, indent='w:left="510" w:hanging="510"',
        extra='<w:tabs><w:tab w:val="left" w:pos="510"/></w:tabs>',
        line='w:line="259" w:lineRule="auto"',
    )  # fmt: skip
    yield _Style("Begrunnelse", "Begrunnelse", size=20, after=60)


def _forms(c: Mapping[str, str]) -> Iterable[_Style]:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="{_hex(_FIRM)}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    yield _Style("Ledetekst", "Ledetekst", next="Svar", bold=True, before=240, after=40, keep=True)
    yield _Style("Hjelpetekst", "Hjelpetekst", size=18, colour=c["muted"], after=60)
    yield _Style(
        "Svar", "Svar", extra=f"<w:pBdr>{sides}</w:pBdr>", before=60, after=60,
        indent='w:left="113" w:right="113"', line='w:line="300" w:lineRule="auto"',
    )  # fmt: skip
    yield _Style("Svaralternativ", "Svaralternativ", indent='w:left="340"', after=40)
    yield _Style(
        "Avkryssing", "Avkryssing", after=60, indent='w:left="425" w:hanging="425"',
        extra='<w:tabs><w:tab w:val="left" w:pos="425"/></w:tabs>',
    )  # fmt: skip


def _small(c: Mapping[str, str]) -> Iterable[_Style]:
    yield _Style("Mellomrom", "Mellomrom", size=8, after=0, line='w:line="160" w:lineRule="exact"')
    for name in ("header", "footer"):
        yield _Style(
            name.capitalize(), name, size=16, colour=c["muted"], after=0, priority=99,
            line='w:line="240" w:lineRule="auto"',
        )  # fmt: skip


def _characters(c: Mapping[str, str]) -> Iterable[_Style]:
    def character(
        name: str, colour: str = "", size: int = 0, shown: str = "", extra: str = ""
    ) -> _Style:
        return _Style(
            name, shown or name, base="DefaultParagraphFont", kind="character", colour=colour,
            size=size, run=extra,
        )  # fmt: skip

    yield character("Hyperlink", c["link"], extra='<w:u w:val="single"/>')
    yield character("PlaceholderText", "#5B6670", shown="Placeholder Text")
    yield character("Dempet", c["muted"], 19)
    yield character("Valg", size=17)
    yield character("Her", c["accent"])


def _line(colour: str, size: int = 4) -> str:
    return f'w:val="single" w:sz="{size}" w:space="0" w:color="{_hex(colour)}"'


def _tables(c: Mapping[str, str]) -> str:
    rule, firm, strong = _line(c["line"]), _line(_FIRM), _line(c["muted"], 8)
    first = f"<w:tcPr><w:tcBorders><w:bottom {strong}/></w:tcBorders>{{}}</w:tcPr>"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_hex(c["tint-1"])}"/>'
    last = f"<w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:top {strong}/></w:tcBorders></w:tcPr>"
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    grid = "".join(f"<w:{side} {firm}/>" for side in sides)
    form = {"firstRow": first.format(shade), "lastRow": last}
    form["firstCol"] = f"<w:tcPr>{shade}</w:tcPr>"
    return "".join(
        (
            _table(
                "Tabell",
                f"<w:bottom {rule}/><w:insideH {rule}/>",
                {"firstRow": first.format(""), "lastRow": last},
            ),
            _table("Skjema", grid, form),
            _table(
                "Prosess",
                f"<w:top {_line(c['tint-3'], 18)}/><w:insideV {_line(c['paper'], 24)}/>",
                {},
            ),
        )
    )


def _table(name: str, borders: str, parts: Mapping[str, str]) -> str:
    sides = (("top", 60), ("left", 100), ("bottom", 40), ("right", 100))
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    looks = (f'<w:tblStylePr w:type="{part}">{look}</w:tblStylePr>' for part, look in parts.items())
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="Tabell{name}">'
        f'<w:name w:val="NVR {name}"/><w:uiPriority w:val="40"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"
        f"</w:tblPr>{''.join(looks)}</w:style>"
    )


def numbering(*, numbered: bool = False) -> str:
    """Return `numbering.xml`: bullets (instance 1) and numbers (instance 2), three levels.

    Where the headings are `numbered`, theirs is instance 3.
    """
    bullets = [("bullet", mark) for mark in ("•", "–", "•")]
    numbers = [("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3.")]
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="hybridMultilevel"/>'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{340 * (level + 1)}" w:hanging="340"/></w:pPr></w:lvl>'
            for level, (kind, mark) in enumerate(levels)
        )
        + "</w:abstractNum>"
        for at, levels in enumerate((bullets, numbers))
    )
    abstract += _heading_numbers() if numbered else ""
    instances = (
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at in range(2 + numbered)
    )
    return f'<w:numbering xmlns:w="{NAMESPACE}">{abstract}{"".join(instances)}</w:numbering>'


def _heading_numbers() -> str:
    """Return the list that numbers the headings: 1, 1.1, 1.1.1."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{at + 1}"/>'
        f'<w:lvlText w:val="{".".join(f"%{step + 1}" for step in range(at + 1))}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{width}" w:hanging="{width}"/></w:pPr>'
        "</w:lvl>"
        for at, width in zip(range(NUMBERED), (567, 709, 851), strict=True)
    )
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="2">{kind}{levels}</w:abstractNum>'
