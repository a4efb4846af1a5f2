"""BM25 over words and character n-grams."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge_base.channels import Places, Query, Reading, Scores
from knowledge_base.channels.bm25 import LONG_B, LONG_K1, Bm25
from knowledge_base.corpus import Corpus
from knowledge_base.text import character_ngrams

_LONGEST_WORD = 8


class LexicalChannel:
    """Score items by BM25, one document an item: name, aliases, guide and asks.

    Terms are jieba words, the items' own names among them, and character 1- and 2-grams.
    """

    rows: tuple[str, ...] = ("lexical",)
    tells_outside: tuple[str, ...] = ()

    def __init__(self, index: Bm25, words: Sequence[str]) -> None:
        """Take the index and the words added to jieba's own."""
        self._index = index
        self._words = tuple(words)
        self._cutter = _cutter(self._words)

    @classmethod
    def fit(cls, corpus: Corpus, k1: float = LONG_K1, b: float = LONG_B) -> LexicalChannel:
        """Index every sentence of every item."""
        names = (name for item in corpus.items for name in (item.name, *item.aliases))
        words = sorted({name for name in names if 2 <= len(name) <= _LONGEST_WORD})
        cutter = _cutter(tuple(words))
        documents = ([term for text in texts for term in _terms(cutter, text)] for texts in corpus.texts)
        return cls(Bm25.fit(documents, k1, b), words)

    def read(self, query: Query) -> Reading:
        """Score the items by BM25."""
        return self._index.read(self._query_terms(query))

    def scores_among(self, query: Query, places: Places) -> Scores:
        """Return BM25 of these items as though there were no others, shape (places,): what tells them apart counts."""
        return self._index.scores_among(self._query_terms(query), places)

    def _query_terms(self, query: Query) -> list[str]:
        return [*_words(self._cutter, query.text), *query.characters]

    def save(self, folder: Path) -> None:
        """Write the index and the added words."""
        self._index.save(folder, "lexical")
        (folder / "lexical.words.json").write_text(json.dumps(self._words, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> LexicalChannel:
        """Read what `save` wrote."""
        words = json.loads((folder / "lexical.words.json").read_text("utf-8"))
        return cls(Bm25.load(folder, "lexical"), words)


@lru_cache(maxsize=4)
def _cutter(words: tuple[str, ...]) -> Any:
    """Return a cutter with these words added; it takes tens of MB, so channels with the same words share it."""
    import jieba

    general = general_cutter()
    cutter = jieba.Tokenizer()
    cutter.FREQ, cutter.total, cutter.initialized = dict(general.FREQ), general.total, True
    for word in words:
        cutter.add_word(word)
    return cutter


@lru_cache(maxsize=1)
def general_cutter() -> Any:
    """Read jieba's dictionary, which takes half a second, once a process."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    cutter.initialize()
    return cutter


def _words(cutter: Any, text: str) -> list[str]:
    return [f"={word}" for word in cutter.cut(text, HMM=False) if len(word) > 1]


def _terms(cutter: Any, text: str) -> list[str]:
    return [*_words(cutter, text), *character_ngrams(text)]
