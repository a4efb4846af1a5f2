"""When people are on duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest

from actions.clock import BEIJING
from actions.opening_hours import BadHours, OpeningHours, moment_in_words
from actions.texts import Texts
from actions.working_calendar import WorkingCalendar

DATA = Path(__file__).parents[2] / "data"
CALENDAR = WorkingCalendar.load(DATA / "holidays.yml")
WEEKDAYS = OpeningHours({day: (time(8, 30), time(17, 0)) for day in range(5)}, "工作日 8:30–17:00")
DAILY = OpeningHours({day: (time(8, 30), time(20, 0)) for day in range(7)}, "每天", CALENDAR, holidays=None)


@pytest.mark.parametrize(
    ("now", "on_duty"),
    [
        (datetime(2026, 11, 23, 8, 29), False),
        (datetime(2026, 11, 23, 8, 30), True),
        (datetime(2026, 11, 23, 16, 59), True),
        (datetime(2026, 11, 23, 17, 0), False),
        (datetime(2026, 11, 22, 10, 0), False),
    ],
)
def test_given_weekday_hours_when_asked_at_a_time_then_the_bounds_hold(now, on_duty):
    assert WEEKDAYS.is_open(now) is on_duty


def test_given_a_holiday_when_asked_then_it_is_closed_or_has_its_own_hours():
    national_day = datetime(2026, 10, 1, 10, 0)

    assert not DAILY.is_open(national_day)
    shorter = replace(DAILY, holidays=(time(9, 0), time(12, 0)))
    assert shorter.is_open(national_day) and not shorter.is_open(national_day.replace(hour=13))
    assert replace(DAILY, holidays="usual").is_open(national_day)


def test_given_a_weekend_that_is_worked_when_asked_then_its_hours_hold():
    worked_saturday, plain_saturday = datetime(2026, 10, 10, 10, 0), datetime(2026, 10, 17, 10, 0)
    hours = replace(WEEKDAYS, calendar=CALENDAR, worked_weekends=(time(8, 30), time(17, 0)))

    assert hours.is_open(worked_saturday) and not hours.is_open(plain_saturday)
    assert not replace(hours, worked_weekends="usual").is_open(worked_saturday)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2026, 11, 23, 7, 0), "今天 8:30"),
        (datetime(2026, 11, 23, 21, 0), "明天 8:30"),
        (datetime(2026, 9, 30, 21, 0), "10月8日（周四）8:30"),
        (datetime(2026, 10, 6, 12, 0), "后天 8:30"),
    ],
)
def test_given_closed_hours_when_asked_for_the_next_then_it_is_said_as_people_do(data, now, said):
    now = now.replace(tzinfo=BEIJING)

    opens = DAILY.next_opening(now)

    assert opens is not None and DAILY.is_open(opens)
    assert moment_in_words(opens, now, Texts.load(data / "texts" / "handoff.yml")) == said


def test_given_open_hours_when_asked_for_the_next_then_it_is_now():
    now = datetime(2026, 11, 23, 9, 0, tzinfo=BEIJING)

    assert DAILY.next_opening(now) == now


def test_given_nobody_ever_when_asked_for_the_next_then_there_is_none():
    assert OpeningHours({}, "").next_opening(datetime(2026, 11, 23, 9, 0)) is None


def test_given_the_shipped_hours_when_read_then_holidays_are_closed(data):
    hours = OpeningHours.load(data / "service_hours.yml", CALENDAR)

    assert hours.is_open(datetime(2026, 11, 28, 12, 0)) and not hours.is_open(datetime(2026, 10, 2, 12, 0))


@pytest.mark.parametrize("days", ['{0: ["20:00", "08:30"]}', '{0: ["08:30"]}', "{0: 8}"])
def test_given_hours_that_cannot_be_when_read_then_they_are_refused(tmp_path, days):
    file = tmp_path / "service_hours.yml"
    file.write_text(f"label: x\ndays: {days}")

    with pytest.raises(BadHours):
        OpeningHours.load(file, CALENDAR)
