"""What a fleet that was measured comes to, and what a larger one would: as a table and as data.

Time and sites are known for each region, so a region is an observation; cache and memory are
known for each step of the measuring. `fleet_model` says what is taken for granted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import Any

from tools.fleet_model import Model, Parts, Prediction, Row, fitted
from tools.made_regions import Made

FIRST, OTHER, EACH = "én gang", "én gang til, for nynorsk først", "hver region"
_PERHAPS = ("eget innhold", "hver region, for hver hundrede før den", "nynorsk først", "logo")
LANGUAGES = (("nb", "nn"), ("nn", "nb"))  # of the regions that are measured: all have both
ALONE = (1, 2)  # the first of each order of languages makes what is equal for all of that order


@dataclass(frozen=True)
class Region:
    """What one region came to: seconds of the processors and by the clock, bytes of its site."""

    made: Made
    cpu: float
    seconds: float
    bytes: int


@dataclass(frozen=True)
class Step:
    """Some regions built in one run: its seconds, the cache's bytes after it, its most memory."""

    regions: tuple[Region, ...]
    cpu: float
    seconds: float
    cache: int
    memory: int


@dataclass(frozen=True)
class Figure:
    """One thing that is measured: what it was after each step, and what the model is fitted to."""

    name: str
    unit: str
    scale: float
    measured: tuple[float, ...]
    rows: tuple[tuple[Row, ...], ...]  # for each step
    always: tuple[str, ...] = (FIRST, OTHER, EACH)
    grows: bool = True  # with the number of regions

    def model(self, steps: int | None = None) -> Model:
        """Return the model, fitted to the first steps alone where it is said how many."""
        rows = [row for step in self.rows[:steps] for row in step]
        return fitted(rows, self.always, _PERHAPS if self.grows else ())

    def predict(self, regions: Sequence[Made]) -> Prediction:
        """Return what it would be for other regions, built anew."""
        if not self.grows:
            return self.model().predict({EACH: 1})
        return self.model().predict(_sum(map(parts, regions)), len(regions))

    def held_out(self) -> tuple[float, float]:
        """Return what the steps before the last say of the last one, and what it was."""
        model, rows = self.model(len(self.rows) - 1), self.rows[-1]
        return sum(model.predict(row.parts).value for row in rows), sum(row.value for row in rows)


def parts(region: Made) -> Parts:
    """Return how much a region has of each part of the cost."""
    has = (region.own_page, region.number / 100, region.languages[0] == "nn", region.logo)
    first = {FIRST: float(region.number == 0), OTHER: float(region.number == 1), EACH: 1.0}
    return first | {name: float(amount) for name, amount in zip(_PERHAPS, has, strict=True)}


def _sum(found: Iterable[Parts]) -> Parts:
    total: Counter[str] = Counter()
    for one in found:
        total.update(one)
    return total


def figures(steps: Sequence[Step]) -> list[Figure]:
    """Return all that is measured; the first steps have the regions that are built `ALONE`."""
    together = steps[len(ALONE) :]
    cpu = tuple(accumulate(step.cpu for step in steps))
    clock = tuple(accumulate(step.seconds for step in steps))
    sites = tuple(accumulate(sum(one.bytes for one in step.regions) for step in steps))
    cache = tuple(step.cache for step in steps)
    memory = tuple(step.memory for step in together)
    return [
        Figure("Prosessortid", "min", 60, cpu, tuple(map(_cpu_rows, steps))),
        Figure("Etter klokken", "min", 60, clock, tuple(map(_clock_rows, steps))),
        Figure("Nettstedene", "MB", 1e6, sites, tuple(map(_site_rows, steps)), (EACH,)),
        Figure("Mellomlageret", "MB", 1e6, cache, tuple(_cache_rows(steps))),
        Figure("Mest minne", "MB", 1e6, memory, tuple(_memory_rows(together)), (EACH,), False),
    ]


def _cpu_rows(step: Step) -> tuple[Row, ...]:
    """Return each region's own, with its share of what the fleet's process used itself."""
    shared = (step.cpu - sum(one.cpu for one in step.regions)) / len(step.regions)
    return tuple(Row(parts(one.made), one.cpu + shared) for one in step.regions)


def _clock_rows(step: Step) -> tuple[Row, ...]:
    """Return each region's share of the time: several are built at once."""
    share = step.seconds / sum(one.seconds for one in step.regions)
    return tuple(Row(parts(one.made), one.seconds * share) for one in step.regions)


