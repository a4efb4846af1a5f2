"""What citizens thought of it, where they are asked: the store of ratings, as the figures need it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from storage.database import Database

Levels = Mapping[int, int]
"""how many ratings by their level, 5 (very satisfied) to 1 (very dissatisfied): 国办发〔2019〕51号"""


class Ratings(Protocol):
    """Counts of the ratings given in a period."""

    def counts(self, since: datetime, until: datetime) -> Levels:
        """Return the counts of a period."""

    def by_day(self, since: datetime, until: datetime) -> Mapping[date, Levels]:
        """Return the counts of each local day that has a rating."""

    def by_item(self, since: datetime, until: datetime) -> Mapping[str, Levels]:
        """Return the counts of each item that was rated."""


def ratings_of(database: Database) -> Ratings | None:
    """Return the store of ratings; None leaves everything about satisfaction out."""
    return None


def low(levels: Levels, at_most: int) -> int:
    """Return how many ratings have such a level or a lower one."""
    return sum(count for level, count in levels.items() if level <= at_most)


def satisfied(levels: Levels, low_from: int) -> float | None:
    """Return the share (0 to 1) of the ratings above the low levels; None without a rating."""
    given = sum(levels.values())
    return 1 - low(levels, low_from) / given if given else None
