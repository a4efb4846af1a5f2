"""The sentences an index is built from: what is said about each item, and what is not for the desk."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge_base.text import NO_GLOSSARY, Glossary, bare, normalise

OUTSIDE = -1
_HELD_OUT_PARTS = 100


class Kind(str, Enum):
    """Where a sentence comes from."""

    NAME = "name"
    ALIAS = "alias"
    TEXT = "text"
    ASK = "ask"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class IndexedItem:
    """What search needs to know of a service item; `texts` are sentences of its guide."""

    item_id: str
    name: str
    aliases: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """One normalised sentence, the position of its item (`OUTSIDE` for none) and its label.

    `label` is the facet of an ask and the kind of a sentence from outside the desk, else empty.
    """

    text: str
    owner: int
    kind: Kind
    label: str = ""

    @property
    def key(self) -> str:
        """Return the content hash under which the sentence's vector is kept."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Corpus:
    """Items in their order of position, and every sentence about them or from outside."""

    items: tuple[IndexedItem, ...]
    sentences: tuple[Sentence, ...]

    @cached_property
    def owners(self) -> NDArray[np.int64]:
        """Return the item position of each sentence, shape (n,)."""
        return np.array([sentence.owner for sentence in self.sentences], dtype=np.int64)

    @cached_property
    def texts(self) -> tuple[list[str], ...]:
        """Return the texts of the sentences of each item."""
        found: tuple[list[str], ...] = tuple([] for _ in self.items)
        for sentence in self.sentences:
            if sentence.owner != OUTSIDE:
                found[sentence.owner].append(sentence.text)
        return found

    @property
    def size(self) -> int:
        """Return the number of items."""
        return len(self.items)

    @cached_property
    def asked(self) -> frozenset[int]:
        """Return the positions of the items that have ways of asking."""
        return frozenset(sentence.owner for sentence in self.sentences if sentence.kind is Kind.ASK)

    def of_kinds(self, *kinds: Kind) -> list[int]:
        """Return the positions of the sentences of these kinds."""
        return [place for place, sentence in enumerate(self.sentences) if sentence.kind in kinds]

    def select(self, places: Sequence[int]) -> Corpus:
        """Return the same items with the sentences at these positions only."""
        return Corpus(self.items, tuple(self.sentences[place] for place in places))


def make_corpus(
    items: Sequence[IndexedItem],
    asks: Mapping[str, Mapping[str, Sequence[str]]],
    out_of_scope: Mapping[str, Sequence[str]],
    glossary: Glossary = NO_GLOSSARY,
) -> Corpus:
    """Gather the normalised sentences of all items; a sentence said twice of one item counts once.

    Asks of an item that is not among `items` are left out.
    """
    found: dict[tuple[str, int], Sentence] = {}

    def add(text: str, owner: int, kind: Kind, label: str = "") -> None:
        normal = normalise(text, glossary)
        if bare(normal) or kind is Kind.OUTSIDE and normal:
            found.setdefault((normal, owner), Sentence(normal, owner, kind, label))

    for owner, item in enumerate(items):
        for facet, sentences in asks.get(item.item_id, {}).items():
            for text in sentences:
                add(text, owner, Kind.ASK, facet)
        add(item.name, owner, Kind.NAME)
        for alias in item.aliases:
            add(alias, owner, Kind.ALIAS)
        for text in item.texts:
            add(text, owner, Kind.TEXT)
    for kind, sentences in out_of_scope.items():
        for text in sentences:
            add(text, OUTSIDE, Kind.OUTSIDE, kind)
    return Corpus(tuple(items), tuple(found.values()))


def evenly(places: Sequence[int], most: int) -> list[int]:
    """Return at most so many of the positions, spread evenly over them."""
    return list(places[:: max(1, -(-len(places) // most))]) if most else []


def is_held_out(sentence: Sentence, ask_share: float = 0.17, outside_share: float = 0.34) -> bool:
    """Tell whether the encoder must never be trained on this sentence.

    The choice depends on the text alone, so the trainer of the encoder and the builder of an index agree
    without a list, and a sentence added later falls on the same side in both.
    """
    if sentence.kind not in (Kind.ASK, Kind.OUTSIDE):
        return False
    share = ask_share if sentence.kind is Kind.ASK else outside_share
    digest = hashlib.sha256(b"held-out:" + bare(sentence.text).encode()).digest()
    return int.from_bytes(digest[:4], "big") % _HELD_OUT_PARTS < share * _HELD_OUT_PARTS


def training_places(corpus: Corpus) -> tuple[list[int], list[int]]:
    """Split the sentences into positions to train on and positions held out."""
    held = [place for place, sentence in enumerate(corpus.sentences) if is_held_out(sentence)]
    chosen = set(held)
    return [place for place in range(len(corpus.sentences)) if place not in chosen], held
