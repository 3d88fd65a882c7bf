"""A fleet's cost by least squares: from what was measured to fleets that nobody has built.

What a fleet costs is taken to be a sum: something once (what is equal for all is made), something
for each region, and something more for regions of a sort, where the figures show it. What is left
is taken to be noise, as large for each region and independent of the others'.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

SURE = 0.95  # what the intervals hold
_SHOWN = 0.99  # how sure it is to be that a part is there
_ENOUGH = 3  # observations for each part
Parts = Mapping[str, float]


@dataclass(frozen=True)
class Row:
    """Something measured: how much there was of each part of the cost, and of how many regions."""

    parts: Parts
    value: float
    weight: float = 1


@dataclass(frozen=True)
class Prediction:
    """What is expected, and by how much it may be off either way."""

    value: float
    off: float | None  # None where there is nothing to tell it by


@dataclass(frozen=True)
class Model:
    """What each part costs, and how sure that is."""

    parts: dict[str, float]
    spread: float  # of one region, as a standard deviation
    freedom: int
    inverse: np.ndarray

    def predict(self, parts: Parts, weight: float = 1) -> Prediction:
        """Return a prediction interval: of what is not measured yet, and not only of its mean.

        `weight` is how many regions there are, each with noise of its own.
        """
        amounts = np.array([parts.get(name, 0) for name in self.parts])
        value = float(amounts @ np.array(list(self.parts.values())))
        if not self.freedom:
            return Prediction(value, None)
        variance = weight + float(amounts @ self.inverse @ amounts)
        return Prediction(value, student(self.freedom, SURE) * self.spread * math.sqrt(variance))


def fitted(rows: Sequence[Row], always: Sequence[str], perhaps: Sequence[str] = ()) -> Model:
    """Return the simplest model that the figures bear; raises ValueError where they bear none.

    Of what may be a part (the likeliest first), those that are not shown to be one are left out,
    the weakest first.
    """
    room = len(rows) // _ENOUGH - len(always)
    names = [*always, *(name for name in perhaps[: max(0, room)] if _differs(rows, name))]
    while True:
        model, sureness = _least_squares(rows, names)
        doubtful = {name: sureness[name] for name in names if name not in always}
        weakest = min(doubtful, key=doubtful.__getitem__, default=None)
        if weakest is None or doubtful[weakest] > student(model.freedom, _SHOWN):
            return model
        names.remove(weakest)


def _differs(rows: Sequence[Row], name: str) -> bool:
    """Return whether some have more of a part for each region than others."""
    return len({row.parts.get(name, 0) / row.weight for row in rows}) > 1


def _least_squares(rows: Sequence[Row], names: list[str]) -> tuple[Model, dict[str, float]]:
    """Return the model with these parts, and how many of its standard errors each of them is."""
    root = np.sqrt([row.weight for row in rows])  # a sum over more regions has more noise
    amounts = np.array([[row.parts.get(name, 0) for name in names] for row in rows]) / root[:, None]
    values = np.array([row.value for row in rows]) / root
    found, _, rank, _ = np.linalg.lstsq(amounts, values)
    if rank < len(names):
        raise ValueError(f"{len(rows)} målinger kan ikke skille {', '.join(names)} fra hverandre")
    freedom = len(rows) - len(names)
    spread = math.sqrt(float(np.sum((values - amounts @ found) ** 2)) / max(1, freedom))
    inverse = np.linalg.inv(amounts.T @ amounts)
    errors = spread * np.sqrt(np.diag(inverse))
    parts = dict(zip(names, map(float, found), strict=True))
    sureness = {
        name: abs(parts[name]) / error if error else math.inf
        for name, error in zip(names, errors, strict=True)
    }
    return Model(parts, spread, freedom, inverse), sureness


def student(freedom: int, share: float) -> float:
    """Return how many standard deviations hold a share of Student's distribution, both ways.

    With t = sqrt(freedom) * tan(angle) the density is a power of a cosine, on a finite range.
    """
    angles = np.linspace(0, math.pi / 2, 20_001)
    density = np.cos(angles) ** (freedom - 1)
    mass = np.cumsum((density[1:] + density[:-1]) / 2)
    angle = np.interp(share, mass / mass[-1], angles[1:])
    return math.sqrt(freedom) * math.tan(float(angle))
