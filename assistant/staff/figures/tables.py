"""The figures of a period as tables, a table a theme: what is exported, and what lists rows on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from actions.status import AnswerStatus
from assistant.staff.figures.headline import Headline, Kind
from assistant.staff.figures.labels import Labels
from assistant.staff.figures.measures import OfItem, PeriodFigures
from storage.application_states import ApplicationState
from storage.handoff_figures import HandoffOutcome

Cell = str | int | float | date | None
MOVES = (
    ApplicationState.SUBMITTED,
    ApplicationState.SUPPLEMENT,
    ApplicationState.ACCEPTED,
    ApplicationState.ISSUED,
    ApplicationState.REFUSED,
    ApplicationState.WITHDRAWN,
)
LEVELS = (5, 4, 3, 2, 1)


@dataclass(frozen=True)
class Column:
    title: str
    kind: Kind


@dataclass(frozen=True)
class Table:
    """A theme. `kinds` says of each row what its values are, where rows differ; else a column's own kind holds."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kinds: tuple[Kind, ...] = ()

    def kind_of(self, row: int, column: int) -> Kind:
        """Return what a cell is; the first column names the row."""
        return self.kinds[row] if self.kinds and column else self.columns[column].kind


class Tables:
    """Make the tables of a period and the one it is compared with."""

    def __init__(
        self, found: PeriodFigures, before: PeriodFigures, headline: Sequence[Headline], labels: Labels
    ) -> None:
        self._found = found
        self._before = before
        self._headline = headline
        self._labels = labels
        self._texts = labels.texts

    def all(self) -> tuple[Table, ...]:
        """Return every table there is."""
        overview = self.overview(), self.days(), self.hours(), self.answers()
        return (*overview, self.desk(), self.applications(), self.items(), self.satisfaction())

    def overview(self) -> Table:
        """Return the headline figures."""
        rows: list[tuple[Cell, ...]] = [
            (self._texts(f"headline_{one.key}"), one.value, one.before[0]) for one in self._headline
        ]
        columns = ("measure", Kind.TEXT), ("value", Kind.COUNT), ("before", Kind.COUNT)
        return self._table("overview", columns, rows, tuple(one.kind for one in self._headline))

    def days(self) -> Table:
        """Return what happened on each day."""
        moves = self._found.applications.days
        rows: list[tuple[Cell, ...]] = [
            (day, tally.conversations, tally.turns, *(moves.get(day, {}).get(state, 0) for state in MOVES))
            for day, tally in self._found.by_day.items()
        ]
        columns = [("day", Kind.DAY), ("conversations", Kind.COUNT), ("turns", Kind.COUNT)]
        return self._table("days", columns, rows, states=MOVES)

    def hours(self) -> Table:
        """Return what happened in each hour of the day."""
        rows = [
            (self._texts("hour", hour=hour), tally.conversations, tally.turns)
            for hour, tally in enumerate(self._found.by_hour)
        ]
        columns = ("hour", Kind.TEXT), ("conversations", Kind.COUNT), ("turns", Kind.COUNT)
        return self._table("hours", columns, rows)

    def answers(self) -> Table:
        """Return how turns ended."""
        now, before = self._found.statuses, self._before.statuses
        rows = [
            (label, now.get(status, 0), before.get(status, 0))
            for status, label in self._labels.statuses.items()
            if now.get(status) or before.get(status)
        ]
        columns = ("status", Kind.TEXT), ("turns", Kind.COUNT), ("before", Kind.COUNT)
        return self._table("answers", columns, rows)

    def desk(self) -> Table:
        """Return what the desk did: reasons, outcomes, durations."""
        rows = tuple(self._desk_rows())
        columns = ("measure", Kind.TEXT), ("value", Kind.COUNT), ("before", Kind.COUNT)
        return self._table("desk", columns, [row for row, _ in rows], tuple(kind for _, kind in rows))

    def applications(self) -> Table:
        """Return the applications for each item, the most submitted first."""
        items = self._found.applications.items
        ordered = sorted(items, key=lambda item: (-items[item].count(ApplicationState.SUBMITTED), item))
        rows: list[tuple[Cell, ...]] = [
            (self._labels.item(item), *_moves(items[item]), items[item].overdue) for item in ordered
        ]
        return self._table("applications", [("item", Kind.TEXT)], rows, states=MOVES, last=("overdue", Kind.COUNT))

    def items(self) -> Table:
        """Return the turns about each item, the most asked first."""
        rows = [
            (self._labels.item(item), sum(turns.values()), turns.get(AnswerStatus.ANSWERED.value, 0), before)
            for item, turns, before in self.asked_items()
        ]
        columns = ("item", Kind.TEXT), ("turns", Kind.COUNT), ("answered_turns", Kind.COUNT), ("before", Kind.COUNT)
        return self._table("items", columns, rows)

    def asked_items(self) -> list[tuple[str, dict[str, int], int]]:
        """Return the items that turns were about with their turns by status, and how many turns there were before."""
        now, before = self._found.items, self._before.items
        ordered = sorted(now, key=lambda item: (-sum(now[item].values()), item))
        return [(item, dict(now[item]), sum(before.get(item, {}).values())) for item in ordered]

    def satisfaction(self) -> Table:
        """Return how the service was rated."""
        now, before = self._found.satisfaction, self._before.satisfaction
        rows = [
            (
                self._texts(f"level_{level}"),
                now.levels.get(level, 0),
                before.levels.get(level, 0),
            )
            for level in LEVELS
        ]
        columns = ("level", Kind.TEXT), ("ratings", Kind.COUNT), ("before", Kind.COUNT)
        return self._table("satisfaction", columns, rows)

    def _desk_rows(self) -> Iterator[tuple[tuple[Cell, ...], Kind]]:
        now, before, texts = self._found.desk, self._before.desk, self._texts
        yield (texts("desk_queued"), now.queued, before.queued), Kind.COUNT
        for reason in sorted({*now.reasons, *before.reasons}):
            name = texts("desk_reason", reason=self._labels.reason(reason))
            yield (name, now.reasons.get(reason, 0), before.reasons.get(reason, 0)), Kind.COUNT
        for outcome in HandoffOutcome:
            name = texts("desk_outcome", outcome=texts(f"outcome_{outcome.value}"))
            yield (name, now.outcomes.get(outcome, 0), before.outcomes.get(outcome, 0)), Kind.COUNT
        yield (texts("desk_no_answers"), now.no_answers, before.no_answers), Kind.COUNT
        yield (texts("desk_waiting_median"), now.waiting.median, before.waiting.median), Kind.SECONDS
        yield (texts("desk_waiting_p90"), now.waiting.p90, before.waiting.p90), Kind.SECONDS
        yield (texts("desk_handling_median"), now.handling.median, before.handling.median), Kind.SECONDS
        yield (texts("desk_handling_p90"), now.handling.p90, before.handling.p90), Kind.SECONDS

    def _table(
        self,
        key: str,
        columns: Iterable[tuple[str, Kind]],
        rows: Iterable[tuple[Cell, ...]],
        kinds: tuple[Kind, ...] = (),
        states: Iterable[ApplicationState] = (),
        last: tuple[str, Kind] | None = None,
    ) -> Table:
        titled = [Column(self._texts(f"column_{name}"), kind) for name, kind in columns]
        titled += [Column(self._labels.state(state), Kind.COUNT) for state in states]
        if last is not None:
            titled.append(Column(self._texts(f"column_{last[0]}"), last[1]))
        return Table(key, self._texts(f"theme_{key}"), tuple(titled), tuple(rows), kinds)


def _moves(one: OfItem) -> tuple[int, ...]:
    return tuple(one.count(state) for state in MOVES)
