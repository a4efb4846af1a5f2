"""What citizens thought of it: counts of ratings by level, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping

Levels = Mapping[int, int]
"""how many ratings by their level, 5 (very satisfied) to 1 (very dissatisfied): 国办发〔2019〕51号"""


def low(levels: Levels, at_most: int) -> int:
    """Return how many ratings have such a level or a lower one."""
    return sum(count for level, count in levels.items() if level <= at_most)


def satisfied(levels: Levels, low_from: int) -> float | None:
    """Return the share (0 to 1) of the ratings above the low levels; None without a rating."""
    given = sum(levels.values())
    return 1 - low(levels, low_from) / given if given else None
