"""Nearest ways of asking and nearest items by sentence vector."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.channels import Query, Scores, Vector
from knowledge_base.corpus import OUTSIDE, Corpus

_NEIGHBOURS = 192
_VOTERS = 32
_SHARPNESS = 12.0
_EXACT_UP_TO = 60_000


class DenseChannel:
    """Score items by FAISS over all sentence vectors (inner product of unit vectors).

    Rows: the nearest sentence of the item; a vote of the nearest sentences, weighed by nearness; the centre
    of the item's sentences; the nearest sentence to the best clause of a story. Items with no sentence
    among the nearest get the similarity of the last one found.
    """

    rows = ("dense_nearest", "dense_vote", "dense_centre", "dense_clause")
    tells_outside = ("dense_nearest", "dense_vote")

    def __init__(self, sentences: Any, owners: NDArray[np.int64], centres: Vector) -> None:
        """Take a FAISS index, the owner of each of its vectors (items = outside) and centres (items + 1, d)."""
        self._sentences = sentences
        self._owners = owners
        self._centres = centres

    @classmethod
    def fit(cls, corpus: Corpus, vectors: Vector) -> DenseChannel:
        """Index the vectors of all sentences, shape (sentences, d)."""
        owners = np.where(corpus.owners == OUTSIDE, corpus.size, corpus.owners)
        centres = np.zeros((corpus.size + 1, vectors.shape[1]), dtype=np.float32)
        np.add.at(centres, owners, vectors)
        centres[corpus.size] = 0
        lengths = np.linalg.norm(centres, axis=1, keepdims=True)
        centres /= np.where(lengths > 0, lengths, 1)
        return cls(_faiss_index(vectors), owners, centres)

    def scores(self, query: Query) -> Scores:
        """Return the four rows for a query with a vector."""
        probes = query.vector[None, :]
        if query.clause_vectors is not None:
            probes = np.concatenate([probes, query.clause_vectors])
        count = min(_NEIGHBOURS, len(self._owners))
        similarities, places = self._sentences.search(np.ascontiguousarray(probes, dtype=np.float32), count)
        owners = self._owners[places]
        nearest = self._best(similarities[0], owners[0])
        vote = np.zeros_like(nearest)
        weights = np.exp(_SHARPNESS * (similarities[0][:_VOTERS] - 1))
        np.add.at(vote, owners[0][:_VOTERS], weights)
        vote = np.log(vote + 1e-6)
        clause = nearest
        if len(probes) > 1:
            clause = np.max([self._best(*pair) for pair in zip(similarities[1:], owners[1:])], axis=0)
        return np.stack([nearest, vote, self._centres @ query.vector, clause]).astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write the FAISS index, the owners and the centres."""
        import faiss

        faiss.write_index(self._sentences, str(folder / "dense.faiss"))
        np.savez(folder / "dense.npz", owners=self._owners, centres=self._centres)

    @classmethod
    def load(cls, folder: Path) -> DenseChannel:
        """Read what `save` wrote."""
        import faiss

        with np.load(folder / "dense.npz", allow_pickle=False) as arrays:
            return cls(faiss.read_index(str(folder / "dense.faiss")), arrays["owners"], arrays["centres"])

    def _best(self, similarities: NDArray[np.float32], owners: NDArray[np.int64]) -> NDArray[np.float32]:
        best = np.full(len(self._centres), similarities[-1], dtype=np.float32)
        np.maximum.at(best, owners, similarities)
        return best


def _faiss_index(vectors: Vector) -> Any:
    import faiss

    dimension = vectors.shape[1]
    if len(vectors) <= _EXACT_UP_TO:
        index = faiss.IndexFlatIP(dimension)
    else:
        index = faiss.IndexHNSWFlat(dimension, 32, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = 80
        index.hnsw.efSearch = 128
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return index
