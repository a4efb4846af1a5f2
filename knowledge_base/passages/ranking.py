"""Rank passages: the channels' scores added up, then a second look at the best few beside each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.channels import Query, Scores, Vector
from knowledge_base.channels.bank import ChannelBank
from knowledge_base.channels.dense import DenseChannel
from knowledge_base.channels.lexical import LexicalChannel
from knowledge_base.channels.phonetic import PhoneticChannel
from knowledge_base.corpus import Corpus

K1, B = 1.2, 0.95
"""of BM25: a term said once says nearly all, and what is long says much that was not asked"""
PHONETIC, DENSE = 0.1, 5.0
"""what one of these scores counts beside BM25 over words and characters (docs/decisions/0007)"""
LOOKED_AT_AGAIN = 20
SECOND_LOOK = 1.5
"""what BM25 among the best few counts: terms that all of them hold say nothing any more"""


@dataclass(frozen=True)
class Ranked:
    """The best passages, best first: positions and scores, both of shape (k,)."""

    places: NDArray[np.int64]
    scores: Scores


class PassageRanking:
    """The same channels as of the items, over passages."""

    def __init__(self, bank: ChannelBank) -> None:
        """Take the channels: lexical, phonetic and dense."""
        self.bank = bank
        self._lexical = next(channel for channel in bank.channels if isinstance(channel, LexicalChannel))
        weights = {"lexical": 1.0, "phonetic": PHONETIC, "dense_nearest": DENSE}
        self._weights = np.array([weights.get(row, 0.0) for row in bank.rows], dtype=np.float32)

    @classmethod
    def fit(cls, corpus: Corpus, vectors: Vector) -> PassageRanking:
        """Fit on a corpus whose items are passages; vectors of its sentences, shape (sentences, d)."""
        return cls(
            ChannelBank(
                [
                    LexicalChannel.fit(corpus, K1, B),
                    PhoneticChannel.fit(corpus, K1, B),
                    DenseChannel.fit(corpus, vectors),
                ],
                np.zeros(corpus.size, dtype=bool),
            )
        )

    def rank(self, query: Query, among: NDArray[np.bool_]) -> Ranked:
        """Return the best passages of those allowed, a boolean of shape (passages,)."""
        scores = self._weights @ self.bank.scores(query)[:, :-1]
        scores = np.where(among, scores, -np.inf)
        few = min(LOOKED_AT_AGAIN, int(among.sum()))
        places = np.sort(np.argpartition(-scores, few - 1)[:few]) if few else np.zeros(0, dtype=np.int64)
        again = scores[places] + SECOND_LOOK * self._lexical.scores_among(query, places)
        order = np.argsort(-again, kind="stable")
        return Ranked(places[order], again[order])
