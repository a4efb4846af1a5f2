"""BM25 over how a sentence sounds."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.channels import Query, Reading
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
        documents = ([term for text in texts for term in pinyin_ngrams(text)] for texts in corpus.texts)
        return cls(Bm25.fit(documents, k1, b))

    def read(self, query: Query) -> Reading:
        """Score the items by BM25."""
        return self._index.read(query.syllables)

    def save(self, folder: Path) -> None:
        """Write the index."""
        self._index.save(folder, "phonetic")

    @classmethod
    def load(cls, folder: Path) -> PhoneticChannel:
        """Read what `save` wrote."""
        return cls(Bm25.load(folder, "phonetic"))
