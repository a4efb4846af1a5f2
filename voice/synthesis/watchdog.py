"""A limit on how long something outside may take, kept by ending it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Timer


@contextmanager
def watchdog(seconds: float, end: Callable[[], None]) -> Iterator[Event]:
    """Call `end`, from another thread, if the block takes longer; the event tells whether it did.

    What waits in the block for a process finds its pipes closed once `end` has killed it.
    """
    overdue = Event()

    def over() -> None:
        overdue.set()
        end()

    timer = Timer(seconds, over)
    timer.daemon = True
    timer.start()
    try:
        yield overdue
    finally:
        timer.cancel()
