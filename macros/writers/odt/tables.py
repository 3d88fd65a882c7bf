"""Tables: to read, to fill in, the run sheet, the register of the cover, the process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

from macros.content.rich import runs_of
from macros.document import blocks as b
from macros.writers.odt.flow import BOX, Flow, p, span
from macros.writers.odt.xml import Child, Node, named, tag

_PAD = 5.0  # mm: a cell's padding, left and right together
_LETTER = 2.0  # mm: a wide average of a letter in a cell


def table(
    flow: Flow,
    title: str,
    widths: Sequence[float],
    header: Sequence[Sequence[Child]],
    rows: Iterable[Node],
    style: str = "Tabell",
    place: str = "",
) -> Node:
    """Return a table of full width; `header` holds the paragraphs of each header cell.

    The header is repeated on each page, and no row is split. `widths` are relative; see `named`
    for the `place`.
    """
    whole = sum(widths)
    columns = [_column(flow, width / whole * flow.width) for width in widths]
    attributes = {"table:name": flow.unique(title), "table:style-name": style, **named(place)}
    inner = [tag("table:title", {}, title), *columns]
    if header:
        head = row(flow, [cell("Tabellcelle_hode", *written) for written in header])
        inner.append(tag("table:table-header-rows", {}, head))
    return tag("table:table", attributes, *inner, *rows)


def _column(flow: Flow, width: float) -> Node:
    # Rounded to 0.1 mm, so that equal columns of a document share a style.
    tenths = round(width * 10)
    name = f"Kolonne_{tenths}"
    flow.style(
        name,
        "table-column",
        "",
        tag(
            "style:table-column-properties",
            {
                "style:column-width": f"{tenths / 10:.1f}mm",
                "style:rel-column-width": f"{tenths}*",
            },
        ),
    )
    return tag("table:table-column", {"table:style-name": name})


def row(flow: Flow, cells: Iterable[Node], height: float = 0) -> Node:
    """Return a row that is not split over pages, at least `height` mm high."""
    name = f"Rad_{height:g}".replace(".", "_")
    properties = {"fo:keep-together": "always"}
    if height:
        properties["style:min-row-height"] = f"{height:g}mm"
    flow.style(name, "table-row", "", tag("style:table-row-properties", properties))
    return tag("table:table-row", {"table:style-name": name}, *cells)


def cell(style: str, *blocks: Child) -> Node:
    """Return a cell of paragraphs; ODF asks for at least one for the cursor to stand in."""
    blocks = tuple(block for block in blocks if block is not None) or (p("Tabelltekst"),)
    attributes = {"table:style-name": style, "office:value-type": "string"}
    return tag("table:table-cell", attributes, *blocks)


def to_read(flow: Flow, block: b.Table) -> list[Node]:
    """Return a table to read, under its caption where that is shown."""
    rows = [_row_to_read(flow, block, line) for line in block.rows]
    if block.totals:
        totals = [cell("Tabellcelle_sum", p("Tabellsum", total)) for total in block.totals]
        rows.append(row(flow, totals))
    header = [[p("Tabelloverskrift", text)] for text in block.header]
    found = table(flow, block.caption, _widths(flow, block), header, rows)
    caption = [p("Tabelltittel", block.caption)] if block.show_caption else []
    return [*caption, found]


def _row_to_read(flow: Flow, block: b.Table, line: tuple[b.Cell, ...]) -> Node:
    cells = []
    for index, content in enumerate(line):
        style = "Tabellrad" if block.row_header and index == 0 else "Tabelltekst"
        cells.append(cell("Tabellcelle", *flow.rich(content, style)))
    return row(flow, cells)


def _widths(flow: Flow, block: b.Table) -> list[float]:
    """Return widths in mm: room for the longest word, the rest by how much there is to say."""
    texts: list[list[str]] = [[text] for text in block.header]
    for line in block.rows:
        for index, content in enumerate(line):
            texts[index].append("".join(run.text for run in runs_of(content)))
    for index, total in enumerate(block.totals):
        texts[index].append(total)
    # A no-break space does not end a word: an amount stays on its line.
    words = [max((len(w) for t in column for w in t.split(" ")), default=1) for column in texts]
    floor = [min(length * _LETTER + _PAD, flow.width / 3) for length in words]
    weight = [sqrt(sum(map(len, column)) / len(column)) for column in texts]
    left = max(flow.width - sum(floor), 0)
    return [low + left * part / sum(weight) for low, part in zip(floor, weight, strict=True)]


def to_fill_in(flow: Flow, block: b.FieldTable) -> list[Node]:
    """Return a table to fill in, with its label, hint and, where asked for, a row of sums."""
    header = [_header_to_fill_in(column) for column in block.columns]
    rows = [
        row(
            flow,
            [_cell_to_fill_in(flow, block, index, at) for at in range(len(block.columns))],
            8 if index < len(block.labels) else 9,
        )
        for index in range(block.rows)
    ]
    if any(column.sum for column in block.columns):
        rows.append(row(flow, [_sum(flow, column, block) for column in block.columns], 9))
    widths = [column.width for column in block.columns]
    return [
        *label(flow, block, "Tabelltittel"),
        table(flow, block.label, widths, header, rows, place=f"tabell.{block.id}"),
    ]


def label(flow: Flow, block: b.Field | b.FieldTable, style: str) -> list[Node]:
    """Return what stands above a field: its label, its code, whether it must be filled in."""
    code = span("Dempet", f" {block.code}") if block.code else None
    required = span("Dempet", f" ({flow.words('field.required')})") if block.required else None
    found = [p(style, block.label, code, required)]
    return [*found, p("Felthjelp", block.hint)] if block.hint else found


def _header_to_fill_in(column: b.FieldColumn) -> list[Node]:
    found = [p("Tabelloverskrift", column.label)]
    if column.options:
        found.append(p("Tabellvalg", " / ".join(text for _, text in column.options)))
    return found


def _cell_to_fill_in(flow: Flow, block: b.FieldTable, index: int, at: int) -> Node:
    column = block.columns[at]
    if at == 0 and index < len(block.labels):
        return cell("Tabellcelle_felt", p("Tabellrad", block.labels[index]))
    if column.kind == "choice":
        choice = flow.dropdown(column.label, column.options) if column.options else BOX
        return cell("Tabellcelle_felt", p("Tabelltekst", choice))
    return cell("Tabellcelle_felt", p("Tabelltall" if column.kind == "amount" else "Tabelltekst"))


def _sum(flow: Flow, column: b.FieldColumn, block: b.FieldTable) -> Node:
    if column is block.columns[0]:
        return cell("Tabellcelle_sum", p("Tabellsum", flow.words("field.sum")))
    return cell(
        "Tabellcelle_sum" if column.sum else "Tabellcelle_ingen",
        p("Tabelltall" if column.kind == "amount" else "Tabelltekst"),
    )


def clock(minutes: int) -> str:
    """Return minutes from the start as 1:05."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def agenda(flow: Flow, block: b.Agenda) -> list[Node]:
    """Return a run sheet: the time in the first column, what happens in the second."""
    t = flow.words
    header = [[p("Tabelloverskrift", t("fact.time"))], [p("Tabelloverskrift", t("table.what"))]]
    rows = [_agenda_row(flow, line) for line in block.rows]
    found = table(flow, t("section.agenda"), (28, flow.width - 28), header, rows)
    return [found, p("Sum", t("agenda.total", n=block.total))]


