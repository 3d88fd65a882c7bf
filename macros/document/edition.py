"""What composers work from: one language of one region's handbook, and its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from macros.content.base import Guide, Item, Language, Page
from macros.content.catalogue import Catalogue, load_catalogue
from macros.content.model import Gate, Phase, Step
from macros.content.rich import Paragraph, RichBlock, Run, map_runs
from macros.content.text import Rich, ValueRef
from macros.content.timeline import Timeline, timeline
from macros.content.value import Value
from macros.content.written import fill
from macros.document.blocks import Card, Cards, Cell, Document, Fact, Process, ProcessStep

if TYPE_CHECKING:
    from macros.content.handbook import Handbook
    from macros.content.municipalities import Municipality
    from macros.content.photo import Photo
    from macros.content.project import Project
    from macros.content.region import Region

Words = Catalogue


@dataclass(frozen=True)
class Edition:
    """A handbook in one language for one region."""

    handbook: Handbook
    region: Region
    catalogues: Mapping[Language, Catalogue]
    municipalities: tuple[Municipality, ...] = ()
    # What each value is in each language: an item without a twin shows the source's.
    values: Mapping[Language, Mapping[str, str]] = field(default_factory=dict)
    photo: Photo | None = None

    @property
    def language(self) -> Language:
        """Return the language of the pages' own words."""
        return self.handbook.language

    def words(self, item: Item | None = None) -> Words:
        """Return the catalogue for an item's own language, or for the pages."""
        return self.catalogues[item.language if item else self.language]

    @cached_property
    def names(self) -> dict[Language, dict[str, str]]:
        """Return what stands for each name between braces, by language."""
        return {language: self._names(words) for language, words in self.catalogues.items()}

    def _names(self, words: Words) -> dict[str, str]:
        region = self.region.in_language(words.language)
        adviser = region.contacts.main_adviser
        return {
            "region.name": region.name or words("fallback.region"),
            "region.short_name": region.short_name or words("fallback.region"),
            "adviser.name": adviser.name if adviser else words("fallback.adviser"),
            "adviser.email": adviser.email if adviser else words("fallback.email"),
            "adviser.phone": (adviser and adviser.phone) or words("fallback.phone"),
            **self.values.get(words.language, {}),
        }

    def number(self, value: ValueRef) -> int:
        """Return the number of a value that has one."""
        return self.handbook.find(Value, value).number or 0

    @cached_property
    def uses(self) -> dict[tuple[str, str], list[tuple[Phase, Step]]]:
        """Return, for each item, the phase steps that use it, in order."""
        found: dict[tuple[str, str], list[tuple[Phase, Step]]] = {}
        for phase in self.handbook.all(Phase):
            for step in phase.steps:
                for ref in step.uses:
                    found.setdefault(ref.target, []).append((phase, step))
        return found

    @cached_property
    def followers(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Return, for each item, the guides that must come after it."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for item in self.handbook.pages():
            for ref in item.after if isinstance(item, Guide) else ():
                found.setdefault(ref.target, []).append((item.kind, item.id))
        return found

    @cached_property
    def composed(self) -> dict[int, tuple[Item, Document]]:
        """Return what `compose` has made of which item, by the item's identity."""
        return {}

    @cached_property
    def timeline(self) -> Timeline | None:
        """Return the region's own dates, or None where it gives none."""
        phases = self.handbook.all(Phase)
        starts = self.region.starts
        return timeline(starts, phases) if starts and phases else None


_loaded: WeakKeyDictionary[Project, dict[Language, Edition]] = WeakKeyDictionary()


def load_edition(project: Project, language: Language) -> Edition:
    """Return the project's edition in a language: the same to all who ask.

    So what one of them has composed, nobody composes again (`compose.py`).
    """
    editions = _loaded.setdefault(project, {})
    if language not in editions:
        editions[language] = _edition(project, language)
    return editions[language]


def _edition(project: Project, language: Language) -> Edition:
    catalogues = {code: load_catalogue(code) for code in project.handbooks}
    values = {
        code: {value.name: _shown(value, catalogues[code]) for value in handbook.all(Value)}
        for code, handbook in project.handbooks.items()
    }
    handbook, towns = project.handbooks[language], project.municipalities
    region = project.region.in_language(language)
    return Edition(handbook, region, catalogues, towns, values, project.photo)


def _shown(value: Value, words: Catalogue) -> str:
    """Return a value as texts have it: numbers up to twelve in letters, as Norwegian has them."""
    if value.number is None:
        return str(value.text)
    written = words.texts.get(f"number.n{value.number}")
    return written or str(value.number)


@dataclass(frozen=True)
class Writing:
    """One item being composed: its words and its filled-in texts."""

    edition: Edition
    item: Item

    @property
    def words(self) -> Words:
        """Return the catalogue of the item's own language."""
        return self.edition.words(self.item)

    @property
    def region(self) -> Region:
        """Return the region in the item's own language."""
        return self.edition.region.in_language(self.item.language)

    def text(self, value: str) -> str:
        """Return a text with the region's names filled in."""
        return fill(value, self.edition.names[self.item.language])

    def texts(self, values: Iterable[str]) -> tuple[str, ...]:
        """Return texts with the region's names filled in."""
        return tuple(self.text(value) for value in values)

    def rich(self, value: Rich) -> tuple[RichBlock, ...]:
        """Return the blocks of a rich text with the region's names filled in.

        The names go in after parsing, so a region's text can never become markup.
        """
        return map_runs(
            value.blocks,
            lambda run: Run(self.text(run.text), run.strong, run.em, run.target),
        )

    def title(self, kind: str, item_id: str) -> str:
        """Return the title of an item."""
        item = self.edition.handbook.get(kind, item_id)
        return fill(item.title, self.edition.names[item.language])

    def link(self, kind: str, item_id: str) -> Run:
        """Return a link to an item that shows its title."""
        return Run(self.title(kind, item_id), target=f"{kind}/{item_id}")

    def links(self, kind: str, ids: Iterable[str]) -> tuple[Run, ...]:
        """Return links with commas between them."""
        runs: list[Run] = []
        for item_id in ids:
            runs += [Run(", ")] if runs else []
            runs.append(self.link(kind, item_id))
        return tuple(runs)

    def fact(self, key: str, value: str | tuple[Run, ...]) -> Fact:
        """Return a fact under the label `fact.<key>`."""
        return Fact(self.words(f"fact.{key}"), (Run(value),) if isinstance(value, str) else value)

    def cards(self, targets: Iterable[tuple[str, str]]) -> Cards:
        """Return a card for each item."""
        return Cards(tuple(card(self.edition, kind, item_id) for kind, item_id in targets))

    def cell(self, value: str) -> Cell:
        """Return a table cell of one paragraph of plain text."""
        return (Paragraph((Run(self.text(value)),)),)

    def process(self, here: Iterable[str]) -> Process:
        """Return the picture of the process with the given phases marked."""
        return process(self.edition, set(here), self.words)


def card(edition: Edition, kind: str, item_id: str) -> Card:
    """Return a card for an item, with its length where it has one."""
    item = edition.handbook.get(kind, item_id)
    words = edition.words()
    summary = item.summary if isinstance(item, Page | Gate) else ""
    names = edition.names[item.language]
    return Card(
        words(f"kind.{kind}"),
        fill(item.title, names),
        fill(summary, names),
        f"{kind}/{item_id}",
        length(words, item.takes) if item.takes else "",
        item.language,
    )


def length(words: Words, minutes: int) -> str:
    """Return minutes in words: under two hours in minutes, else in hours and minutes."""
    if minutes < 120:
        return words("minutes", n=minutes)
    hours, rest = divmod(minutes, 60)
    return words("hours", n=hours) + (f" {words('minutes', n=rest)}" if rest else "")


def process(edition: Edition, here: set[str], words: Words) -> Process:
    """Return the three phases with the four gates between them."""
    phases, gates = edition.handbook.all(Phase), edition.handbook.all(Gate)
    steps: list[ProcessStep] = []
    for number, gate in enumerate(gates, start=1):
        target = f"gate/{gate.id}"
        steps.append(ProcessStep("gate", number, gate.title, gate.question, target, False))
        if number <= len(phases):
            phase = phases[number - 1]
            note = words("months", min=phase.duration.min, max=phase.duration.max)
            target = f"phase/{phase.id}"
            steps.append(ProcessStep("phase", number, phase.title, note, target, phase.id in here))
    return Process(tuple(steps))
