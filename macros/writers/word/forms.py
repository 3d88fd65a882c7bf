"""What a reader fills in: fields, tables of fields, checklists and the cover's register."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from macros.content.catalogue import Catalogue
from macros.document import blocks as b
from macros.writers.word.controls import Controls
from macros.writers.word.tables import Row, at_least, least_width, shares, table
from macros.writers.word.text import HELP, Texts
from macros.writers.word.xml import Element, Para, field, keep_next, make, paragraph, run

_CLOSER = 1.4  # lines of one paragraph in the room of a line with a paragraph of its own
_MOST_LINES = 8  # a control grows as one types; more empty lines would only push text away
_ROW_HEIGHT = 440  # twips
_FEW_ROWS = 3  # of a table that grows in Word; paper needs as many as will ever be filled in
# Grouped by space, as Norwegian writes it; Word puts spaces where there is no figure, so the
# cell is set to the right.
_SUM = '=SUM(ABOVE) \\# "# ### ##0"'
_NONE = "#F0F2F4"  # where there is nothing to fill in
_EMPTY = "\u2002" * 5  # room to click in a cell that says nothing of its own


@dataclass(frozen=True)
class Forms:
    """Makes the forms of one document.

    Its answers are apart (`answers.py`) where there are any. Where what is filled in becomes a
    document of its `own`, what helps has the style of guidance, so that it goes with that.
    """

    words: Catalogue
    controls: Controls
    texts: Texts
    own: bool = False

    @property
    def bound(self) -> bool:
        """Return whether the answers are apart from the text."""
        return self.controls.answers is not None

    def _place(self, *steps: str, value: str = "") -> str:
        answers = self.controls.answers
        return answers.place(*steps, value=value) if answers else ""

    def field(self, block: b.Field) -> list[Element]:
        """Return a field: label, hint, and what is filled in."""
        found = [self._label(block), *self._hint(self._said(block))]
        if block.kind == "checklist" or (block.kind == "choice" and block.code):
            # A survey's choices are ticked, as on paper and as survey tools read them.
            found += self._hint(self.words(f"field.{block.kind}"))
            return [*found, *self._boxes(block)]
        if block.kind == "choice" and not self.own:
            labels = " / ".join(label for _, label in block.options)
            found += self._hint(f"{self.words('field.choice')}: {labels}")
        return [*found, self._space(block)]

    def _label(self, block: b.Field | b.FieldTable) -> Para:
        inner = [run(block.label)]
        if block.code:
            inner.append(run(f" {block.code}", style="Dempet"))
        if block.required and not self.own:
            inner.append(run(f" ({self.words('field.required')})", style="Dempet"))
        return paragraph("Ledetekst", inner)

    def _said(self, block: b.Field | b.FieldTable) -> str:
        needed = block.required and self.own
        return " ".join(filter(None, (f"{self.words('field.required')}." * needed, block.hint)))

    def _hint(self, text: str) -> list[Element]:
        style = HELP.style if self.own else "Hjelpetekst"
        return [keep_next(paragraph(style, [run(text)]))] if text else []

    def _space(self, block: b.Field) -> Element:
        if block.kind == "long" and not self.own:
            place = self._place("answers", block.id)
            return self._box(block.id, block.label, self.words("word.write"), block.lines, place)
        return paragraph("BodyText" if self.own else "Svar", [self._inline(block)])

    def _box(self, tag: str, title: str, hint: str, lines: int, place: str) -> Element:
        """Return a box for several lines, with room for some of them on paper.

        What is bound is plain text, and one paragraph (17.5.2.44): its lines stand closer.
        """
        lines = min(max(lines, 2), _MOST_LINES)
        if not self.bound:
            return self.controls.rich(tag, title, hint, "Svar", lines)
        hint += "\n" * round(lines * _CLOSER - 1)
        control = self.controls.text(tag, title, hint, multi_line=True, place=place)
        return paragraph("Svar", [control], whole=True)

    def _inline(self, block: b.Field) -> str:
        tag, title, kind = block.id, block.label, block.kind
        place = self._place("answers", tag)
        if kind == "date":
            return self.controls.date(tag, title, self.words("word.pick_date"), place=place)
        if kind == "choice":
            hint = self.words("word.choose")
            return self.controls.choice(tag, title, hint, block.options, place=place)
        hints = {"amount": "word.amount", "number": "word.number"}
        hint = self.words(hints.get(kind, "word.write"))
        return self.controls.text(tag, title, hint, multi_line=kind == "long", place=place)

    def _boxes(self, block: b.Field) -> list[Element]:
        last = len(block.options) - 1
        return [
            paragraph(
                "Avkryssing",
                [
                    self.controls.checkbox(
                        f"{block.id}.{code}",
                        label,
                        place=self._place("answers", block.id, code, value="0"),
                    ),
                    run(f"\t{label}"),
                ],
                keep=at < last,
            )
            for at, (code, label) in enumerate(block.options)
        ]

    def checklist(self, block: b.Checklist) -> list[Para]:
        """Return points to tick off, each with its help and a link."""
        found = []
        for point in block.points:
            place = self._place("answers", block.id, point.id, value="0")
            box = self.controls.checkbox(point.id, point.text, place=place)
            inner = [box, run(f"\t{point.text}")]
            if point.help:
                inner.append(run(f" {point.help}", style="Dempet"))
            if point.link:
                inner += [run(" "), *self.texts.runs((point.link,))]
            found.append(paragraph("Avkryssing", inner))
        return found

    def field_table(self, block: b.FieldTable, width: int) -> list[Element]:
        """Return a table of fields, with its label above; a sum has a row of its own."""
        heads = [Row([self._head(column) for column in block.columns], header=True)]
        total = any(column.sum for column in block.columns)
        if total and any(c.sum and re.search(r"\d", c.label) for c in block.columns):
            heads.append(self._units(block))
        count = block.rows
        if self.own and not block.labels:
            count = min(count, _FEW_ROWS)
        rows = [Row(self._cells(block, at), height=_ROW_HEIGHT) for at in range(count)]
        rows = [*heads, *rows, *([self._sums(block)] if total else [])]
        least = [least_width(column.label.split()) for column in block.columns]
        widths = at_least(least, [column.width for column in block.columns], width)
        made = table(
            "Skjema",
            block.label,
            widths,
            rows,
            row_header=bool(block.labels),
            total=total,
            around=lambda rows: self._growing(rows, block, len(heads), count),
        )
        return [self._label(block), *self._hint(self._said(block)), *made]

    def _growing(
        self, rows: Sequence[str], block: b.FieldTable, first: int, count: int
    ) -> Sequence[str]:
        """Return a table's rows with those to fill in inside a control that gives more of them."""
        if block.code:  # the rows of a survey's matrix are all that there are
            return rows
        end = first + count
        place = self._place("answers", block.id, "row[1]").removesuffix("[1]")
        more = self.controls.repeating(block.id, block.label, rows[first:end], place)
        return [*rows[:first], more, *rows[end:]]

    def _head(self, column: b.FieldColumn) -> list[Element]:
        inner = [run(column.label)]
        if column.options and not self.own:  # a list that drops down has them
            labels = " / ".join(label for _, label in column.options)
            inner += [make("r", make("br")), run(labels, style="Valg")]
        return [paragraph("Tabellhode", inner)]

    def _units(self, block: b.FieldTable) -> Row:
        """Return a second header row. Word's sum takes in a figure of the header above it.

        It goes up until a cell has text alone: in «År 1» it would find one krone more.
        """
        unit = self.words("field.amount")
        cells = [
            [paragraph("Tabelltekst", [run(unit, style="Dempet")], make("jc", val="right"))]
            if column.sum
            else []
            for column in block.columns
        ]
        return Row(cells, header=True)

    def _cells(self, block: b.FieldTable, at: int) -> list[list[Para]]:
        found = []
        for index, column in enumerate(block.columns):
            given = block.labels[at] if not index and at < len(block.labels) else ""
            if given and not self.bound:
                found.append([paragraph("Tabelltekst", [run(given)])])
                continue
            row = block.labels[at] if at < len(block.labels) else str(at + 1)
            tag, title = f"{block.id}.{at + 1}.{column.id}", f"{column.label}, {row}"
            place = self._place("answers", block.id, f"row[{at + 1}]", column.id, value=given)
            side = make("jc", val="right") if column.sum else None
            cell = self._cell(column, tag, title, place, given)
            found.append([paragraph("Tabelltekst", [cell], side)])
        return found

    def _cell(self, column: b.FieldColumn, tag: str, title: str, place: str, given: str) -> str:
        if column.kind == "choice" and not column.options:
            return self.controls.checkbox(tag, title)
        if column.kind == "choice":
            choose = self.words("word.choose")
            return self.controls.choice(tag, title, choose, column.options, place=place)
        if column.kind == "date":
            return self.controls.date(tag, title, self.words("word.date"), place=place)
        # Word adds up figures until there is a cell without: an empty one shows nought.
        hint = "0" if column.sum else column.label if self.own else _EMPTY
        lines = column.kind == "long"
        return self.controls.text(tag, title, hint, value=given, multi_line=lines, place=place)

    def _sums(self, block: b.FieldTable) -> Row:
        cells: list[list[Element]] = [[paragraph("Tabelltekst", [run(self.words("field.sum"))])]]
        for column in block.columns[1:]:
            total = paragraph("Tabelltekst", field(_SUM, [run("0")]), make("jc", val="right"))
            cells.append([total] if column.sum else [])
        none = {at: _NONE for at, column in enumerate(block.columns) if at and not column.sum}
        return Row(cells, fills=none, height=_ROW_HEIGHT)

    def notes(self, number: int, question: str, lines: int) -> list[Element]:
        """Return room for notes under a question."""
        label = self.words("word.notes")
        place = self._place("answers", f"sporsmal_{number}")
        return [self._box(f"notat-{number}", f"{label}: {question}", label, lines, place)]

    def register(self, register: tuple[tuple[str, str], ...], width: int) -> list[Element]:
        """Return the cover's table: each value is a control, named after its label."""
        keys = self.words.keys("register")
        rows = []
        for at, (label, value) in enumerate(register, start=1):
            tag = keys.get(label, f"register-{at}")
            place = self._place("cover", tag, value=value)
            if tag == "date":
                hint = self.words("word.pick_date")
                control = self.controls.date(tag, label, hint, value=value, place=place)
            else:
                hint = self.words("word.write")
                control = self.controls.text(tag, label, hint, value=value, place=place)
            cells = [paragraph("Tabelltekst", [run(label)])], [paragraph("Tabelltekst", [control])]
            rows.append(Row(cells, height=_ROW_HEIGHT))
        widths = shares((2, 5), width)
        return table("Skjema", self.words("word.register"), widths, rows, row_header=True)

    def title(self, title: str) -> str:
        """Return a control with the document's own title; all that there are say the same."""
        place = self._place("cover", "title", value=title)
        label = self.words("word.title")
        return self.controls.text("title", label, label, value=title, place=place)

    def region(self, region: str) -> str:
        """Return a control that says the region again, as on the cover."""
        label = self.words("register.region")
        place = self._place("cover", "region", value=region)
        return self.controls.text("region", label, label, value=region, place=place)
