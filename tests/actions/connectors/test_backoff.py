"""Waits after failures."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from actions.connectors.backoff import Backoff, retry_after

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=timezone.utc)


def test_given_chance_then_a_wait_is_between_half_and_the_whole():
    low, high = Backoff(chance=lambda: 0.0), Backoff(chance=lambda: 1.0)
    assert [low.wait(attempts).total_seconds() for attempts in (1, 2, 3)] == [2.5, 5, 10]
    assert [high.wait(attempts).total_seconds() for attempts in (1, 2, 3)] == [5, 10, 20]
    assert high.wait(10_000) == high.longest


def test_given_a_wish_then_no_less_is_waited_and_no_more_than_the_bound():
    backoff = Backoff(chance=lambda: 1.0)
    assert backoff.wait(1, timedelta(minutes=5)) == timedelta(minutes=5)
    assert backoff.wait(1, timedelta(days=9)) == timedelta(hours=1)
    assert backoff.wait(3, timedelta(seconds=1)) == timedelta(seconds=20)
    assert backoff.rest(timedelta(seconds=-5)) == timedelta(0)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("Mon, 23 Nov 2026 10:02:00 GMT", 120),
        ("Mon, 23 Nov 2026 09:59:00 GMT", -60),
        ("9" * 30, 10**9),
        ("-5", None),
        ("soon", None),
        ("Mon, 23 Nov 999999999999 10:02:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_a_header_is_seconds_or_a_date(header, seconds):
    found = retry_after(header, NOW)
    assert found == (None if seconds is None else timedelta(seconds=seconds))
