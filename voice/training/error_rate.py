"""How far transcripts are from what was said."""

from __future__ import annotations

from collections.abc import Iterable


def edit_distance(said: str, heard: str) -> int:
    """Return how many characters must be put in, left out or changed to make one of the other."""
    row = list(range(len(heard) + 1))
    for place, character in enumerate(said, start=1):
        before, row[0] = row[0], place
        for column, other in enumerate(heard, start=1):
            kept = before + (character != other)
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, kept)
    return row[-1]


def character_error_rate(pairs: Iterable[tuple[str, str]]) -> float:
    """Return the edit distances of pairs (said, heard) together, divided by the characters that were said."""
    wrong = total = 0
    for said, heard in pairs:
        wrong += edit_distance(said, heard)
        total += len(said)
    return wrong / max(1, total)
