"""The channels of search, and the one contract they keep.

A channel reads a `Query` and says how well items fit. It has

- `rows`: the names of the score rows it gives;
- `read(query)`: a `Reading`, which names the items worth comparing and scores any of them. Larger is better, any
  scale. The last column speaks for "not for the desk"; a channel that cannot tell leaves it 0 and names no row in
  `tells_outside`;
- `save(folder)` and `load(folder)`: its arrays as npy, npz, JSON or FAISS files, never pickled.

Channels are made by `fit(...)` from a corpus, hold no reference to it, and are safe to read from several
threads at once. Among very many items, what a reading costs must not grow with all of them but with those that share
something with the question: the large arrays are mapped from disk, and each channel scores only what any proposed.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge_base.text import character_ngrams, pinyin_ngrams

Scores = NDArray[np.float32]
Places = NDArray[np.int64]
Vector = NDArray[np.float32]


class Query:
    """One normalised question with the views the channels share, each worked out once."""

    def __init__(self, text: str, vector: Vector) -> None:
        """Take normalised text and its unit vector, shape (d,)."""
        self.text = text
        self.vector = vector

    @cached_property
    def characters(self) -> list[str]:
        """Return character 1- and 2-grams."""
        return character_ngrams(self.text)

    @cached_property
    def syllables(self) -> list[str]:
        """Return fuzzy pinyin 1- and 2-grams."""
        return pinyin_ngrams(self.text)


class Reading(Protocol):
    """What a channel made of one question."""

    def best(self, count: int) -> Places:
        """Return the positions of the items that fit best, about `count` at most and none that cannot be told apart."""
        ...

    def at(self, places: Places) -> Scores:
        """Return how well the items at these positions (k,) fit, shape (rows, k + 1)."""
        ...


class Channel(Protocol):
    """What every channel offers."""

    rows: tuple[str, ...]
    tells_outside: tuple[str, ...]

    def read(self, query: Query) -> Reading:
        """Read a question."""
        ...

    def save(self, folder: Path) -> None:
        """Write the channel's arrays into an existing folder."""
        ...


def on_disk(path: Path) -> NDArray[Any]:
    """Open an array that stays on disk until it is read; as a plain array, whose slices cost less than a memmap's."""
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
