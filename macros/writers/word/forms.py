"""What a reader fills in: fields, tables of fields, checklists and the cover's register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.content.catalogue import Catalogue
from macros.document import blocks as b
from macros.writers.word.controls import Controls
from macros.writers.word.tables import Row, at_least, least_width, shares, table
from macros.writers.word.text import Texts
from macros.writers.word.xml import Element, make, paragraph, run

_MOST_LINES = 8  # a control grows as one types; more empty lines would only push text away
_ROW_HEIGHT = 440  # twips
_NONE = "#F0F2F4"  # where there is nothing to fill in
_EMPTY = "\u2002" * 5  # room to click in a cell that says nothing of its own
# What stands on a template's cover, by the key of its label: a date is picked, the rest typed.
_REGISTER = (
    "region",
    "case_number",
    "date",
    "version",
    "prepared_by",
    "exempt",
    "interview_number",
    "place",
    "interviewer",
    "informed",
    "consent",
)


@dataclass(frozen=True)
class Forms:
    """Makes the forms of one document."""

    words: Catalogue
    controls: Controls
    texts: Texts

    def field(self, block: b.Field) -> list[Element]:
        """Return a field: label, hint, and what is filled in."""
        found = [self._label(block), *self._hint(block.hint)]
        if block.kind == "checklist" or (block.kind == "choice" and block.code):
            # A survey's choices are ticked, as on paper and as survey tools read them.
            found += self._hint(self.words(f"field.{block.kind}"), keep=True)
            return [*found, *self._boxes(block)]
        if block.kind == "choice":
            labels = " / ".join(label for _, label in block.options)
            found += self._hint(f"{self.words('field.choice')}: {labels}")
        return [*found, self._space(block)]

    def _label(self, block: b.Field | b.FieldTable) -> Element:
        inner = [run(block.label)]
        if block.code:
            inner.append(run(f" {block.code}", style="Dempet"))
        if block.required:
            inner.append(run(f" ({self.words('field.required')})", style="Dempet"))
        return paragraph("Ledetekst", inner)

    def _hint(self, text: str, keep: bool = True) -> list[Element]:
        mark = make("keepNext") if keep else None
        return [paragraph("Hjelpetekst", [run(text)], mark)] if text else []

    def _space(self, block: b.Field) -> Element:
        if block.kind == "long":
            lines = min(max(block.lines, 2), _MOST_LINES)
            return self.controls.rich(
                block.id, block.label, self.words("word.write"), "Svar", lines
            )
        return paragraph("Svar", [self._inline(block.id, block.label, block.kind, block.options)])

    def _inline(
        self, tag: str, title: str, kind: str, options: Iterable[tuple[str, str]]
    ) -> Element:
        if kind == "date":
            return self.controls.date(tag, title, self.words("word.pick_date"))
        if kind == "choice":
            return self.controls.choice(tag, title, self.words("word.choose"), options)
        hints = {"amount": "word.amount", "number": "word.number"}
        hint = self.words(hints.get(kind, "word.write"))
        return self.controls.text(tag, title, hint)

    def _boxes(self, block: b.Field) -> list[Element]:
        last = len(block.options) - 1
        return [
            paragraph(
                "Avkryssing",
                [self.controls.checkbox(f"{block.id}.{code}", label), run(f"\t{label}")],
                make("keepNext") if at < last else None,
            )
            for at, (code, label) in enumerate(block.options)
        ]

    def checklist(self, block: b.Checklist) -> list[Element]:
        """Return points to tick off, each with its help and a link."""
        found = []
        for point in block.points:
            box = self.controls.checkbox(point.id, point.text)
            inner = [box, run(f"\t{point.text}")]
            if point.help:
                inner.append(run(f" {point.help}", style="Dempet"))
            if point.link:
                inner += [run(" "), *self.texts.runs((point.link,))]
            found.append(paragraph("Avkryssing", inner))
        return found

    def field_table(self, block: b.FieldTable, width: int) -> list[Element]:
        """Return a table of fields, with its label above; a sum has a row of its own."""
        rows = [Row([self._head(column) for column in block.columns], header=True)]
        rows += [Row(self._cells(block, at), height=_ROW_HEIGHT) for at in range(block.rows)]
        total = any(column.sum for column in block.columns)
        if total:
            rows.append(self._sums(block))
        least = [least_width(column.label.split()) for column in block.columns]
        widths = at_least(least, [column.width for column in block.columns], width)
        return [
            self._label(block),
            *self._hint(block.hint),
            *table("Skjema", block.label, widths, rows, row_header=bool(block.labels), total=total),
        ]

    def _head(self, column: b.FieldColumn) -> list[Element]:
        inner = [run(column.label)]
        if column.options:
            labels = " / ".join(label for _, label in column.options)
            inner += [make("r", make("br")), run(labels, style="Valg")]
        return [paragraph("Tabellhode", inner)]

    def _cells(self, block: b.FieldTable, at: int) -> list[list[Element]]:
        found = []
        for index, column in enumerate(block.columns):
            if not index and at < len(block.labels):
                found.append([paragraph("Tabelltekst", [run(block.labels[at])])])
                continue
            row = block.labels[at] if at < len(block.labels) else str(at + 1)
            tag, title = f"{block.id}.{at + 1}.{column.id}", f"{column.label}, {row}"
            found.append([paragraph("Tabelltekst", [self._cell(column, tag, title)])])
        return found

    def _cell(self, column: b.FieldColumn, tag: str, title: str) -> Element:
        if column.kind == "choice" and not column.options:
            return self.controls.checkbox(tag, title)
        if column.kind == "choice":
            return self.controls.choice(tag, title, self.words("word.choose"), column.options)
        if column.kind == "date":
            return self.controls.date(tag, title, self.words("word.date"))
        return self.controls.text(tag, title, _EMPTY, multi_line=column.kind == "long")

    def _sums(self, block: b.FieldTable) -> Row:
        cells: list[list[Element]] = [[paragraph("Tabelltekst", [run(self.words("field.sum"))])]]
        for column in block.columns[1:]:
            title = f"{self.words('field.sum')}, {column.label}"
            control = self.controls.text(f"{block.id}.sum.{column.id}", title, _EMPTY)
            cells.append([paragraph("Tabelltekst", [control])] if column.sum else [])
        none = {at: _NONE for at, column in enumerate(block.columns) if at and not column.sum}
        return Row(cells, fills=none, height=_ROW_HEIGHT)

    def notes(self, number: int, question: str, lines: int) -> list[Element]:
        """Return room for notes under a question."""
        label = self.words("word.notes")
        lines = min(max(lines, 2), _MOST_LINES)
        return [self.controls.rich(f"notat-{number}", f"{label}: {question}", label, "Svar", lines)]

    def register(self, register: tuple[tuple[str, str], ...], width: int) -> list[Element]:
        """Return the cover's table: each value is a control, named after its label."""
        keys = {self.words(f"register.{key}"): key for key in _REGISTER}
        rows = []
        for at, (label, value) in enumerate(register, start=1):
            tag = keys.get(label, f"register-{at}")
            if tag == "date":
                hint = self.words("word.pick_date")
                control = self.controls.date(tag, label, hint, value=value)
            else:
                control = self.controls.text(tag, label, self.words("word.write"), value=value)
            cells = [paragraph("Tabelltekst", [run(label)])], [paragraph("Tabelltekst", [control])]
            rows.append(Row(cells, height=_ROW_HEIGHT))
        widths = shares((2, 5), width)
        return table("Skjema", self.words("word.register"), widths, rows, row_header=True)
