"""All channels of one index, read together."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from knowledge_base.channels import Channel, Query, Scores, Vector
from knowledge_base.channels.dense import DenseChannel
from knowledge_base.channels.lexical import LexicalChannel
from knowledge_base.channels.linear import LinearChannel
from knowledge_base.channels.phonetic import PhoneticChannel
from knowledge_base.corpus import Corpus, Kind

MOST_ITEMS_FOR_CLASSIFIERS = 2000
_VIEWS = ("characters", "pinyin")


class ChannelBank:
    """The channels in their order, and their rows as one matrix."""

    def __init__(self, channels: list[Channel]) -> None:
        """Take the channels."""
        self.channels = channels
        self.rows = tuple(row for channel in channels for row in channel.rows)
        tells = {row for channel in channels for row in channel.tells_outside}
        self.outside_rows = tuple(place for place, row in enumerate(self.rows) if row in tells)

    @classmethod
    def fit(cls, corpus: Corpus, vectors: Vector) -> ChannelBank:
        """Fit every channel; classifiers only where there are asks and not too many items."""
        channels: list[Channel] = [
            LexicalChannel.fit(corpus),
            PhoneticChannel.fit(corpus),
            DenseChannel.fit(corpus, vectors),
        ]
        if corpus.of_kinds(Kind.ASK) and 1 < corpus.size <= MOST_ITEMS_FOR_CLASSIFIERS:
            channels += [LinearChannel.fit(corpus, view) for view in _VIEWS]
        return cls(channels)

    def scores(self, query: Query) -> Scores:
        """Return the rows of all channels, shape (rows, items + 1)."""
        return np.concatenate([channel.scores(query) for channel in self.channels])

    def save(self, folder: Path) -> None:
        """Write every channel into the folder."""
        for channel in self.channels:
            channel.save(folder)

    @classmethod
    def load(cls, folder: Path) -> ChannelBank:
        """Read what `save` wrote."""
        channels: list[Channel] = [LexicalChannel.load(folder), PhoneticChannel.load(folder), DenseChannel.load(folder)]
        channels += [
            LinearChannel.load(folder, view) for view in _VIEWS if (folder / f"linear_{view}.linear.npz").exists()
        ]
        return cls(channels)
