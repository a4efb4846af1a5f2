"""Compose the report of a day: its figures beside those of the day and of the week before, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from actions.services import Services
from actions.status import AnswerStatus
from actions.texts import Texts
from assistant.editor.gap_list import GapReport
from assistant.staff.figures.headline import Headline, headline
from assistant.staff.figures.labels import Labels
from assistant.staff.figures.measures import PeriodFigures
from assistant.staff.figures.periods import DAY, Period, period_of
from assistant.staff.figures.reader import FiguresReader
from assistant.staff.figures.rules import FigureRules
from assistant.staff.figures.satisfaction import low
from storage.outbox import AT_ONCE, Handover, Outbox

WEEK = 7
DAYS_SHOWN = 14
LONGEST_QUESTION = 80
"""characters of a question that are quoted"""


@dataclass(frozen=True)
class Trouble:
    """Something that went wrong, with a line for each case of it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class DailyReport:
    """Everything that stands on the page; the words are those of data/texts/daily_report.yml."""

    day: date
    made_at: datetime
    until_hour: int | None
    """the hour that the day has come to, where it is not over"""
    headline: tuple[Headline, ...]
    hours: tuple[int, ...]
    """conversations begun in each hour"""
    hours_week_before: tuple[int, ...]
    days: tuple[tuple[date, int], ...]
    """conversations of the last days"""
    answers: tuple[tuple[str, int], ...]
    """turns by how they ended, in words, the most frequent first"""
    troubles: tuple[Trouble, ...]


class DailyReports:
    """Make the reports of an installation."""

    def __init__(self, services: Services) -> None:
        """Keep what reports are made from."""
        self._rules = FigureRules.load(services.data / "figures.yml")
        self._reader = FiguresReader.of(services, self._rules)
        self._labels = Labels.load(services)
        self._outbox = Outbox(services.database)
        self._clock = services.clock
        self.texts = Texts.load(services.data / "texts" / "daily_report.yml")
        self.labels = self._labels.texts

    def period(self, day: date) -> Period:
        """Return the day as a period, until now where it is today; raise BadPeriod for one in the future."""
        return period_of(day, day, self._clock())

    def of(self, day: date, gaps: GapReport | str) -> DailyReport:
        """Return the report of a day; `gaps` is what was not answered, or why that could not be read."""
        period = self.period(day)
        found, week_before = self._reader.read(period), self._reader.read(period.shifted(-WEEK))
        before = (self._reader.read(period.before), week_before)
        lately = self._reader.read(Period(period.since - DAY * (DAYS_SHOWN - 1), period.until))
        answers = sorted(found.statuses.items(), key=lambda one: -one[1])
        return DailyReport(
            day=day,
            made_at=self._clock(),
            until_hour=period.until.hour if period.ends_within_day else None,
            headline=headline(found, before, self._rules),
            hours=tuple(tally.conversations for tally in found.by_hour),
            hours_week_before=tuple(tally.conversations for tally in week_before.by_hour),
            days=tuple((one, tally.conversations) for one, tally in lately.by_day.items()),
            answers=tuple((self._labels.statuses.get(status, status), turns) for status, turns in answers),
            troubles=tuple(one for one in self._troubles(found, gaps) if one.lines),
        )

    def _troubles(self, found: PeriodFigures, gaps: GapReport | str) -> Iterator[Trouble]:
        yield self._trouble("unanswered", self._unanswered(gaps))
        yield self._trouble("low_ratings", self._low_ratings(found))
        overdue = {item: one.overdue for item, one in found.applications.items.items() if one.overdue}
        yield self._trouble("overdue", self._by_item("overdue_line", overdue))
        yield self._trouble("waits", self._waits(found))
        yield self._trouble("deliveries", self._deliveries(found.period.until))
        failed = found.statuses.get(AnswerStatus.ERROR.value, 0)
        yield self._trouble("errors", [self.texts("errors_line", count=failed)] if failed else [])

    def _trouble(self, key: str, lines: Sequence[str]) -> Trouble:
        return Trouble(self.texts(key), tuple(lines))

    def _unanswered(self, gaps: GapReport | str) -> list[str]:
        if isinstance(gaps, str):
            return [self.texts("unanswered_unread", reason=gaps)]
        lines = [
            self.texts("unanswered_line", question=_quoted(one.gap.examples[0]), conversations=one.gap.conversations)
            for one in gaps.gaps[: self._rules.report_top]
        ]
        return lines + ([self.texts("unanswered_withheld", count=gaps.withheld)] if gaps.withheld else [])

    def _low_ratings(self, found: PeriodFigures) -> list[str]:
        all_low = low(found.satisfaction.levels, self._rules.low_level)
        if not all_low:
            return []
        items = {item: low(levels, self._rules.low_level) for item, levels in found.satisfaction.items.items()}
        return [self.texts("low_ratings_all", count=all_low), *self._by_item("low_ratings_line", items)]

    def _by_item(self, key: str, counts: dict[str, int]) -> list[str]:
        ordered = sorted((item for item in counts if counts[item]), key=lambda item: (-counts[item], item))
        return [
            self.texts(key, item=self._labels.item(item), count=counts[item])
            for item in ordered[: self._rules.report_top]
        ]

    def _waits(self, found: PeriodFigures) -> list[str]:
        minutes = f"{self._rules.long_wait / timedelta(minutes=1):g}"
        told = (
            ("waits_long", found.desk.long_waits),
            ("waits_abandoned", found.desk.abandoned),
            ("waits_no_answer", found.desk.no_answers),
        )
        return [self.texts(key, count=count, minutes=minutes) for key, count in told if count]

    def _deliveries(self, until: datetime) -> list[str]:
        """Return what fails now and did so when the day ended, by the department that it is for."""
        by_connector: dict[str, list[Handover]] = {}
        for one in self._outbox.troubled(AT_ONCE):
            if one.failing_since is not None and one.failing_since < until:
                by_connector.setdefault(one.connector, []).append(one)
        return [
            self.texts(
                "deliveries_line",
                connector=connector,
                count=len(failing),
                since=self._moment(failing[0].failing_since),
                failure=failing[0].last_failure,
            )
            for connector, failing in by_connector.items()
        ]

    def _moment(self, at: datetime | None) -> str:
        return f"{at.astimezone(self._clock().tzinfo):%m-%d %H:%M}" if at else self.texts("none")


def _quoted(question: str) -> str:
    return question if len(question) <= LONGEST_QUESTION else question[: LONGEST_QUESTION - 1] + "…"
