"""The clock: Beijing time, wherever the machine stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

Clock = Callable[[], datetime]

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""the one legal time of China; no summer time"""


def beijing_time() -> datetime:
    """Return the present moment in Beijing time."""
    return datetime.now(BEIJING)


def clock_on(day: date) -> Clock:
    """Return a clock that gives the time of day now, always on one date."""
    return lambda: datetime.combine(day, beijing_time().timetz())


def clock_from(start: datetime) -> Clock:
    """Return a clock that stands at `start` now and runs on from there; a time without a zone is Beijing's."""
    start = start if start.tzinfo else start.replace(tzinfo=BEIJING)
    ahead = start - beijing_time()
    return lambda: beijing_time() + ahead


class BadDate(ValueError):
    """It is no date; write 2026-11-23, or 2026-11-23T10:00 for a clock that runs on from there."""


def clock_named(when: str | None) -> Clock:
    """Return the clock that `2026-11-23` or `2026-11-23T10:00` names; nothing names the real one.

    Raises:
        BadDate: it is neither a date nor a date and time of ISO 8601.
    """
    if not when:
        return beijing_time
    try:
        return clock_from(datetime.fromisoformat(when)) if "T" in when else clock_on(date.fromisoformat(when))
    except ValueError:
        raise BadDate(f"{when!r}: {BadDate.__doc__}") from None
