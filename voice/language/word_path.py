"""The likeliest way to read a text as words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


@dataclass(frozen=True)
class Word(Generic[Meaning]):
    """A word that the characters from start to end may be."""

    start: int
    end: int
    score: float
    """log-probability in nats, less what it costs to take the characters for the word"""
    meaning: Meaning | None = None


def likeliest_path(length: int, words: Iterable[Word[Meaning]]) -> list[Word[Meaning]]:
    """Return the words of the likeliest way through a text; every character must be a word at least."""
    ending: list[list[Word[Meaning]]] = [[] for _ in range(length + 1)]
    for word in words:
        ending[word.end].append(word)
    best = [0.0]
    last: list[Word[Meaning]] = []
    for place in range(1, length + 1):
        word = max(ending[place], key=lambda word: best[word.start] + word.score)
        best.append(best[word.start] + word.score)
        last.append(word)
    path: list[Word[Meaning]] = []
    while length:
        path.append(last[length - 1])
        length = path[-1].start
    return path[::-1]
