"""How alike two pieces of Mandarin sound, tones aside: sounds that are confused with each other count as near."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np
import yaml
from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_finals, to_initials

from voice.language.pinyin import toneless

_HAN = re.compile(r"[\u3007\u3400-\u9fff]")
_MISSED = 0.7
"""a syllable said and not heard, or heard and not said"""

_RARER = 0.1
"""a reading of a character other than its likeliest"""

Costs = np.ndarray
Readings = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Span:
    """The part of what was heard that sounds most like a phrase."""

    start: int
    end: int
    cost: float
    """weighted syllables by which they differ"""


@cache
def confusables() -> dict[str, Any]:
    """Return `resources/confusables.yml`."""
    return dict(yaml.safe_load(resources.files("voice").joinpath("resources/confusables.yml").read_text("utf-8")))


def sounds(text: str) -> list[str]:
    """Return the toneless syllables of a text, one a character; what is not Chinese is a capital or itself."""
    return [
        one if _HAN.match(character) else character.upper() for character, one in zip(text, toneless(text), strict=True)
    ]


def readings(text: str) -> Readings:
    """Return the syllables each character may have: where it stands first, then those it commonly has."""
    return [tuple(dict.fromkeys((here, *_read_alone(one)))) for one, here in zip(text, sounds(text), strict=True)]


@lru_cache(maxsize=8192)
def _read_alone(character: str) -> tuple[str, ...]:
    """Return the two commonest readings of a Chinese character."""
    return tuple(pinyin(character, style=Style.NORMAL, heteronym=True)[0][:2]) if _HAN.match(character) else ()


@lru_cache(maxsize=65536)
def syllable_distance(one: str, other: str) -> float:
    """Return how far apart two toneless syllables sound, 0 the same to 1; what is no syllable equals only itself."""
    if one == other:
        return 0.0
    first, second = _parts(one), _parts(other)
    if first is None or second is None:
        return 1.0
    return (_apart(_listed("initials"), first[0], second[0]) + _apart(_listed("finals"), first[1], second[1])) / 2


def distance(heard: Sequence[str], said: Sequence[str]) -> float:
    """Return the weighted edit distance between two sequences of toneless syllables, in syllables."""
    return float(_aligned(heard, said, _steps(heard))[-1])


def best_span(heard: Sequence[str], phrase: Sequence[str]) -> Span:
    """Return the part of the heard syllables that sounds most like a phrase; of equal ones the first, the shortest."""
    ending = _aligned(heard, phrase, np.zeros(len(heard) + 1))
    end = int(np.argmin(ending))
    before = heard[:end][::-1]
    beginning = _aligned(before, phrase[::-1], _steps(before))
    return Span(end - int(np.argmin(beginning)), end, float(ending[end]))


def _aligned(heard: Sequence[str], phrase: Sequence[str], row: Costs) -> Costs:
    """Return the cost of the phrase up to each heard syllable; `row` is the cost of beginning it there."""
    for syllable in phrase:
        row = _next_row(row, _substitutions(heard, syllable), _steps(heard))
    return row


def _steps(heard: Sequence[str]) -> Costs:
    return _MISSED * np.arange(len(heard) + 1)


def _substitutions(heard: Sequence[str], syllable: str) -> Costs:
    return np.array([syllable_distance(one, syllable) for one in heard])


class PhraseTable:
    """Many phrases to be looked for at once in what was heard.

    What was heard is given as the readings that each character may have, the likeliest first.
    """

    def __init__(self, phrases: Sequence[Sequence[str]]) -> None:
        """Take the toneless syllables of each phrase, none of them empty."""
        self._sounds = sorted({syllable for phrase in phrases for syllable in phrase})
        self._rows: dict[tuple[str, ...], Costs] = {}
        numbers = {sound: number for number, sound in enumerate(self._sounds)}
        self._lengths = np.array([len(phrase) for phrase in phrases], dtype=np.int64)
        self._syllables = np.zeros((len(phrases), max(map(len, phrases), default=1)), dtype=np.int64)
        for place, phrase in enumerate(phrases):
            self._syllables[place, : len(phrase)] = [numbers[syllable] for syllable in phrase]

    def windows(self, heard: Readings, most: float, share: float) -> list[tuple[int, int, float]]:
        """Return phrase, start and cost wherever a phrase was heard syllable by syllable.

        No syllable is further than `most` apart, all together not more than `share` of a phrase's length.
        """
        apart = self._apart(heard)
        starts, phrases = np.nonzero(apart[:, self._syllables[:, 0]] <= most)
        within = starts + self._lengths[phrases] <= len(heard)
        starts, phrases = starts[within], phrases[within]
        costs = apart[starts, self._syllables[phrases, 0]]
        for place in range(1, self._syllables.shape[1]):
            going = self._lengths[phrases] > place
            added = np.zeros_like(costs)
            added[going] = apart[starts[going] + place, self._syllables[phrases[going], place]]
            costs = costs + added
            kept = (added <= most) & (costs <= share * self._lengths[phrases] + 1e-9)
            starts, phrases, costs = starts[kept], phrases[kept], costs[kept]
        return list(zip(phrases.tolist(), starts.tolist(), costs.tolist(), strict=True))

    def nearest(self, heard: Readings, share: float) -> list[tuple[int, float]]:
        """Return phrase and cost of every phrase that a part of what was heard sounds like, syllables missed or not.

        The cost is not more than `share` of the phrase's length.
        """
        apart = self._apart(heard)
        most = share * self._lengths + 1e-6
        within = np.arange(self._syllables.shape[1]) < self._lengths[:, None]
        least = apart.min(axis=0, initial=_MISSED)[self._syllables] * within
        numbers = np.nonzero(least.sum(axis=1) <= most)[0]
        numbers = numbers[np.argsort(-self._lengths[numbers], kind="stable")]
        lengths, syllables = self._lengths[numbers], self._syllables[numbers]
        steps = _MISSED * np.arange(len(heard) + 1, dtype=np.float32)
        rows = np.zeros((len(numbers), len(heard) + 1), dtype=np.float32)
        for place in range(lengths[0] if len(lengths) else 0):
            going = int((lengths > place).sum())
            rows[:going] = _next_row(rows[:going], apart[:, syllables[:going, place]].T, steps)
        costs = rows.min(axis=1)
        return [(int(n), float(cost)) for n, cost in zip(numbers, costs, strict=True) if cost <= most[n]]

    def _apart(self, heard: Readings) -> Costs:
        """Return how far each heard character is from each sound, characters × sounds."""
        return np.stack([self._row(one) for one in heard]) if heard else np.zeros((0, len(self._sounds)), np.float32)

    def _row(self, readings: tuple[str, ...]) -> Costs:
        if readings not in self._rows:
            distances = [
                min(syllable_distance(one, sound) + _RARER * (place > 0) for place, one in enumerate(readings))
                for sound in self._sounds
            ]
            self._rows[readings] = np.array(distances, dtype=np.float32)
        return self._rows[readings]


def _next_row(row: Costs, substitutions: Costs, steps: Costs) -> Costs:
    """Return the costs one syllable of the phrase further on, the last axis along what was heard."""
    missed = row + _MISSED
    missed[..., 1:] = np.minimum(missed[..., 1:], row[..., :-1] + substitutions)
    return np.minimum.accumulate(missed - steps, axis=-1) + steps


def _parts(syllable: str) -> tuple[str, str] | None:
    if not (syllable.isascii() and syllable.isalpha() and syllable.islower()):
        return None
    return to_initials(syllable, strict=True), to_finals(syllable, strict=True, v_to_u=False)


def _apart(listed: dict[frozenset[str], float], one: str, other: str) -> float:
    return 0.0 if one == other else listed.get(frozenset((one, other)), 1.0)


@cache
def _listed(kind: str) -> dict[frozenset[str], float]:
    return {frozenset((one, other)): cost for one, other, cost in confusables()[kind]}
