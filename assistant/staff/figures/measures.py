"""The figures of a period, and what follows from them; no storage, no words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median, quantiles

from assistant.staff.figures.periods import Period
from assistant.staff.figures.satisfaction import Levels
from storage.application_states import ApplicationState
from storage.handoff_figures import HandoffOutcome
from storage.turn_counts import Tally, Way

NOTHING = Tally()


@dataclass(frozen=True)
class Durations:
    """Durations in seconds; the 90th percentile is interpolated between the two nearest."""

    count: int
    median: float | None
    p90: float | None

    @classmethod
    def of(cls, seconds: Iterable[float]) -> Durations:
        """Sum up durations."""
        values = sorted(seconds)
        if not values:
            return cls(0, None, None)
        p90 = quantiles(values, n=10, method="inclusive")[8] if len(values) > 1 else values[0]
        return cls(len(values), median(values), p90)


@dataclass(frozen=True)
class DeskFigures:
    """Of the conversations that were queued for a person in the period."""

    reasons: Mapping[str, int]
    outcomes: Mapping[HandoffOutcome, int]
    waiting: Durations
    handling: Durations
    long_waits: int
    no_answers: int
    """how often a person lost a conversation because they did not answer in time"""

    @property
    def queued(self) -> int:
        return sum(self.outcomes.values())

    @property
    def abandoned(self) -> int:
        """Return how many left before a person came."""
        return self.outcomes.get(HandoffOutcome.LEFT, 0) + self.outcomes.get(HandoffOutcome.LEFT_MESSAGE, 0)


@dataclass(frozen=True)
class OfItem:
    """The applications for one item."""

    moves: Mapping[ApplicationState, int]
    overdue: int = 0
    """in the works at the end of the period, past the promised day"""

    def count(self, state: ApplicationState) -> int:
        return self.moves.get(state, 0)


@dataclass(frozen=True)
class ApplicationsFigures:
    items: Mapping[str, OfItem]
    days: Mapping[date, Mapping[ApplicationState, int]]
    in_time: int
    late: int
    """issued in the period, within the promised working days or after; where nothing is promised, neither"""

    def count(self, state: ApplicationState) -> int:
        """Return how many applications came into a state."""
        return sum(one.count(state) for one in self.items.values())

    @property
    def overdue(self) -> int:
        return sum(one.overdue for one in self.items.values())

    @property
    def in_time_share(self) -> float | None:
        return share(self.in_time, self.in_time + self.late)


@dataclass(frozen=True)
class SatisfactionFigures:
    levels: Levels
    days: Mapping[date, Levels]
    items: Mapping[str, Levels]


@dataclass(frozen=True)
class PeriodFigures:
    """Everything that is told of a period."""

    period: Period
    hours: Mapping[tuple[date, int], Tally]
    statuses: Mapping[str, int]
    ways: Mapping[Way, int]
    items: Mapping[str, Mapping[str, int]]
    """turns about an item, by status"""
    desk: DeskFigures
    applications: ApplicationsFigures
    satisfaction: SatisfactionFigures

    @cached_property
    def by_day(self) -> Mapping[date, Tally]:
        """Return the counts of each day of the period, of quiet ones too."""
        return {day: _sum(self.hours.get((day, hour), NOTHING) for hour in range(24)) for day in self.period.days}

    @cached_property
    def by_hour(self) -> tuple[Tally, ...]:
        """Return the counts of each hour of the day, all days together."""
        return tuple(_sum(self.hours.get((day, hour), NOTHING) for day in self.period.days) for hour in range(24))

    def by_weekday(self) -> tuple[tuple[int, ...], ...]:
        """Return the turns by weekday, Monday first, and hour."""
        table: Counter[tuple[int, int]] = Counter()
        for (day, hour), tally in self.hours.items():
            table[day.weekday(), hour] += tally.turns
        return tuple(tuple(table[weekday, hour] for hour in range(24)) for weekday in range(7))

    @property
    def conversations(self) -> int:
        return sum(tally.conversations for tally in self.hours.values())

    @property
    def turns(self) -> int:
        return sum(tally.turns for tally in self.hours.values())

    def share_of(self, statuses: Collection[str], among: Collection[str]) -> float | None:
        """Return the share (0 to 1) of the turns that ended in some ways among those that ended in others."""
        return share(self._ended(statuses), self._ended(among))

    def _ended(self, statuses: Collection[str]) -> int:
        return sum(count for status, count in self.statuses.items() if status in statuses)


def share(part: int, whole: int) -> float | None:
    """Return a share (0 to 1), or None of nothing."""
    return part / whole if whole else None


def _sum(tallies: Iterable[Tally]) -> Tally:
    turns = conversations = 0
    for tally in tallies:
        turns, conversations = turns + tally.turns, conversations + tally.conversations
    return Tally(turns, conversations)
