"""Which days are worked: weekdays, less the State Council's holidays, plus the weekend days worked for them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

logger = logging.getLogger(__name__)

_DAY = timedelta(days=1)
_SATURDAY = 5
_EVERY_YEAR = {
    (1, 1): "元旦",
    **dict.fromkeys([(5, 1), (5, 2)], "劳动节"),
    **dict.fromkeys([(10, 1), (10, 2), (10, 3)], "国庆节"),
}
"""month and day of the holidays that are known before a year's notice, as those of the lunar calendar are not
(全国年节及纪念日放假办法, article 2, as of 2025)"""


class BadHolidays(ValueError):
    """A list of holidays that cannot be: a day of another year, a holiday that ends before it begins …"""


class WorkingCalendar:
    """Tell working days and count them.

    For a year without a notice, Monday to Friday count as working days, but for the holidays on the same days every
    year; a warning is logged once for each such year.
    """

    def __init__(self, holidays: Mapping[date, str], worked: frozenset[date], years: frozenset[int]) -> None:
        """Keep the holidays with their names, the weekend days that are worked, and the years that are known."""
        self._holidays = dict(holidays)
        self._worked = worked
        self._years = years
        self._missed: set[int] = set()

    @classmethod
    def load(cls, path: Path) -> WorkingCalendar:
        """Read the yearly notices from a YAML file; raise BadHolidays."""
        return cls.of(yaml.safe_load(path.read_text(encoding="utf-8")) or {})

    @classmethod
    def of(cls, notices: Mapping[int, Mapping[str, Any]]) -> WorkingCalendar:
        """Read notices by year, each with `holidays`: {name, days: [first, last], worked: […]}; raise BadHolidays."""
        holidays: dict[date, str] = {}
        worked: set[date] = set()
        for year, notice in notices.items():
            for one in notice["holidays"]:
                days = tuple(_days(one, int(year)))
                holidays.update(dict.fromkeys(days, str(one["name"])))
                worked.update(_worked(one))
        both = sorted(worked & holidays.keys())
        if both:
            raise BadHolidays(f"{both[0]} is a holiday and worked.")
        return cls(holidays, frozenset(worked), frozenset(int(year) for year in notices))

    def holiday(self, day: date) -> str | None:
        """Return the holiday that a day belongs to, by its name, or None."""
        self._known(day)
        every_year = None if day.year in self._years else _EVERY_YEAR.get((day.month, day.day))
        return self._holidays.get(day, every_year)

    def is_worked_weekend(self, day: date) -> bool:
        """Tell whether a Saturday or Sunday is worked for a holiday."""
        self._known(day)
        return day in self._worked

    def is_working_day(self, day: date) -> bool:
        """Tell whether a day is worked."""
        return day in self._worked or (day.weekday() < _SATURDAY and self.holiday(day) is None)

    def add_working_days(self, start: date, count: int) -> date:
        """Return the `count`-th working day after a day, which does not count itself.

        A period of days begins on the day after the one it starts with (受理之日次日起算: Civil Code, article 201;
        Administrative Licensing Law, article 82: 期限以工作日计算，不含法定节假日). A count of 0 is the day itself.
        """
        if count < 0:
            raise ValueError("A period has no fewer than 0 working days.")
        day = start
        while count > 0:
            day += _DAY
            count -= self.is_working_day(day)
        return day

    def working_days_left(self, today: date, promised: date) -> int:
        """Return how many working days are left from tomorrow to a promised day, which counts.

        0 on the day itself; negative once it has passed: the working days since.
        """
        if promised < today:
            return -self.working_days_left(promised, today)
        return sum(self.is_working_day(today + _DAY * ahead) for ahead in range(1, (promised - today).days + 1))

    def _known(self, day: date) -> None:
        if day.year not in self._years and day.year not in self._missed:
            self._missed.add(day.year)
            logger.warning(
                "data/holidays.yml has no notice of %s: its Mondays to Fridays count as working days, "
                "but for 1 January, 1 and 2 May and 1 to 3 October.",
                day.year,
            )


def _days(one: Mapping[str, Any], year: int) -> Iterator[date]:
    first, last = one["days"]
    if not isinstance(first, date) or not isinstance(last, date) or last < first:
        raise BadHolidays(f"{one['name']} {year}: `days` are its first and its last day.")
    if year not in (first.year, last.year):
        raise BadHolidays(f"{one['name']} {year}: {first} is a day of another year.")
    return (first + _DAY * number for number in range((last - first).days + 1))


def _worked(one: Mapping[str, Any]) -> Iterator[date]:
    for day in one.get("worked") or ():
        if not isinstance(day, date) or day.weekday() < _SATURDAY:
            raise BadHolidays(f"{one['name']}: {day} is no Saturday and no Sunday, so it is worked anyhow.")
        yield day
