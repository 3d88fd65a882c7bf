"""What `nvr check --process` prints: who decides on what, by when and from which paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros.content.base import SOURCE_LANGUAGE
from macros.content.decisions import Decision, WayStep
from macros.content.handbook import Handbook
from macros.content.model import Gate
from macros.content.project import Project
from macros.content.ways import papers_at

_DOES = {"prepares": "forbereder", "advises": "gir råd", "decides": "beslutter"}


def process_table(project: Project) -> str:
    """Return a table a gate, and one of what is decided elsewhere, as text to read."""
    handbook = project.handbooks[SOURCE_LANGUAGE]
    parts = [_part(gate.title, _way(handbook, gate)) for gate in handbook.all(Gate)]
    other = [found for found in handbook.all(Decision) if not found.gates]
    if other:
        rows = [
            (str(one.when), _title(handbook, "role", one.decided_by), "beslutter", one.title, "")
            for one in other
        ]
        parts.append(_part("Utenom beslutningspunktene", rows))
    return "\n\n".join(parts)


def _way(handbook: Handbook, gate: Gate) -> Iterator[tuple[str, ...]]:
    for step in gate.way:
        papers = {str(paper) for paper in step.papers}
        for one in step.what if step.does == "decides" else ():
            papers |= set(papers_at(gate, handbook.find(Decision, str(one))))
        yield (
            _when(step),
            _title(handbook, "role", step.who),
            _DOES[step.does],
            ", ".join(_title(handbook, "decision", str(one)) for one in step.what),
            ", ".join(sorted(papers)),
        )


def _when(step: WayStep) -> str:
    if not step.days_before:
        return "kommunestyret"
    return f"{abs(step.days_before)} dager {'før' if step.days_before > 0 else 'etter'}"


def _title(handbook: Handbook, kind: str, item_id: str) -> str:
    return str(handbook.get(kind, item_id).title)


def _part(title: str, rows: Iterable[tuple[str, ...]]) -> str:
    table = [("Når", "Hvem", "Gjør", "Sak [papir]", ""), *rows]
    # The last two are long; the others line up.
    widths = [max(len(row[at]) for row in table) for at in range(3)]
    lines = []
    for row in table:
        first = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        rest = f"{row[3]} [{row[4]}]" if row[4] and row is not table[0] else row[3]
        lines.append(f"  {first}  {rest}".rstrip())
    return "\n".join([title, *lines])
