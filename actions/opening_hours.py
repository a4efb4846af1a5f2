"""When people are on duty to take a conversation over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from actions.texts import Texts
from actions.working_calendar import WorkingCalendar

Hours = tuple[time, time]
"""opening and closing time of a day"""
CLOSED = "closed"
USUAL = "usual"
_LOOKED_AHEAD = 60
"""days; nobody is closed for longer without saying so in the label"""


class BadHours(ValueError):
    """Service hours that cannot be read: a day has an opening and a later closing time, such as ["08:30", "17:00"]."""


@dataclass(frozen=True)
class OpeningHours:
    """Opening and closing time of each weekday (0 is Monday); a weekday left out is closed."""

    days: Mapping[int, Hours]
    label: str
    """the hours as the citizen reads them"""
    calendar: WorkingCalendar = field(default_factory=lambda: WorkingCalendar({}, frozenset(), frozenset()))
    holidays: Hours | None | str = USUAL
    """the hours on holidays; None where closed, `usual` for those of the weekday"""
    worked_weekends: Hours | None | str = USUAL
    """the same for weekend days that are worked for a holiday"""

    @classmethod
    def load(cls, path: Path, calendar: WorkingCalendar) -> OpeningHours:
        """Read the hours from a YAML file; raise BadHours."""
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(
            {int(day): _hours(hours) for day, hours in raw["days"].items()},
            raw["label"],
            calendar,
            _special(raw.get("holidays", USUAL)),
            _special(raw.get("worked_weekends", USUAL)),
        )

    def on(self, day: date) -> Hours | None:
        """Return the hours of a day, or None where nobody comes."""
        special: Hours | None | str = USUAL
        if self.holidays != USUAL and self.calendar.holiday(day) is not None:
            special = self.holidays
        elif self.worked_weekends != USUAL and self.calendar.is_worked_weekend(day):
            special = self.worked_weekends
        return self.days.get(day.weekday()) if isinstance(special, str) else special

    def is_open(self, now: datetime) -> bool:
        """Tell whether somebody is on duty at this local time."""
        hours = self.on(now.date())
        return hours is not None and hours[0] <= now.time().replace(tzinfo=None) < hours[1]

    def next_opening(self, now: datetime) -> datetime | None:
        """Return when somebody is on duty next, `now` where somebody is; None for the next two months' nobody."""
        if self.is_open(now):
            return now
        for ahead in range(_LOOKED_AHEAD + 1):
            day = now.date() + timedelta(days=ahead)
            hours = self.on(day)
            opens = datetime.combine(day, hours[0], now.tzinfo) if hours else None
            if opens is not None and opens > now:
                return opens
        return None


def moment_in_words(moment: datetime, now: datetime, texts: Texts) -> str:
    """Return a coming moment as it is said: by the day's name up to the day after tomorrow, then by its date."""
    at = f"{moment.hour}:{moment.minute:02d}"
    ahead = (moment.date() - now.date()).days
    if ahead <= 2:
        return texts(f"when_in_{ahead}_days", at=at)
    weekday = texts(f"when_weekdays_{moment.weekday()}")
    return texts("when_on_date", month=moment.month, day=moment.day, weekday=weekday, at=at)


def _special(raw: Any) -> Hours | None | str:
    if raw in (None, CLOSED):
        return None
    return USUAL if raw == USUAL else _hours(raw)


def _hours(raw: Any) -> Hours:
    try:
        opens, closes = (time.fromisoformat(one) for one in raw)
    except (TypeError, ValueError):
        raise BadHours(f"{raw!r}: {BadHours.__doc__}") from None
    if opens >= closes:
        raise BadHours(f"{raw!r}: {BadHours.__doc__}")
    return opens, closes