def _site_rows(step: Step) -> tuple[Row, ...]:
    return tuple(Row(parts(one.made), one.bytes) for one in step.regions)


def _cache_rows(steps: Sequence[Step]) -> Iterator[tuple[Row, ...]]:
    before = 0
    for step in steps:
        total = _sum(parts(one.made) for one in step.regions)
        yield (Row(total, step.cache - before, len(step.regions)),)
        before = step.cache


def _memory_rows(steps: Sequence[Step]) -> Iterator[tuple[Row, ...]]:
    """Return the most in each step: it is of those that are built at once, not of all."""
    return ((Row({EACH: 1}, step.memory),) for step in steps)


def table(found: Sequence[Figure], sizes: Sequence[int], ahead: Sequence[Sequence[Made]]) -> str:
    """Return the figures as a table, then the models, then how they fared on the last step."""
    heads = ["Regioner", *map(str, (*ALONE, *sizes)), *(f"{len(one)} (modell)" for one in ahead)]
    lines = [heads]
    for one in found:
        measured = [_number(value / one.scale) for value in one.measured]
        lines.append(
            [
                f"{one.name}, {one.unit}",
                *["–"] * (len(ALONE) + len(sizes) - len(measured)),
                *measured,
                *(_off(one.predict(regions), one.scale) for regions in ahead),
            ]
        )
    wide = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = ["  ".join(_padded(line, wide)).rstrip() for line in lines]
    last = sizes[-1] - sizes[-2]
    return "\n".join(
        [
            *shown,
            "",
            "± er et intervall som skal holde den neste målingen 95 av 100 ganger, om hver region"
            " koster like mye som de målte.",
            "",
            *(f"{one.name} = {_said(one)}" for one in found),
            "",
            f"De {last} siste holdt utenfor, og forutsagt av de {sizes[-2]} første:",
            *map(_tried, found),
        ]
    )


def _padded(line: Sequence[str], wide: Sequence[int]) -> Iterator[str]:
    for number, (text, width) in enumerate(zip(line, wide, strict=True)):
        yield text.rjust(width) if number else text.ljust(width)


def _number(value: float) -> str:
    return f"{value:.{0 if abs(value) >= 100 else 1 if abs(value) >= 1 else 2}f}".replace(".", ",")


def _off(found: Prediction, scale: float) -> str:
    off = "?" if found.off is None else _number(found.off / scale)
    return f"{_number(found.value / scale)} ± {off}"


def _said(one: Figure) -> str:
    """Return a figure's model in words; time is of so few minutes that it is told in seconds."""
    unit, scale = ("s", 1.0) if one.unit == "min" else (one.unit, one.scale)
    model = one.model()
    if not one.grows:
        return f"{_number(model.parts[EACH] / scale)} {unit}, samme hvor mange regioner"
    return " + ".join(
        f"{_number(cost / scale)} {unit} ({name})" for name, cost in model.parts.items()
    )


def _tried(one: Figure) -> str:
    guess, real = one.held_out()
    return (
        f"  {one.name}: {_number(guess / one.scale)} {one.unit} forutsagt,"
        f" {_number(real / one.scale)} målt ({(guess / real - 1) * 100:+.1f} %)".replace(".", ",")
    )


def as_json(
    steps: Sequence[Step], sizes: Sequence[int], ahead: Sequence[Sequence[Made]]
) -> dict[str, Any]:
    """Return what was measured, region by region, and what the models say."""
    return {
        "sizes": list(sizes),
        "interval": 0.95,
        "figures": {one.name: _data(one, sizes, ahead) for one in figures(steps)},
        "steps": [asdict(step) for step in steps],
    }


def _data(one: Figure, sizes: Sequence[int], ahead: Sequence[Sequence[Made]]) -> dict[str, Any]:
    """Return one figure in seconds or bytes."""
    guess, real = one.held_out()
    said = {len(regions): one.predict(regions) for regions in ahead}
    return {
        "measured": dict(zip((*ALONE, *sizes)[-len(one.measured) :], one.measured, strict=True)),
        "model": one.model().parts,
        "predicted": {size: asdict(prediction) for size, prediction in said.items()},
        "last step": {"predicted": guess, "measured": real},
    }
