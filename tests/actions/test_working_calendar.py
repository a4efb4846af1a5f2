"""Which days are worked."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from actions.working_calendar import BadHolidays, WorkingCalendar

HOLIDAYS = Path(__file__).parents[2] / "data" / "holidays.yml"
CALENDAR = WorkingCalendar.load(HOLIDAYS)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 1, 2), False),
        (date(2026, 1, 4), True),  # a Sunday that is worked
        (date(2026, 2, 14), True),
        (date(2026, 2, 16), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),
        (date(2026, 9, 20), True),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 11), False),  # a plain Sunday
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),
    ],
)
def test_given_a_day_when_asked_then_the_notice_of_its_year_holds(day, worked):
    assert CALENDAR.is_working_day(day) is worked


def test_given_the_notices_when_counted_then_each_year_has_its_days():
    def off(year: int) -> int:
        return sum(CALENDAR.holiday(date(year, 1, 1) + timedelta(days=day)) is not None for day in range(365))

    assert (off(2025), off(2026)) == (28, 33)
    assert CALENDAR.holiday(date(2026, 2, 23)) == "春节"


def test_given_every_notice_when_read_then_it_names_its_source():
    for notice in yaml.safe_load(HOLIDAYS.read_text("utf-8")).values():
        assert notice["notice"] and notice["source"].startswith("https://www.gov.cn/")


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),  # the day of acceptance does not count
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 13), 0, date(2026, 2, 13)),
    ],
)
def test_given_an_acceptance_when_working_days_are_added_then_the_holidays_are_left_out(start, count, end):
    assert CALENDAR.add_working_days(start, count) == end
    assert CALENDAR.working_days_left(start, end) == count


@given(st.dates(date(2025, 1, 1), date(2026, 11, 1)), st.integers(1, 30))
def test_given_any_day_when_days_are_added_then_that_many_are_left_and_the_last_is_worked(start, count):
    end = CALENDAR.add_working_days(start, count)

    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_left(start, end) == count


def test_given_a_promise_that_has_passed_when_counted_then_it_is_negative():
    assert CALENDAR.working_days_left(date(2026, 10, 12), date(2026, 9, 30)) == -4  # 8, 9, 10, 12 October


def test_given_a_negative_period_when_added_then_it_is_refused():
    with pytest.raises(ValueError, match="0 working days"):
        CALENDAR.add_working_days(date(2026, 1, 1), -1)


def test_given_a_year_without_a_notice_when_asked_then_weekdays_count_and_the_log_says_so_once(caplog):
    calendar = WorkingCalendar.load(HOLIDAYS)
    caplog.set_level(logging.WARNING)

    assert calendar.is_working_day(date(2031, 10, 8)), "a Wednesday"
    assert not calendar.is_working_day(date(2031, 10, 4))

    assert [record.getMessage() for record in caplog.records if "2031" in record.getMessage()] == [
        "data/holidays.yml has no notice of 2031: its Mondays to Fridays count as working days, "
        "but for 1 January, 1 and 2 May and 1 to 3 October."
    ]


def test_given_a_year_without_a_notice_when_counted_then_the_holidays_of_every_year_are_left_out():
    calendar = WorkingCalendar.of({2026: {"holidays": []}})

    assert calendar.holiday(date(2027, 1, 1)) == "元旦"
    assert calendar.add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert calendar.add_working_days(date(2027, 9, 30), 1) == date(2027, 10, 4)
    assert calendar.is_working_day(date(2026, 1, 1)), "a notice says all of its year"


@pytest.mark.parametrize(
    "one",
    [
        {"name": "x", "days": [date(2026, 5, 5), date(2026, 5, 1)]},
        {"name": "x", "days": [date(2025, 5, 1), date(2025, 5, 5)]},
        {"name": "x", "days": ["2026-05-01", "x"]},
        {"name": "x", "days": [date(2026, 5, 1), date(2026, 5, 3)], "worked": [date(2026, 5, 7)]},
        {"name": "x", "days": [date(2026, 5, 1), date(2026, 5, 3)], "worked": [date(2026, 5, 2)]},
    ],
)
def test_given_a_list_that_cannot_be_when_read_then_it_is_refused(one):
    with pytest.raises(BadHolidays):
        WorkingCalendar.of({2026: {"holidays": [one]}})
