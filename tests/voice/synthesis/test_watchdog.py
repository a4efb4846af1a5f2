"""A limit on how long something may take."""

from __future__ import annotations

import threading
import time

from voice.synthesis.watchdog import watchdog


def test_given_a_block_that_is_slow_when_the_time_is_over_then_it_is_ended() -> None:
    ended = threading.Event()

    with watchdog(0.05, ended.set) as overdue:
        assert ended.wait(5)

    assert overdue.is_set()


def test_given_a_block_that_is_quick_when_it_is_done_then_nothing_is_ended_later() -> None:
    ended = threading.Event()

    with watchdog(0.05, ended.set) as overdue:
        pass

    time.sleep(0.1)
    assert not overdue.is_set() and not ended.is_set()
