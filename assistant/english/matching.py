"""Which item a question in English asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.english.ways import Ways, load_strangers, load_ways
from assistant.english.words import EnglishWords, is_latin, split
from knowledge_base.items import ServiceItem
from knowledge_base.sparse import Vocabulary

_GRAMS = (3, 4, 5)
"""characters of a word that count beside the word itself, so that endings and slips matter less"""
_MOST_CHOICES = 3


@dataclass(frozen=True)
class Levels:
    """How near a question must come to an item (0 to 1); chosen on data/eval/open/english.yml (docs/knowledge.md)."""

    answer: float = 0.5
    margin: float = 0.03
    """by which the nearest item must be nearer than the second for an answer"""
    word: float = 0.99
    """for an answer where a single word tells what is asked for: it must be a way of asking by itself"""
    choices: float = 0.36
    """from which items are offered to choose from"""


@dataclass(frozen=True)
class Match:
    """What a question in English was found to ask for."""

    ranked: tuple[tuple[str, float], ...]
    """(item_id, nearness), nearest first; none where it is nearest to what no item does"""
    levels: Levels
    words: int = 0
    """of the question that tell what is asked for"""

    @property
    def item(self) -> str | None:
        """Return the item that is meant, or None where that is not sure."""
        if not self.ranked or self.ranked[0][1] < (self.levels.answer if self.words > 1 else self.levels.word):
            return None
        second = self.ranked[1][1] if len(self.ranked) > 1 else 0.0
        return self.ranked[0][0] if self.ranked[0][1] - second >= self.levels.margin else None

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the items that may be meant."""
        near = tuple(item for item, nearness in self.ranked if nearness >= self.levels.choices)
        return near if len(near) > 1 else tuple(item for item, _ in self.ranked[:2]) if near else ()


class EnglishMatcher:
    """Hold a question against the English names of items and the ways in which they are asked for.

    Nearness is the mean of two measures: the cosine of tf-idf weighted words and runs of characters with the nearest
    way of asking, and the share of the question's words, weighted by how rare they are, that occur in any way of asking
    for the item.
    """

    def __init__(
        self,
        items: Iterable[ServiceItem],
        ways: Ways,
        strangers: Sequence[str],
        words: EnglishWords,
        levels: Levels = Levels(),
    ) -> None:
        """Read the items that have an English name; `strangers` are ways of asking for what no item does."""
        self._words = words
        self._levels = levels
        named = [item for item in items if item.english_name]
        self._items: list[str | None] = [item.item_id for item in named]
        self._names = {_bare(item.english_name): item.item_id for item in named}
        said = [[words.of(way) for way in (item.english_name, *ways.get(item.item_id, ()))] for item in named]
        if strangers:
            said.append([words.of(way) for way in strangers])
            self._items.append(None)
        sentences = [sentence for sentences in said for sentence in sentences]
        self._owners = np.repeat(np.arange(len(said)), [len(sentences) for sentences in said])
        self._own_words = [frozenset(word for sentence in sentences for word in sentence) for sentences in said]
        self._grams = Vocabulary.fit([_grams(sentence) for sentence in sentences])
        self._ways = self._grams.matrix([_grams(sentence) for sentence in sentences])
        self._rarity = Vocabulary.fit([sorted(own) for own in self._own_words])

    @classmethod
    def load(cls, folder: Path, items: Mapping[str, ServiceItem]) -> EnglishMatcher:
        """Read data/english for the items of a catalogue."""
        words = EnglishWords.load(folder / "words.yml")
        return cls(items.values(), load_ways(folder), load_strangers(folder), words)

    def is_english(self, text: str) -> bool:
        """Tell whether a text is English and says something: at least half of its words are known here."""
        written = split(text)
        if not is_latin(text) or not self._words.asks(text):
            return False
        known = sum(word in self._words.empty or self._knows(word) for word in written)
        return 2 * known >= len(written)

    def named(self, text: str) -> str | None:
        """Return the item whose English name a text is, or None."""
        return self._names.get(_bare(text))

    def match(self, text: str) -> Match:
        """Return the items nearest to a question."""
        named = self.named(text)
        if named is not None:
            return Match(((named, 1.0),), self._levels)
        words = self._words.of(text)
        if not words or not self._items:
            return Match((), self._levels)
        nearness = (self._likeness(words) + self._coverage(words)) / 2
        order = np.argsort(-nearness, kind="stable")
        ranked = [(self._items[place], float(nearness[place])) for place in order[: _MOST_CHOICES + 1]]
        if ranked[0][0] is None:
            return Match((), self._levels)
        found = [(item, near) for item, near in ranked if item is not None]
        return Match(tuple(found[:_MOST_CHOICES]), self._levels, len(set(words)))

    def _knows(self, word: str) -> bool:
        return any(one in self._rarity.positions for one in self._words.of(word))

    def _likeness(self, words: Sequence[str]) -> np.ndarray:
        grams = _grams(words)
        places, weights = self._grams.weigh(grams)
        known = sum(gram in self._grams.positions for gram in grams) / len(grams)
        asked = np.zeros(len(self._grams.positions), dtype=np.float32)
        asked[places] = weights * np.sqrt(known)
        nearest = np.zeros(len(self._items), dtype=np.float32)
        np.maximum.at(nearest, self._owners, self._ways @ asked)
        return nearest

    def _coverage(self, words: Sequence[str]) -> np.ndarray:
        rarest = float(self._rarity.idf.max())
        places = self._rarity.positions
        weights = [float(self._rarity.idf[places[word]]) if word in places else rarest for word in words]
        covered = [
            sum(weight for word, weight in zip(words, weights, strict=True) if word in own) for own in self._own_words
        ]
        return np.array(covered, dtype=np.float32) / sum(weights)


def _grams(words: Sequence[str]) -> list[str]:
    """Return the words, and the runs of characters in each, its ends marked."""
    found = [f"={word}" for word in words]
    for word in words:
        marked = f" {word} "
        found += [marked[start : start + size] for size in _GRAMS for start in range(len(marked) - size + 1)]
    return found


def _bare(text: str) -> str:
    return " ".join(split(text))
