"""Periods of local days, and what they are compared with."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from assistant.staff.figures.periods import BadPeriod, period_named, period_of

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 23, 10, 20, tzinfo=BEIJING)


def at(day: int, hour: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("name", "since", "until", "before"),
    [
        ("today", at(23), at(23, 11), at(22)),
        ("yesterday", at(22), at(23), at(21)),
        ("week", at(17), at(23, 11), at(10)),
        ("month", at(25, month=10), at(23, 11), at(25, month=9)),
    ],
)
def test_given_a_named_period_when_read_then_it_ends_with_the_hour_that_runs(name, since, until, before):
    period = period_named(name, "", "", NOW)

    assert (period.since, period.until) == (since, until)
    assert period.before.since == before
    assert period.before.until - period.before.since == until - since


def test_given_two_days_when_read_then_both_are_whole_and_count():
    period = period_named("custom", "2026-11-19", "2026-11-20", NOW)

    assert (period.since, period.until) == (at(19), at(21))
    assert period.days == (date(2026, 11, 19), date(2026, 11, 20))
    assert period.before.days == (date(2026, 11, 17), date(2026, 11, 18))


def test_given_the_last_hour_of_a_day_when_read_then_the_day_is_whole():
    period = period_named("today", "", "", NOW.replace(hour=23, minute=59))

    assert period.until == at(24)
    assert not period.ends_within_day


@pytest.mark.parametrize(
    ("name", "first", "last", "key"),
    [
        ("", "", "", "period_unknown"),
        ("custom", "", "2026-11-20", "period_no_date"),
        ("custom", "gestern", "2026-11-20", "period_no_date"),
        ("custom", "0001-01-01", "0001-01-02", "period_no_date"),
        ("custom", "2026-11-21", "2026-11-20", "period_backwards"),
        ("custom", "2026-11-21", "2026-11-24", "period_in_future"),
        ("custom", "2024-11-21", "2026-11-20", "period_too_long"),
    ],
)
def test_given_what_is_no_period_when_read_then_its_sentence_is_named(name, first, last, key):
    with pytest.raises(BadPeriod) as refused:
        period_named(name, first, last, NOW)

    assert refused.value.key == key


def test_given_a_clock_of_utc_when_read_then_days_are_of_its_own_zone():
    period = period_of(date(2026, 11, 23), date(2026, 11, 23), datetime(2026, 11, 23, 1, tzinfo=timezone.utc))

    assert period.since == datetime(2026, 11, 23, tzinfo=timezone.utc)
