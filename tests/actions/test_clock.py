"""Beijing time, and clocks that measurements and tests set."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from actions.clock import BEIJING, BadDate, beijing_time, clock_named


def test_given_a_machine_anywhere_when_the_time_is_asked_then_it_is_beijings():
    assert beijing_time().utcoffset() == timedelta(hours=8)
    assert abs(beijing_time() - datetime.now(timezone.utc)) < timedelta(seconds=5)


def test_given_no_date_when_a_clock_is_named_then_it_is_the_real_one():
    assert clock_named(None) is beijing_time
    assert clock_named("") is beijing_time


def test_given_a_date_when_a_clock_is_named_then_it_always_is_that_day():
    assert clock_named("2026-11-23")().date() == date(2026, 11, 23)


def test_given_a_date_and_a_time_when_a_clock_is_named_then_it_runs_on_from_there():
    clock = clock_named("2026-11-23T10:00")
    first = second = clock()
    while second == first:  # a fast machine looks twice within a microsecond
        second = clock()

    assert timedelta(0) <= first - datetime(2026, 11, 23, 10, tzinfo=BEIJING) < timedelta(seconds=5)
    assert second > first


@pytest.mark.parametrize("wrong", ["yesterday", "2026-13-01", "2026-11-23T25:00", "23.11.2026"])
def test_given_no_date_at_all_when_a_clock_is_named_then_the_error_says_how_to_write_one(wrong):
    with pytest.raises(BadDate, match="2026-11-23"):
        clock_named(wrong)
