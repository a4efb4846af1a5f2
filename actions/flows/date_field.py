"""Dates as people write and say them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from actions.flows.field_type import FieldError, FieldType, Found
from actions.flows.numerals import NUMBER_CLASS, number_of
from actions.flows.words import DateWords

_NUMBER = rf"[{NUMBER_CLASS}]+"


@dataclass(frozen=True)
class _Said:
    """A date as said: the day may not exist."""

    year: int
    month: int
    day: int
    start: int
    end: int


class Date(FieldType):
    """A calendar date. `period` says on which side of today it lies: `past`, `future` or either (None).

    It settles which year a date without one is of, and dates on the wrong side are refused. `weekdays` (1 is Monday;
    none for any) and `days_ahead` (the nearest and the farthest day, counted from today) narrow it further. Values are
    ISO 8601.
    """

    name = "date"

    def __init__(
        self,
        words: DateWords,
        period: str | None = None,
        weekdays: Collection[int] = (),
        days_ahead: tuple[int, int] | None = None,
    ) -> None:
        self._words = words
        self._period = period
        self._weekdays = frozenset(weekdays)
        self._days_ahead = days_ahead
        number, day = f"({_NUMBER})", f"(?:{_any(words.day)})"
        month = f"(?:(?P<month>{_NUMBER}){words.month}份?|(?P<month_word>{_any(words.months)})的?)"
        year = f"(?:(?P<year>{_NUMBER}){words.year}|(?P<year_word>{_any(words.years)}))的?"
        self._numeric = re.compile(r"(?<!\d)(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
        self._compact = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
        self._calendar = re.compile(rf"(?:{year}\s?)?{month}\s?(?P<day>{_NUMBER}){day}?")
        self._day_word = re.compile(_any(words.days))
        self._distance = re.compile(rf"{number}({_any(words.units)})({_any((*words.ago, *words.later))})")
        weekday = rf"(?P<weekday>[一二三四五六1-7]|{_any(words.sunday)})"
        self._weekday = re.compile(rf"(?P<shift>{_any(words.weeks)})?个?(?:{_any(words.week)}){weekday}")
        self._day_only = re.compile(rf"(?<![{NUMBER_CLASS}年月])({_NUMBER}){day}")

    def find(self, text: str, today: date) -> Found | None:
        said = self._said(text, today)
        if said is None or any(word in text for word in self._words.lunar):
            return None
        try:
            value = date(said.year, said.month, said.day)
        except ValueError:
            return None
        return None if self._fault(value, today) else Found(value.isoformat(), said.start, said.end)

    def parse(self, text: str, today: date) -> str:
        if any(word in text for word in self._words.lunar):
            raise FieldError("date_lunar")
        said = self._said(text, today)
        if said is None:
            raise FieldError("date_missing", attempted=False)
        try:
            value = date(said.year, said.month, said.day)
        except ValueError as error:
            raise FieldError("date_unreal", year=said.year, month=said.month, day=said.day) from error
        fault = self._fault(value, today)
        if fault is not None:
            raise fault
        return value.isoformat()

    def mask(self, value: str) -> str:
        return self.display(f"{value[:7]}-**")

    def display(self, value: str) -> str:
        year, month, day = (part.lstrip("0") for part in value.split("-"))
        return self._words.display.format(year=year, month=month, day=day)

    def _fault(self, value: date, today: date) -> FieldError | None:
        """Return what is wrong with a day, or None."""
        if self._period == "past" and value > today:
            return FieldError("date_future")
        if self._period == "future" and value < today:
            return FieldError("date_past")
        if self._days_ahead is not None:
            nearest, farthest = self._days_ahead
            if not nearest <= (value - today).days <= farthest:
                return FieldError("date_distance", nearest=nearest, farthest=farthest)
        if self._weekdays and value.isoweekday() not in self._weekdays:
            return FieldError("date_closed")
        return None

    def _said(self, text: str, today: date) -> _Said | None:
        readers: Iterable[Callable[[str, date], _Said | None]] = (
            self._read_numeric,
            self._read_calendar,
            self._read_distance,
            self._read_weekday,
            self._read_day_word,
            self._read_day_only,
        )
        return next((said for reader in readers for said in [reader(text, today)] if said is not None), None)

    def _read_numeric(self, text: str, today: date) -> _Said | None:
        match = self._numeric.search(text) or self._compact.search(text)
        return None if match is None else _Said(int(match[1]), int(match[2]), int(match[3]), *match.span())

    def _read_calendar(self, text: str, today: date) -> _Said | None:
        match = self._calendar.search(text)
        if match is None:
            return None
        day = number_of(match["day"])
        year: int | None
        month: int | None
        if match["month_word"]:
            year, month = _months_on(today, self._words.months[match["month_word"]])
        else:
            year, month = None, number_of(match["month"])
        if match["year_word"]:
            year = today.year + self._words.years[match["year_word"]]
        elif match["year"]:
            year = number_of(match["year"])
            year = self._century(year, today) if year is not None and year < 100 else year
        if month is None or day is None or max(month, day, (year or 0) // 100) > 99:
            return None  # 3月13800001234: another number has run into it
        if year is None:
            year = self._year_without_words(month, day, today)
        return _Said(year, month, day, *match.span())

    def _century(self, year: int, today: date) -> int:
        """Return the year that two digits stand for: the latest on its side of today."""
        return year + 1900 if self._period == "past" and year + 2000 > today.year else year + 2000

    def _year_without_words(self, month: int, day: int, today: date) -> int:
        """Return the nearest year in which the date is on its side of today."""
        if self._period == "past" and (month, day) > (today.month, today.day):
            return today.year - 1
        if self._period == "future" and (month, day) < (today.month, today.day):
            return today.year + 1
        return today.year

    def _read_distance(self, text: str, today: date) -> _Said | None:
        match = self._distance.search(text)
        number = None if match is None else number_of(match[1])
        if match is None or number is None or number > 40_000:
            return None
        days = number * self._words.units[match[2]] * (-1 if match[3] in self._words.ago else 1)
        return _on(today + timedelta(days=days), match)

    def _read_weekday(self, text: str, today: date) -> _Said | None:
        match = self._weekday.search(text)
        if match is None:
            return None
        weekday = 7 if match["weekday"] in self._words.sunday else number_of(match["weekday"]) or 7
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(days=weekday - 1, weeks=self._words.weeks.get(match["shift"] or "", 0))
        if match["shift"] is None:  # a weekday alone is the nearest on its side of today
            if self._period == "past" and day > today:
                day -= timedelta(weeks=1)
            elif self._period != "past" and day < today:
                day += timedelta(weeks=1)
        return _on(day, match)

    def _read_day_word(self, text: str, today: date) -> _Said | None:
        match = self._day_word.search(text)
        return None if match is None else _on(today + timedelta(days=self._words.days[match[0]]), match)

    def _read_day_only(self, text: str, today: date) -> _Said | None:
        match = self._day_only.search(text)
        day = None if match is None else number_of(match[1])
        if match is None or day is None:
            return None
        year, month = today.year, today.month
        if self._period == "past" and day > today.day:
            year, month = _months_on(today, -1)
        elif self._period == "future" and day < today.day:
            year, month = _months_on(today, 1)
        return _Said(year, month, day, *match.span()) if 1 <= day <= monthrange(year, month)[1] else None


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _months_on(today: date, months: int) -> tuple[int, int]:
    index = today.year * 12 + today.month - 1 + months
    return index // 12, index % 12 + 1


def _on(day: date, match: re.Match[str]) -> _Said:
    return _Said(day.year, day.month, day.day, *match.span())
