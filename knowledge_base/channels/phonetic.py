"""BM25 over how a sentence sounds."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from knowledge_base.channels import Query, Scores
from knowledge_base.channels.bm25 import LONG_B, LONG_K1, Bm25
from knowledge_base.corpus import Corpus
from knowledge_base.text import pinyin_ngrams


class PhoneticChannel:
    """Score items by BM25 over fuzzy pinyin 1- and 2-grams, one document an item."""

    rows: tuple[str, ...] = ("phonetic",)
    tells_outside: tuple[str, ...] = ()

    def __init__(self, index: Bm25) -> None:
        """Take the index."""
        self._index = index

    @classmethod
    def fit(cls, corpus: Corpus, k1: float = LONG_K1, b: float = LONG_B) -> PhoneticChannel:
        """Index every sentence of every item."""
        documents: list[list[str]] = [[] for _ in corpus.items]
        for sentence in corpus.sentences:
            if sentence.owner >= 0:
                documents[sentence.owner].extend(pinyin_ngrams(sentence.text))
        return cls(Bm25.fit(documents, k1, b))

    def scores(self, query: Query) -> Scores:
        """Return BM25 of each item, shape (1, items + 1), the outside column 0."""
        return np.append(self._index.scores(query.syllables), np.float32(0))[None, :]

    def save(self, folder: Path) -> None:
        """Write the index."""
        self._index.save(folder, "phonetic")

    @classmethod
    def load(cls, folder: Path) -> PhoneticChannel:
        """Read what `save` wrote."""
        return cls(Bm25.load(folder, "phonetic"))
