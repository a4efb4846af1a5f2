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
    of the item's sentences. Items with no sentence among the nearest get the similarity of the last one found.
    """

    rows: tuple[str, ...] = ("dense_nearest", "dense_vote", "dense_centre")
    tells_outside: tuple[str, ...] = ("dense_nearest", "dense_vote")

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
        """Return the three rows, shape (3, items + 1)."""
        probe = np.ascontiguousarray(query.vector[None, :], dtype=np.float32)
        similarities, places = self._sentences.search(probe, min(_NEIGHBOURS, len(self._owners)))
        similarities, owners = similarities[0], self._owners[places[0]]
        nearest = np.full(len(self._centres), similarities[-1], dtype=np.float32)
        np.maximum.at(nearest, owners, similarities)
        vote = np.zeros_like(nearest)
        np.add.at(vote, owners[:_VOTERS], np.exp(_SHARPNESS * (similarities[:_VOTERS] - 1)))
        return np.stack([nearest, np.log(vote + 1e-6), self._centres @ query.vector]).astype(np.float32)

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
