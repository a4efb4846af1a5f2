"""BM25 with one document an item, shared by the lexical and the phonetic channel."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

LONG_K1, LONG_B = 8.0, 0.75
"""for documents that gather dozens of ways of asking: there it says much how often a term comes back"""


class Bm25:
    """A bm25s index over documents of string terms."""

    def __init__(self, vocabulary: dict[str, int], index: Any) -> None:
        """Take term → position and a bm25s index over those positions."""
        self._vocabulary = vocabulary
        self._index = index

    @classmethod
    def fit(cls, documents: Sequence[Sequence[str]], k1: float = LONG_K1, b: float = LONG_B) -> Bm25:
        """Index the documents, one of them an item."""
        import bm25s

        vocabulary: dict[str, int] = {}
        ids = [[vocabulary.setdefault(term, len(vocabulary)) for term in document] for document in documents]
        index = bm25s.BM25(k1=k1, b=b, backend="numpy")
        index.index((ids, vocabulary), create_empty_token=False, show_progress=False)
        return cls(vocabulary, index)

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """Return the score of each document, shape (documents,)."""
        known = [place for place in map(self._vocabulary.get, terms) if place is not None]
        if not known:
            return np.zeros(self._index.scores["num_docs"], dtype=np.float32)
        return np.asarray(self._index.get_scores_from_ids(known), dtype=np.float32)

    def scores_among(self, terms: Sequence[str], documents: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the score of these documents with the idf of a collection of them alone, shape (documents,)."""
        postings = self._index.scores
        everything, few = postings["num_docs"], len(documents)
        found = np.zeros(few, dtype=np.float32)
        for place in {place for place in map(self._vocabulary.get, terms) if place is not None}:
            span = slice(postings["indptr"][place], postings["indptr"][place + 1])
            holders = postings["indices"][span]
            at = np.minimum(np.searchsorted(holders, documents), len(holders) - 1)
            held = holders[at] == documents
            here = int(held.sum())
            if 0 < here < few:
                among = _idf(few, here) / _idf(everything, len(holders))
                found[held] += postings["data"][span][at[held]] * np.float32(among)
        return found

    def save(self, folder: Path, name: str) -> None:
        """Write the sparse score matrix and the vocabulary into a folder of that name."""
        target = folder / name
        target.mkdir(exist_ok=True)
        self._index.save(str(target), allow_pickle=False, show_progress=False)
        (target / "terms.json").write_text(json.dumps(list(self._vocabulary), ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path, name: str) -> Bm25:
        """Read what `save` wrote."""
        import bm25s

        source = folder / name
        index = bm25s.BM25.load(str(source), allow_pickle=False, load_vocab=False, show_progress=False)
        terms = json.loads((source / "terms.json").read_text("utf-8"))
        return cls({term: place for place, term in enumerate(terms)}, index)


def _idf(documents: int, holders: int) -> float:
    """Return the inverse document frequency as bm25s (Lucene) weighs it."""
    return float(np.log(1 + (documents - holders + 0.5) / (holders + 0.5)))
