"""The channels of search, and the one contract they keep.

A channel reads a `Query` and says how well each item fits. It has

- `rows`: the names of the score rows it gives;
- `scores(query)`: float32 of shape (rows, items + 1), larger is better, any scale. The last column speaks
  for "not for the desk"; a channel that cannot tell leaves it 0 and names no row in `tells_outside`;
- `save(folder)` and `load(folder)`: its arrays as npy, npz, JSON or FAISS files, never pickled.

Channels are made by `fit(...)` from a corpus, hold no reference to it, and are safe to read from several
threads at once.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge_base.text import character_ngrams, pinyin_ngrams

Scores = NDArray[np.float32]
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


class Channel(Protocol):
    """What every channel offers."""

    rows: tuple[str, ...]
    tells_outside: tuple[str, ...]

    def scores(self, query: Query) -> Scores:
        """Return how well each item fits, shape (rows, items + 1)."""
        ...

    def save(self, folder: Path) -> None:
        """Write the channel's arrays into an existing folder."""
        ...
