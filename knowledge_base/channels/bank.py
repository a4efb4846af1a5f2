"""All channels of one index, read together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.channels import Channel, Places, Query, Reading, Scores, Vector
from knowledge_base.channels.dense import DenseChannel
from knowledge_base.channels.lexical import LexicalChannel
from knowledge_base.channels.linear import LinearChannel
from knowledge_base.channels.phonetic import PhoneticChannel
from knowledge_base.corpus import Corpus

MOST_ITEMS_FOR_CLASSIFIERS = 2000
"""items with ways of asking up to which the linear channels are fitted: it takes time by the square of their number"""
_VIEWS = ("characters", "pinyin")


class ChannelBank:
    """The channels in their order, and their rows as one matrix."""

    def __init__(self, channels: list[Channel], asked: NDArray[np.bool_]) -> None:
        """Take the channels, and which items have ways of asking, shape (items,)."""
        self.channels = channels
        self.asked = asked
        self.is_mixed = bool(asked.any() and not asked.all())
        self.rows = tuple(row for channel in channels for row in channel.rows)
        tells = {row for channel in channels for row in channel.tells_outside}
        self.outside_rows = tuple(place for place, row in enumerate(self.rows) if row in tells)

    @classmethod
    def fit(cls, corpus: Corpus, vectors: Vector) -> ChannelBank:
        """Fit every channel; classifiers only where there are items with asks, and not too many."""
        channels: list[Channel] = [
            LexicalChannel.fit(corpus),
            PhoneticChannel.fit(corpus),
            DenseChannel.fit(corpus, vectors),
        ]
        if corpus.size > 1 and 0 < len(corpus.asked) <= MOST_ITEMS_FOR_CLASSIFIERS:
            channels += [LinearChannel.fit(corpus, view) for view in _VIEWS]
        asked = np.zeros(corpus.size, dtype=bool)
        asked[list(corpus.asked)] = True
        return cls(channels, asked)

    def read(self, query: Query) -> BankReading:
        """Let every channel read a question."""
        return BankReading([channel.read(query) for channel in self.channels], self.asked, self.is_mixed)

    def scores(self, query: Query) -> Scores:
        """Return the rows of all channels for all items, shape (rows, items + 1)."""
        return self.read(query).at(np.arange(len(self.asked)))

    def save(self, folder: Path) -> None:
        """Write every channel into the folder, and which items have ways of asking."""
        for channel in self.channels:
            channel.save(folder)
        np.save(folder / "asked.npy", self.asked, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> ChannelBank:
        """Read what `save` wrote."""
        channels: list[Channel] = [LexicalChannel.load(folder), PhoneticChannel.load(folder), DenseChannel.load(folder)]
        channels += [
            LinearChannel.load(folder, view) for view in _VIEWS if (folder / f"linear_{view}.linear.npz").exists()
        ]
        return cls(channels, np.load(folder / "asked.npy", allow_pickle=False))


@dataclass(frozen=True)
class BankReading:
    """What the channels made of one question; which items have ways of asking (items,), and whether only some do."""

    readings: Sequence[Reading]
    asked: NDArray[np.bool_]
    is_mixed: bool

    def best(self, count: int) -> Places:
        """Return the best few items of each channel, in the order of their positions."""
        return np.unique(np.concatenate([reading.best(count) for reading in self.readings]))

    def at(self, places: Places) -> Scores:
        """Return the rows of all channels for the items at these positions (k,), shape (rows, k + 1)."""
        return np.concatenate([reading.at(places) for reading in self.readings])
