"""Nearest ways of asking and nearest items by sentence vector."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.channels import Places, Query, Scores, Vector, on_disk
from knowledge_base.corpus import OUTSIDE, Corpus, evenly

_NEIGHBOURS = 192
_VOTERS = 32
_SHARPNESS = 12.0
_EXACT_UP_TO = 60_000
_CELLS, _CELLS_SEARCHED = 1024, 32
_TRAINED_ON = 64 * _CELLS


class DenseChannel:
    """Score items by FAISS over all sentence vectors (inner product of unit vectors).

    Up to 60,000 sentences are compared exactly; more are kept in half precision in cells, of which the nearest are
    searched.

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

    def read(self, query: Query) -> DenseReading:
        """Find the nearest sentences."""
        probe = np.ascontiguousarray(query.vector[None, :], dtype=np.float32)
        similarities, places = self._sentences.search(probe, min(_NEIGHBOURS, len(self._owners)))
        found = places[0] >= 0
        return DenseReading(similarities[0][found], self._owners[places[0][found]], self._centres, query.vector)

    def save(self, folder: Path) -> None:
        """Write the FAISS index, the owners and the centres."""
        import faiss

        faiss.write_index(self._sentences, str(folder / "dense.faiss"))
        np.save(folder / "dense.owners.npy", self._owners, allow_pickle=False)
        np.save(folder / "dense.centres.npy", self._centres, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> DenseChannel:
        """Read what `save` wrote; owners and centres stay on disk until they are read."""
        import faiss

        owners, centres = on_disk(folder / "dense.owners.npy"), on_disk(folder / "dense.centres.npy")
        return cls(faiss.read_index(str(folder / "dense.faiss")), owners, centres)


@dataclass(frozen=True)
class DenseReading:
    """The nearest sentences, nearest first: similarities and owners (n,); all centres; the question's vector."""

    similarities: Vector
    owners: Places
    centres: Vector
    vector: Vector

    def best(self, count: int) -> Places:
        """Return the items of the nearest sentences."""
        owners, first = np.unique(self.owners[self.owners < len(self.centres) - 1], return_index=True)
        return owners[np.argsort(first)[:count]]

    def at(self, places: Places) -> Scores:
        """Return the three rows, shape (3, k + 1)."""
        items = np.append(places, len(self.centres) - 1)
        nearest = np.full(len(self.centres), self.similarities[-1], dtype=np.float32)
        np.maximum.at(nearest, self.owners, self.similarities)
        vote = np.zeros_like(nearest)
        voters = np.exp(_SHARPNESS * (self.similarities[:_VOTERS] - 1))
        np.add.at(vote, self.owners[:_VOTERS], voters)
        return np.stack([nearest[items], np.log(vote[items] + 1e-6), self.centres[items] @ self.vector])


def _faiss_index(vectors: Vector) -> Any:
    import faiss

    vectors = np.ascontiguousarray(vectors, dtype=np.float32)
    dimension = vectors.shape[1]
    if len(vectors) <= _EXACT_UP_TO:
        index = faiss.IndexFlatIP(dimension)
    else:
        index = faiss.index_factory(dimension, f"IVF{_CELLS},SQfp16", faiss.METRIC_INNER_PRODUCT)
        index.nprobe = _CELLS_SEARCHED
        index.train(vectors[evenly(range(len(vectors)), _TRAINED_ON)])
    index.add(vectors)
    return index
