"""Write what was heard with the characters it was probably meant by: of those that sound the same, the likelier words.

A small recogniser hears the syllables and guesses the characters; it tells how sure it is of each.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, pinyin

from voice.language.word_counts import BEGINNING, END, WordCounts

_SURE = 0.99
"""probability from which a character stays as it was heard"""
_CHANGE, _SURENESS = 2.0, 1.0
"""nats that another character costs, and for each nat of the odds that the one heard is right"""
_OTHER_TONE = 0.5
"""nats more where it is said in another tone"""
_LEAST = 0.001
_LONGEST_WORD = 5
_KEPT = 8
"""likeliest words that end at a place, to go on from"""
_DIGITS = frozenset("零〇一二三四五六七八九幺两")
_NUMBER = 3
"""digits in a row that are a number, of which none is changed"""
_READINGS = 2


@dataclass(frozen=True)
class _Ending:
    """The likeliest way to a word that ends at a place."""

    score: float
    start: int
    before: str


class Speller:
    """Choose among the characters of one sound by the words they make."""

    def __init__(self, counts: WordCounts) -> None:
        """Take the words; only characters that stand in them are written in place of others."""
        self._counts = counts
        self._by_syllable: dict[str, list[tuple[str, str]]] = {}
        for character in sorted(counts.characters):
            for reading in _readings(character)[:_READINGS]:
                self._by_syllable.setdefault(_toneless(reading), []).append((character, reading))

    def spell(self, text: str, probabilities: Sequence[float]) -> str:
        """Return the likeliest spelling of a text; each character was heard with a probability (0 to 1)."""
        numbers = _numbers(text)
        ways = [
            {character: 0.0} if place in numbers or chance >= _SURE else self._sounding_like(character, chance)
            for place, (character, chance) in enumerate(zip(text, probabilities, strict=True))
        ]
        return self._likeliest(ways) if any(len(way) > 1 for way in ways) else text

    def _sounding_like(self, heard: str, chance: float) -> Mapping[str, float]:
        """Return what a character may have been, each with what it costs in nats."""
        sure = max(chance, _LEAST)
        change = max(0.0, _CHANGE + _SURENESS * math.log(sure / (1.0 - sure)))
        readings = _readings(heard)
        costs = {heard: 0.0}
        for syllable in {_toneless(reading) for reading in readings}:
            for character, reading in self._by_syllable.get(syllable, ()):
                cost = change + (0.0 if reading in readings else _OTHER_TONE)
                costs[character] = min(cost, costs.get(character, math.inf))
        return costs

    def _likeliest(self, ways: Sequence[Mapping[str, float]]) -> str:
        endings: list[dict[str, _Ending]] = [{} for _ in range(len(ways) + 1)]
        endings[0][BEGINNING] = _Ending(0.0, 0, "")
        for start in range(len(ways)):
            reached = sorted(endings[start].items(), key=lambda one: -one[1].score)[:_KEPT]
            for word, cost in self._words_from(ways[start : start + _LONGEST_WORD]):
                ending = endings[start + len(word)]
                for before, way in reached:
                    score = way.score - cost + self._counts.log_probability(word, before)
                    if word not in ending or score > ending[word].score:
                        ending[word] = _Ending(score, start, before)
        last = endings[-1]
        word = max(last, key=lambda one: last[one].score + self._counts.log_probability(END, one))
        words: list[str] = []
        place = len(ways)
        while place:
            words.append(word)
            way = endings[place][word]
            place, word = way.start, way.before
        return "".join(reversed(words))

    def _words_from(self, ways: Sequence[Mapping[str, float]]) -> Iterator[tuple[str, float]]:
        """Yield the words that may begin here, each with what its characters cost."""
        begun = [("", 0.0)]
        for way in ways:
            begun = [(word + character, cost + more) for word, cost in begun for character, more in way.items()]
            yield from ((word, cost) for word, cost in begun if self._counts.is_word(word))
            begun = [(word, cost) for word, cost in begun if self._counts.begins_word(word)]


def _numbers(text: str) -> frozenset[int]:
    """Return the places of digits that are told in a row."""
    places: set[int] = set()
    row: list[int] = []
    for place, character in enumerate(text + " "):
        if character in _DIGITS:
            row.append(place)
            continue
        if len(row) >= _NUMBER:
            places.update(row)
        row = []
    return frozenset(places)


@lru_cache(maxsize=8192)
def _readings(character: str) -> tuple[str, ...]:
    """Return the readings of a character, the commonest first, the tone as a figure behind the syllable."""
    return tuple(pinyin(character, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True)[0])


def _toneless(reading: str) -> str:
    return reading.rstrip("12345")