def _agenda_row(flow: Flow, line: b.AgendaRow) -> Node:
    t = flow.words
    time = (
        p("Klokkeslett", f"{clock(line.start)}–{clock(line.start + line.minutes)}"),
        p("Tabellhjelp", t("minutes", n=line.minutes)),
    )
    what = [p("Punkttittel", line.title)]
    if line.who:
        what.append(p("Tabellhjelp", f"{t('agenda.lead')}: {line.who}"))
    for name, content in line.parts:
        said = name == t("agenda.say")
        what.append(p("Merkelapp", name))
        what += flow.rich(content, "Manus" if said else "Tabelltekst")
    return row(flow, [cell("Tabellcelle", *time), cell("Tabellcelle", *what)])


def register(flow: Flow, title: str, lines: Iterable[tuple[str, str]]) -> Node:
    """Return the register of the cover; a value that is not given is a field to fill in."""
    keys = flow.words.keys("register")
    rows = []
    for said, value in lines:
        place = f"forside.{keys[said]}"
        answer = p("Tabelltekst", value or flow.placeholder(said), place=place)
        cells = cell("Tabellcelle_felt", p("Tabellrad", said)), cell("Tabellcelle_felt", answer)
        rows.append(row(flow, cells, 9))
    return table(flow, title, (58, flow.width - 58), (), rows, "Tabell_forside")


def process(flow: Flow, block: b.Process) -> list[Node]:
    """Return the picture of the process: a cell for each phase and each gate."""
    t = flow.words
    cells, widths = [], []
    for step in block.steps:
        phase = step.kind == "phase"
        number = span("Tall", f"{step.number} ") if phase else None
        content = [p("Prosess_fase" if phase else "Prosess", number, step.title)]
        content.append(p("Prosess", step.note if phase else t("process.gate")))
        if step.here:
            content.append(p("Prosess_her", t("process.here")))
        style = (
            "Prosesscelle_her" if step.here else "Prosesscelle" if phase else "Prosesscelle_port"
        )
        cells.append(cell(style, *content))
        widths.append(29 if phase else 19.75)
    if not cells:
        return []
    return [table(flow, t("process.label"), widths, (), [row(flow, cells)])]
