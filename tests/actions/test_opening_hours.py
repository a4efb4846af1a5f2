"""When people are on duty."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from actions.opening_hours import OpeningHours

WEEKDAYS = OpeningHours({day: (time(8, 30), time(17, 0)) for day in range(5)}, "工作日 8:30–17:00")


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
