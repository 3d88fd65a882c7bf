"""Blocks to WordprocessingML: one method a block, and the section breaks for other paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from macros.content.rich import List, Paragraph, Run, runs_of
from macros.document import blocks as b
from macros.writers.word.forms import Forms
from macros.writers.word.sections import Section, text_width
from macros.writers.word.tables import Row, fitting, gap, is_gap, shares, table
from macros.writers.word.text import CELL, HELP, Place, Texts
from macros.writers.word.xml import (
    Element,
    Para,
    bookmark,
    keep_next,
    paragraph,
    run,
)

DEEPEST = 4  # heading levels that are used
CALLOUTS = {
    "guidance": HELP,
    "script": Place("Manus", 170),
    "letter": Place("Brev", 170),
    "notice": Place("Merknad", 170),
}


@dataclass(frozen=True)
class Heading:
    """A heading as a table of contents shows it, with its number."""

    level: int
    number: str
    text: str
    bookmark: str


@dataclass
class Body:
    """Writes the blocks of one document. `headings` is filled as they are written.

    `fills` are the colours of a phase in the picture, and of the one where the reader is;
    `numbered` says that Word numbers the headings.
    """

    forms: Forms
    texts: Texts
    bookmarks: Mapping[str, str]
    languages: Mapping[str, str]
    fills: tuple[str, str]
    numbered: bool = False
    headings: list[Heading] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    sections: list[Section] = field(default_factory=lambda: [Section("A4")])

    @property
    def paper(self) -> str:
        """Return the paper that is written on."""
        return self.sections[-1].paper

    def write(self, blocks: Iterable[b.Block], level: int = 1) -> None:
        """Write blocks; sections among them are headed at `level`."""
        for block in blocks:
            if isinstance(block, b.Section):
                self._section(block, level)
            else:
                self.elements += self.made(block)

    def made(self, block: b.Block) -> Sequence[Element]:
        """Return the paragraphs and tables of a block that is no section."""
        return self._makers()[type(block)](block)

    def _makers(self) -> dict[type, Callable[[Any], Sequence[Element]]]:
        return {
            Paragraph: lambda block: self.texts.blocks([block]),
            List: lambda block: self.texts.blocks([block]),
            b.Table: self._table,
            b.Agenda: self._agenda,
            b.Question: self._question,
            b.Callout: self._callout,
            b.Field: self.forms.field,
            b.FieldTable: lambda block: self.forms.field_table(block, self.width),
            b.Answer: self._answer,
            b.Checklist: self.forms.checklist,
            b.Cards: self._cards,
            b.Facts: lambda block: [*self.facts(block), gap()],
            b.Terms: self._terms,
            b.Process: self.process,
            b.Timeline: lambda block: self._table(block.table),
            b.Way: lambda block: self._table(block.table),
        }

    @property
    def width(self) -> int:
        """Return the width of a line in twips."""
        return text_width(self.paper)

    def _section(self, block: b.Section, level: int) -> None:
        block = _on_first_page(block)
        turned = block.paper != self.paper
        if turned:
            self.turn(block.paper)
        elif self.elements and is_gap(self.elements[-1]):
            self.elements.pop()  # the heading has room enough above it
        depth = min(level, DEEPEST)
        typed = "" if self.numbered else f"{block.number} "
        text = f"{typed}{block.title}".lstrip()
        name = self.bookmarks[block.id]
        start, end = bookmark(name, self.texts.bookmark())
        # A section break already begins a page.
        new_page = block.new_page and not turned
        inner = [start, run(text), end]
        self.elements.append(paragraph(f"Heading{depth}", inner, new_page=new_page))
        self.headings.append(Heading(depth, block.number, block.title, name))
        self.write(block.blocks, level + 1)

    def turn(self, paper: str) -> None:
        """End the pages of this paper; what follows stands on the other."""
        last = self.elements[-1] if self.elements else None
        if not isinstance(last, Para):
            last = gap()
            self.elements.append(last)
        last.section = self.sections[-1]
        self.sections.append(Section(paper))

    def _table(self, block: b.Table) -> list[Element]:
        rows = [
            Row([[paragraph("Tabellhode", [run(cell)])] for cell in block.header], header=True),
            *(Row([self.texts.blocks(cell, CELL) for cell in row]) for row in block.rows),
        ]
        if block.totals:
            rows.append(Row([[paragraph("Tabelltekst", [run(cell)])] for cell in block.totals]))
        columns = [
            [text, *(_plain(row[at]) for row in block.rows)] for at, text in enumerate(block.header)
        ]
        caption = [paragraph("Caption", [run(block.caption)])] if block.show_caption else []
        return [
            *caption,
            *table(
                "Tabell",
                block.caption,
                fitting(columns, self.width),
                rows,
                row_header=block.row_header,
                total=bool(block.totals),
            ),
        ]

    def _agenda(self, block: b.Agenda) -> list[Element]:
        words = self.forms.words
        header = [
            [paragraph("Tabellhode", [run(words(f"table.{key}"))])] for key in ("when", "what")
        ]
        rows = [Row(header, header=True), *(self._agenda_row(row) for row in block.rows)]
        widths = shares((20, 80), self.width)
        made = table("Tabell", words("section.agenda"), widths, rows, row_header=True)
        return [*made, paragraph("", [run(words("agenda.total", n=block.total), strong=True)])]

    def _agenda_row(self, row: b.AgendaRow) -> Row:
        words = self.forms.words
        clock = f"{_clock(row.start)}–{_clock(row.start + row.minutes)}"
        time = [
            paragraph("Tabelltekst", [run(clock, strong=True)]),
            paragraph("Tabelltekst", [run(words("minutes", n=row.minutes), style="Dempet")]),
        ]
        what = [paragraph("Tabelltittel", [run(row.title)])]
        if row.who:
            what.append(paragraph("Tabelltekst", [run(f"{words('agenda.lead')}: {row.who}")]))
        for label, blocks in row.parts:
            what.append(paragraph("Deltittel", [run(label)]))
            spoken = label == words("agenda.say")
            what += self.texts.blocks(blocks, CALLOUTS["script"] if spoken else CELL)
        return Row([time, what])

    def _question(self, block: b.Question) -> list[Element]:
        words = self.forms.words
        why = [run(f"{words('question.why')}: ", strong=True), run(block.why)]
        found = [
            paragraph("Sporsmal", [run(f"{block.number}\t{block.text}")]),
            paragraph("Begrunnelse", why, keep=True),
        ]
        if block.follow_ups:
            label = run(f"{words('question.follow_ups')}:", strong=True)
            found.append(paragraph("Begrunnelse", [label], keep=True))
            items = tuple((Paragraph((Run(text),)),) for text in block.follow_ups)
            found += [keep_next(item) for item in self.texts.blocks([List(items)])]
        return [*found, *self.forms.notes(block.number, block.text, block.lines)]

    def _callout(self, block: b.Callout) -> list[Element]:
        place = CALLOUTS[block.kind]
        title = block.title
        if block.kind == "letter":
            title = f"{self.forms.words('letter.subject')} {title}"
        head = paragraph(place.style, [run(title, strong=True)], keep=True)
        found = [head, *self.texts.blocks(block.blocks, place)]
        if block.kind == "guidance" and self.forms.own:
            # It goes when the document is finished, and leaves nothing; until then it stands
            # on one page with what it is about.
            return [keep_next(one) for one in found]
        return [*found, gap()]

    def _answer(self, block: b.Answer) -> list[Element]:
        return [paragraph("Ledetekst", [run(block.label)]), *self.texts.blocks(block.blocks)]

    def _cards(self, block: b.Cards) -> list[Para]:
        # In a file a line says what there is: whoever wants to know more follows it.
        found = []
        for card in block.cards:
            language = self.languages[card.language]
            title = self.texts.runs([Run(card.title, target=card.target)], language)
            kind = f"{card.kind} · {card.fact}" if card.fact else card.kind
            found.append(paragraph("Henvisning", [*title, run(f"  {kind}", style="Dempet")]))
        return found

    def facts(self, block: b.Facts) -> list[Element]:
        """Return facts, each a line with its label first."""
        return [
            paragraph(
                "Fakta", [run(f"{fact.label}\t", style="Dempet"), *self.texts.runs(fact.value)]
            )
            for fact in block.facts
        ]

    def _terms(self, block: b.Terms) -> list[Para]:
        found = []
        for entry in block.entries:
            found.append(paragraph("Ledetekst", [run(entry.term)]))
            found += self.texts.blocks(entry.definition)
            found += [paragraph("Hjelpetekst", [run(note)]) for note in entry.notes]
        return found

    def process(self, block: b.Process) -> list[Element]:
        """Return the picture of the process: one row, phases wide and gates narrow."""
        words = self.forms.words
        cells, fills = [], {}
        for at, step in enumerate(block.steps):
            phase = step.kind == "phase"
            if phase:
                fills[at] = self.fills[step.here]
            title = f"{step.number} {step.title}" if phase else step.title
            style = "Prosesstittel" if phase else "Prosess"
            note = step.note if phase else words("process.gate")
            cell = [
                paragraph(style, [run(title)]),
                paragraph("Prosess", [run(note)]),
            ]
            if step.here:
                cell.append(
                    paragraph("Prosess", [run(words("process.here"), style="Her", strong=True)])
                )
            cells.append(cell)
        weights = [18 if step.kind == "phase" else 12 for step in block.steps]
        widths = shares(weights, self.width)
        return table("Prosess", words("process.label"), widths, [Row(cells, fills=fills)])


def _on_first_page(block: b.Section) -> b.Section:
    """Return a section that begins where its first part does, if that is on a new page.

    Else the heading would stand alone on the page before.
    """
    match block.blocks:
        case (b.Section(new_page=True) as first, *rest):
            first, paper = replace(first, new_page=False), first.paper
            blocks = (_on_first_page(first), *rest)
            return replace(block, blocks=blocks, new_page=True, paper=paper)
    return block


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _plain(cell: b.Cell) -> str:
    return " ".join(part.text for part in runs_of(cell))
