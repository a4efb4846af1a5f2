"""How long to wait after a failure: longer each time, never all at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from random import random


@dataclass(frozen=True)
class Backoff:
    """Exponential waiting with jitter, and what a server asks for within bounds."""

    first: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(minutes=15)
    longest_asked: timedelta = timedelta(hours=1)
    """a server that asks for more is asked again after this"""
    chance: Callable[[], float] = random
    """gives a number from 0 to 1: how much of the second half of the wait is waited"""

    def wait(self, attempts: int, asked: timedelta | None = None) -> timedelta:
        """Return how long to wait after so many failed attempts, and no less than was asked for."""
        full = min(self.longest, self.first * 2 ** min(max(attempts - 1, 0), 20))
        return max(full * (0.5 + self.chance() / 2), self.rest(asked))

    def rest(self, asked: timedelta | None) -> timedelta:
        """Return what a server asked for, within bounds; nothing where it asked for nothing."""
        return min(max(asked or timedelta(0), timedelta(0)), self.longest_asked)


def retry_after(header: str | None, now: datetime) -> timedelta | None:
    """Read a Retry-After header, seconds or a date (RFC 9110, 10.2.3); None where there is none to be read."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:10]), 10**9))
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return (until if until.tzinfo else until.replace(tzinfo=timezone.utc)) - now
