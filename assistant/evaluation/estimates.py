"""A measured value with its 95 % interval, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from numpy.typing import NDArray

from assistant.evaluation.measures import bootstrap, wilson


class Unit(str, Enum):
    """What a value is measured in."""

    SHARE = "share"
    POINTS = "points"
    """a difference of shares"""
    SCORE = "score"
    COUNT = "count"
    MILLISECONDS = "ms"


_FORM = {Unit.SHARE: (100, 1), Unit.POINTS: (100, 1), Unit.SCORE: (1, 4), Unit.COUNT: (1, 0), Unit.MILLISECONDS: (1, 1)}
"""what a value is multiplied by when written, and its decimals"""
_SIGN = {Unit.SHARE: " %", Unit.POINTS: " points", Unit.MILLISECONDS: " ms"}


@dataclass(frozen=True)
class Estimate:
    """One value; shares are of 1."""

    value: float
    unit: Unit
    low: float | None = None
    high: float | None = None
    """ends of the 95 % interval, where the value is a claim"""
    count: int | None = None
    """what it was measured on"""

    def __str__(self) -> str:
        """Write the value with its unit."""
        return "–" if self.count == 0 else written(self.value, self.unit)

    @property
    def interval(self) -> str:
        """Write the interval, or nothing where there is none."""
        if self.low is None or self.high is None or self.count == 0:
            return ""
        joint = " to " if self.low < 0 else "–"
        return f"{_number(self.low, self.unit)}{joint}{_number(self.high, self.unit)}"


Cell = str | int | float | Estimate
"""what stands in a table"""


def share(hits: Iterable[object]) -> Estimate:
    """Estimate a share from a yes or no for each case."""
    answers = [bool(hit) for hit in hits]
    return share_of(sum(answers), len(answers))


def share_of(right: int, of: int) -> Estimate:
    """Estimate a share from two numbers of cases."""
    return Estimate(right / of if of else 0.0, Unit.SHARE, *wilson(right, of), of)


def weighted_share(hits: NDArray, weights: NDArray) -> Estimate:
    """Estimate a share of weighted cases; Wilson's interval counts the even cases they are worth (Kish 1965)."""
    if not len(hits):
        return share(())
    value = float(weights @ hits / weights.sum())
    worth = float(weights.sum() ** 2 / (weights @ weights))
    return Estimate(value, Unit.SHARE, *wilson(value * worth, worth), len(hits))


def resampled(
    statistic: Callable[..., float], *samples: Sequence[float] | NDArray, unit: Unit = Unit.SCORE
) -> Estimate:
    """Estimate any statistic of samples, its interval by the bootstrap."""
    return Estimate(float(statistic(*samples)), unit, *bootstrap(statistic, *samples), sum(map(len, samples)))


def count(value: int) -> Estimate:
    """Tell a number of cases."""
    return Estimate(value, Unit.COUNT)


def milliseconds(value: float, of: int) -> Estimate:
    """Tell a duration."""
    return Estimate(value, Unit.MILLISECONDS, count=of)


def written(value: float, unit: Unit) -> str:
    """Write a value with its unit."""
    return _number(value, unit) + _SIGN.get(unit, "")


def shown(cell: Cell) -> str:
    """Write a cell of a table, a share with its interval."""
    if isinstance(cell, Estimate) and cell.interval:
        return f"{cell} ({cell.interval})"
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


def plain(value: Any) -> Any:
    """Return a value as JSON holds it: floats cut to six digits."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return round(value, 6) if isinstance(value, float) else value


def _number(value: float, unit: Unit) -> str:
    scale, digits = _FORM[unit]
    return f"{scale * value:.{digits}f}"
