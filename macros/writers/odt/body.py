"""Blocks to the body of a text document: one function a block."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from macros.content.rich import List, Paragraph
from macros.document import blocks as b
from macros.writers.odt import tables
from macros.writers.odt.flow import Flow, p, span
from macros.writers.odt.xml import Node, tag

_DEEPEST = 4  # levels of heading that have a style
_BOX = ("Svaralternativ", "Avkryssing")  # the last of a field's boxes has room below it
_CALLOUTS = {"script": "Manus", "letter": "Brev", "guidance": "Veiledning", "notice": "Merknad"}


def blocks(flow: Flow, found: Iterable[b.Block], level: int) -> list[Node]:
    """Return blocks in order, with sections headed at `level` (1 to 4)."""
    nodes = []
    before: b.Block | None = None
    for block in found:
        if not isinstance(block, b.Section):
            if flow.page != flow.paper:
                nodes.append(p(flow.new_page("Text_20_body")))
            elif _needs_space(before, block):
                nodes.append(p("Mellomrom"))
        nodes += _WRITERS[type(block)](flow, block, level)
        before = block
    return nodes


def _needs_space(before: b.Block | None, block: b.Block) -> bool:
    """Say whether two blocks would run together: boxes into one box, tables into one table."""
    if isinstance(before, b.Callout):
        return not isinstance(block, b.Field | b.FieldTable | b.Question)
    if isinstance(before, b.Table | b.FieldTable | b.Process):
        return isinstance(block, b.Agenda) or (
            isinstance(block, b.Table) and not block.show_caption
        )
    return False


def _section(flow: Flow, block: b.Section, level: int) -> list[Node]:
    paper, sheet = flow.paper, flow.sheet
    # A3 holds for the sections inside as well.
    inside = "A3" if block.paper == "A3" else paper
    first = block.blocks[0] if block.blocks else None
    # A heading above a sheet goes with it, or it would stand alone on the page before.
    above = first if isinstance(first, b.Section) and first.new_page else None
    flow.paper = above.paper if above and above.paper == "A3" else inside
    head = _heading(flow, block, min(level, _DEEPEST), block.new_page or above is not None)
    flow.paper, flow.begun = inside, above is not None
    flow.sheet = sheet or block.new_page
    found = [head, *blocks(flow, block.blocks, level + 1)]
    flow.paper, flow.sheet = paper, sheet
    return found


def _heading(flow: Flow, block: b.Section, depth: int, new_page: bool) -> Node:
    style = f"Heading_20_{depth}"
    if flow.page != flow.paper or (new_page and not flow.begun):
        style = flow.new_page(style)
    number = span("Tall", f"{block.number} ") if block.number else None
    attributes = {"text:style-name": style, "text:outline-level": str(depth)}
    return tag("text:h", attributes, flow.anchor(block.id), number, block.title)


def _rich(flow: Flow, block: Paragraph | List, _: int) -> list[Node]:
    return flow.rich((block,))


def _table(flow: Flow, block: b.Table, _: int) -> list[Node]:
    return tables.to_read(flow, block)


def _drawing(flow: Flow, block: b.Timeline | b.Way, _: int) -> list[Node]:
    return tables.to_read(flow, block.table)


def _field_table(flow: Flow, block: b.FieldTable, _: int) -> list[Node]:
    return tables.to_fill_in(flow, block)


def _agenda(flow: Flow, block: b.Agenda, _: int) -> list[Node]:
    return tables.agenda(flow, block)


def _process(flow: Flow, block: b.Process, _: int) -> list[Node]:
    return tables.process(flow, block)


def _question(flow: Flow, block: b.Question, _: int) -> list[Node]:
    t = flow.words
    found = [
        p("Spørsmål", span("Tall", f"{block.number} "), block.text),
        p(
            "Spørsmålshjelp",
            span("Strong_20_Emphasis", f"{t('question.why')}:"),
            f" {block.why}",
        ),
    ]
    if block.follow_ups:
        title = span("Strong_20_Emphasis", f"{t('question.follow_ups')}:")
        found.append(p("Oppfølging", title))
        found.append(flow.points(block.follow_ups, "Spørsmålshjelp"))
    return [*found, *_lines(flow, f"sporsmal_{block.number}", block.text, block.lines)]


def _lines(flow: Flow, field_id: str, label: str, lines: int) -> list[Node]:
    """Return lines to write on by hand; the first is also a field to type in."""
    first = p("Skrivelinje", flow.placeholder(label), place=f"felt.{field_id}")
    rest = [p("Skrivelinje") for _ in range(lines - 1)]
    return [first, *rest]


def _callout(flow: Flow, block: b.Callout, _: int) -> list[Node]:
    style = _CALLOUTS[block.kind]
    subject = f"{flow.words('letter.subject')} " if block.kind == "letter" else ""
    title = p(f"{style}_tittel", subject, block.title)
    return [title, *flow.rich(block.blocks, style)]


def _field(flow: Flow, block: b.Field, _: int) -> list[Node]:
    found = tables.label(flow, block, "Felt")
    if block.options:
        found.append(p("Felthjelp", flow.words(f"field.{block.kind}")))
        last = len(block.options) - 1
        return [
            *found,
            *(
                flow.check(f"felt.{block.id}.{code}", text, style=_BOX[at == last])
                for at, (code, text) in enumerate(block.options)
            ),
        ]
    if flow.sheet and block.kind == "long":
        return [*found, *_lines(flow, block.id, block.label, block.lines)]
    answer = flow.placeholder(block.label, block.kind)
    return [*found, p("Svar", answer, place=f"felt.{block.id}")]


def _answer(flow: Flow, block: b.Answer, _: int) -> list[Node]:
    return [p("Merkelapp", block.label), *flow.rich(block.blocks)]


def _checklist(flow: Flow, block: b.Checklist, _: int) -> list[Node]:
    found = []
    for point in block.points:
        anchor = flow.anchor(f"punkt-{point.id}")
        found.append(flow.check(f"felt.{block.id}.{point.id}", anchor, point.text))
        if point.help:
            found.append(p("Avkryssing_hjelp", point.help))
        if point.link:
            found.append(p("Avkryssing_hjelp", *flow.runs((point.link,))))
    return [*found]


def _cards(flow: Flow, block: b.Cards, _: int) -> list[Node]:
    # In a file a line says what there is: whoever wants to know more follows it.
    found = []
    for card in block.cards:
        kind = f"{card.kind} · {card.fact}" if card.fact else card.kind
        foreign = card.language if card.language != flow.words.language else ""
        title = flow.a(card.target, _spoken(flow, foreign, card.title))
        found.append(p("Kort_tittel", title, span("Dempet", f"  {kind}")))
    return found


def _spoken(flow: Flow, language: str, text: str) -> Node | str:
    """Return text marked as being in another language than the document."""
    if not language:
        return text
    properties = {"fo:language": language, "fo:country": "NO"}
    properties_node = tag("style:text-properties", properties)
    return span(flow.style(f"Språk_{language}", "text", "", properties_node), text)


def _facts(flow: Flow, block: b.Facts, _: int) -> list[Node]:
    return [
        p("Fakta", span("Dempet", fact.label), tag("text:tab"), *flow.runs(fact.value))
        for fact in block.facts
    ]


def _terms(flow: Flow, block: b.Terms, _: int) -> list[Node]:
    found = []
    for entry in block.entries:
        found.append(p("Begrep", flow.anchor(entry.id), entry.term))
        found += flow.rich(entry.definition)
        found += [p("Felthjelp", note) for note in entry.notes]
    return found


_WRITERS: dict[type, Callable[[Flow, Any, int], list[Node]]] = {
    Paragraph: _rich,
    List: _rich,
    b.Section: _section,
    b.Table: _table,
    b.Agenda: _agenda,
    b.Question: _question,
    b.Callout: _callout,
    b.Field: _field,
    b.FieldTable: _field_table,
    b.Answer: _answer,
    b.Checklist: _checklist,
    b.Cards: _cards,
    b.Facts: _facts,
    b.Terms: _terms,
    b.Process: _process,
    b.Timeline: _drawing,
    b.Way: _drawing,
}
