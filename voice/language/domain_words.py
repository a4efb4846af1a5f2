"""The words that names of services are made of, and how likely each word is to be said."""

from __future__ import annotations

import logging
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator

import jieba

_QUOTES = re.compile(r"[《》“”\"'「」]")
_PIECE = re.compile(r"[^()（）、，,；;：:/\s]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONG = 4
"""characters of two words to be looked for as one"""
_NOT_RARE = 300
"""times that an everyday word would stand in the text that jieba's dictionary counts"""
_LEAST = -13.0
"""nats of a character that the dictionary lacks"""


def pieces(phrase: str) -> list[str]:
    """Return what of a written name may be said at a stretch: the parts inside and beside brackets and commas."""
    return [piece for piece in _PIECE.findall(_QUOTES.sub("", phrase)) if _HAN.search(piece)]


class GeneralWords:
    """The words of the language, as jieba's dictionary counts them."""

    def __init__(self, others: Iterable[str]) -> None:
        """Read the dictionary, which takes half a second once a process; `others` are words that it lacks."""
        jieba.setLogLevel(logging.WARNING)
        jieba.initialize()
        self._counts: dict[str, int] = jieba.dt.FREQ
        self._others = {
            word[:end]: _NOT_RARE * (end == len(word)) for word in others for end in range(1, len(word) + 1)
        }
        self._total = math.log(jieba.dt.total)

    def among(self, text: str) -> Iterator[tuple[int, int, float]]:
        """Yield start, end and log-probability of every word in a text; a character alone is always one."""
        for start in range(len(text)):
            yield start, start + 1, max(_LEAST, self._log(self._counts.get(text[start]) or 1))
            for end in range(start + 2, len(text) + 1):
                word = text[start:end]
                count = self._others.get(word) or self._counts.get(word, self._others.get(word))
                if count is None:
                    break
                if count:
                    yield start, end, self._log(count)

    def has(self, text: str) -> bool:
        """Tell whether a text is a word of the dictionary."""
        return bool(self._counts.get(text))

    def has_beginning(self, text: str) -> bool:
        """Tell whether a word of the dictionary is a text or begins with it."""
        return text in self._counts

    def probability(self, word: str) -> float:
        """Return how likely any word of a text is this one; what the dictionary lacks counts as seen once."""
        return math.exp(self._log(self._counts.get(word) or 1))

    def cut(self, phrase: str) -> list[str]:
        """Return the words of a phrase."""
        return list(jieba.dt.cut(phrase, HMM=False))

    def _log(self, count: float) -> float:
        return math.log(count) - self._total


def likelihoods(phrases: Iterable[str], general: GeneralWords) -> dict[str, float]:
    """Return words of two characters and more, neighbours joined and whole pieces, each with its log-probability."""
    counts: Counter[str] = Counter()
    for phrase in phrases:
        for piece in pieces(phrase):
            words = general.cut(piece)
            pairs = (one + other for one, other in zip(words, words[1:], strict=False))
            found = {piece, *words, *(pair for pair in pairs if len(pair) >= _LONG)}
            counts.update(word for word in found if len(word) > 1 and _HAN.search(word))
    total = math.log(sum(counts.values()) or 1)
    return {word: math.log(count) - total for word, count in counts.items()}
