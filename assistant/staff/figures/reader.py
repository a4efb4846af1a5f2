"""Compose the figures of a period from what the storage counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from actions.services import Services
from actions.working_calendar import WorkingCalendar
from assistant.staff.figures.measures import (
    ApplicationsFigures,
    DeskFigures,
    Durations,
    OfItem,
    PeriodFigures,
    SatisfactionFigures,
)
from assistant.staff.figures.periods import Period
from assistant.staff.figures.rules import FigureRules
from storage.application_figures import ApplicationFigures
from storage.application_states import ApplicationState
from storage.database import Database
from storage.handoff_figures import HandoffFigures
from storage.rating_counts import RatingCounts
from storage.turn_counts import TurnCounts


class FiguresReader:
    """Read the figures of periods; nothing of a citizen is decrypted for them."""

    def __init__(
        self,
        database: Database,
        rules: FigureRules,
        promised: Mapping[str, int],
        calendar: WorkingCalendar,
    ) -> None:
        """Take the storage; `promised` says by item in how many working days from acceptance a result is promised."""
        self._turns = TurnCounts(database)
        self._handoffs = HandoffFigures(database)
        self._applications = ApplicationFigures(database)
        self._rules = rules
        self._promised = promised
        self._calendar = calendar
        self._ratings = RatingCounts(database)

    @classmethod
    def of(cls, services: Services, rules: FigureRules) -> FiguresReader:
        """Make the reader of an installation."""
        database = services.database
        return cls(database, rules, rules.promised_days(services.flows), services.calendar)

    def read(self, period: Period) -> PeriodFigures:
        """Return the figures of a period."""
        since, until = period.since, period.until
        sums = self._turns.sums(since, until)
        return PeriodFigures(
            period=period,
            hours=sums.hours,
            statuses=sums.statuses,
            ways=sums.ways,
            items=self._turns.by_item(since, until),
            desk=self._desk(period),
            applications=self._of_applications(period),
            satisfaction=self._satisfaction(period),
        )

    def _desk(self, period: Period) -> DeskFigures:
        queued = self._handoffs.queued(period.since, period.until)
        waits = [one.waited_seconds for one in queued if one.waited_seconds is not None]
        return DeskFigures(
            reasons=Counter(one.reason for one in queued),
            outcomes=Counter(one.outcome for one in queued),
            waiting=Durations.of(waits),
            handling=Durations.of(one.handled_seconds for one in queued if one.handled_seconds is not None),
            long_waits=sum(wait > self._rules.long_wait.total_seconds() for wait in waits),
            no_answers=self._handoffs.no_answers(period.since, period.until),
        )

    def _of_applications(self, period: Period) -> ApplicationsFigures:
        """Count applications; one is late after the promised working days, which count from acceptance."""
        items: dict[str, Counter[ApplicationState]] = defaultdict(Counter)
        days: dict[date, Counter[ApplicationState]] = defaultdict(Counter)
        for (day, item_id, state), count in self._applications.moves(period.since, period.until).items():
            items[item_id][state] += count
            days[day][state] += count
        overdue: Counter[str] = Counter()
        in_time = late = 0
        since, until, zone, last = period.since, period.until, period.since.tzinfo, period.days[-1]
        due_days: dict[tuple[date, int], date] = {}  # days of acceptance are few, applications many
        for one in self._applications.accepted(since, self._promised):
            promise = one.accepted_at.astimezone(zone).date(), self._promised[one.item_id]
            due = due_days.get(promise) or due_days.setdefault(promise, self._calendar.add_working_days(*promise))
            if one.is_open(period.until):
                overdue[one.item_id] += due < last
            elif one.state is ApplicationState.ISSUED and one.ended_at and since <= one.ended_at < until:
                is_late = one.ended_at.astimezone(zone).date() > due
                in_time, late = in_time + (not is_late), late + is_late
        known = [item for item in {*items, *overdue} if items[item] or overdue[item]]
        return ApplicationsFigures({item: OfItem(items[item], overdue[item]) for item in known}, days, in_time, late)

    def _satisfaction(self, period: Period) -> SatisfactionFigures:
        span, ratings = (period.since, period.until), self._ratings
        return SatisfactionFigures(ratings.counts(*span), ratings.by_day(*span), ratings.by_item(*span))
