"""The periods that figures are told for: local days, and the same number of days before them to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum

DAY = timedelta(days=1)
LONGEST_DAYS = 366
EARLIEST_YEAR = 2000
"""a day before is a slip of the hand, and near the year 1 there is nothing to compare it with"""


class BadPeriod(ValueError):
    """A period that cannot be told; `key` names the sentence that says why, in data/texts/figures.yml."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class PeriodName(str, Enum):
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    """the last seven days, today counted in"""
    MONTH = "month"
    """the last thirty days, today counted in"""
    CUSTOM = "custom"


@dataclass(frozen=True)
class Period:
    """From a local midnight to a full hour, which is not counted in: a midnight, or today's next full hour."""

    since: datetime
    until: datetime

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days, the last one perhaps not whole."""
        last = (self.until - timedelta(microseconds=1)).date()
        return tuple(self.since.date() + DAY * ahead for ahead in range((last - self.since.date()).days + 1))

    @property
    def before(self) -> Period:
        """Return as many days before, ending at the same hour, so that what is compared is equally long."""
        back = DAY * len(self.days)
        return Period(self.since - back, self.until - back)

    @property
    def ends_within_day(self) -> bool:
        """Tell whether the last day is still running."""
        return self.until.time() != time()

    def shifted(self, days: int) -> Period:
        """Return the same period some days later, or earlier."""
        return Period(self.since + DAY * days, self.until + DAY * days)


def period_of(first: date, last: date, now: datetime) -> Period:
    """Return the period of two days and what is between them, until now where the last is today; raise BadPeriod."""
    if last < first:
        raise BadPeriod("period_backwards")
    if last > now.date():
        raise BadPeriod("period_in_future")
    if (last - first).days >= LONGEST_DAYS:
        raise BadPeriod("period_too_long")
    hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return Period(midnight(first, now.tzinfo), min(midnight(last + DAY, now.tzinfo), hour))


def period_named(name: str, first: str, last: str, now: datetime) -> Period:
    """Return the period of a name; `first` and `last` are ISO dates and count for a custom one alone.

    Raises:
        BadPeriod: there is no such name, or the dates are none, in the wrong order, in the future or too far apart.
    """
    today = now.date()
    match name:
        case PeriodName.TODAY.value:
            return period_of(today, today, now)
        case PeriodName.YESTERDAY.value:
            return period_of(today - DAY, today - DAY, now)
        case PeriodName.WEEK.value:
            return period_of(today - 6 * DAY, today, now)
        case PeriodName.MONTH.value:
            return period_of(today - 29 * DAY, today, now)
        case PeriodName.CUSTOM.value:
            return period_of(_date(first), _date(last), now)
    raise BadPeriod("period_unknown")


def midnight(day: date, zone: tzinfo | None) -> datetime:
    """Return the moment at which a day begins."""
    return datetime.combine(day, time(), zone)


def _date(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise BadPeriod("period_no_date") from None
    if day.year < EARLIEST_YEAR:
        raise BadPeriod("period_no_date")
    return day
