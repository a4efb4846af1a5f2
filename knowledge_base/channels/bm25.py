"""BM25 with one document an item, shared by the lexical and the phonetic channel."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.channels import Places, Scores, on_disk

LONG_K1, LONG_B = 8.0, 0.75
"""for documents that gather dozens of ways of asking: there it says much how often a term comes back"""

_ARRAYS = ("starts", "documents", "weights")


@dataclass(frozen=True)
class Bm25:
    """Inverted lists: of term t the documents and their weights stand from `starts[t]` to `starts[t + 1]`."""

    vocabulary: dict[str, int]
    starts: NDArray[np.int64]
    documents: NDArray[np.int32]
    weights: NDArray[np.float32]
    size: int
    """number of documents"""

    @classmethod
    def fit(cls, documents: Iterable[Sequence[str]], k1: float = LONG_K1, b: float = LONG_B) -> Bm25:
        """Index the documents, one of them an item; idf and saturation as Lucene has them."""
        from scipy.sparse import csr_matrix

        vocabulary: dict[str, int] = {}
        columns, counts, ends, lengths = array("i"), array("f"), array("q", [0]), array("f")
        for document in documents:
            counted = Counter(document)
            columns.extend(vocabulary.setdefault(term, len(vocabulary)) for term in counted)
            counts.extend(counted.values())
            ends.append(len(columns))
            lengths.append(len(document))
        size = len(lengths)
        matrix = csr_matrix(
            (np.frombuffer(counts, np.float32), np.frombuffer(columns, np.int32), np.frombuffer(ends, np.int64)),
            shape=(size, len(vocabulary)),
        ).tocsc()
        of = np.frombuffer(lengths, np.float32)
        mean = float(of.mean()) if of.any() else 1.0
        found = np.diff(matrix.indptr)
        idf = _idf(size, found).astype(np.float32)
        saturation = (k1 * (1 - b + b * of / mean)).astype(np.float32)
        weights = matrix.data / (saturation[matrix.indices] + matrix.data) * np.repeat(idf, found)
        return cls(
            vocabulary,
            matrix.indptr.astype(np.int64),
            matrix.indices.astype(np.int32),
            weights.astype(np.float32),
            size,
        )

    def scores(self, terms: Sequence[str]) -> Scores:
        """Return the score of each document, shape (documents,)."""
        found = np.zeros(self.size, dtype=np.float32)
        for term, count in Counter(terms).items():
            place = self.vocabulary.get(term)
            if place is not None:
                listed = slice(self.starts[place], self.starts[place + 1])
                found[self.documents[listed]] += self.weights[listed] * np.float32(count)
        return found

    def read(self, terms: Sequence[str]) -> Bm25Reading:
        """Score the documents for the terms of a question."""
        return Bm25Reading(self.scores(terms))

    def scores_among(self, terms: Sequence[str], documents: Places) -> Scores:
        """Return the score of these documents with the idf of a collection of them alone, shape (documents,)."""
        few = len(documents)
        found = np.zeros(few, dtype=np.float32)
        for place in {place for place in map(self.vocabulary.get, terms) if place is not None}:
            listed = slice(self.starts[place], self.starts[place + 1])
            holders = self.documents[listed]
            at = np.minimum(np.searchsorted(holders, documents), len(holders) - 1)
            held = holders[at] == documents
            here = int(held.sum())
            if 0 < here < few:
                among = _idf(few, here) / _idf(self.size, len(holders))
                found[held] += self.weights[listed][at[held]] * np.float32(among)
        return found

    def save(self, folder: Path, name: str) -> None:
        """Write the lists and the vocabulary into a folder of that name."""
        target = folder / name
        target.mkdir(exist_ok=True)
        for part in _ARRAYS:
            np.save(target / f"{part}.npy", getattr(self, part), allow_pickle=False)
        content = {"size": self.size, "terms": list(self.vocabulary)}
        (target / "terms.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path, name: str) -> Bm25:
        """Read what `save` wrote; the lists stay on disk until they are read."""
        source = folder / name
        content = json.loads((source / "terms.json").read_text("utf-8"))
        arrays = {part: on_disk(source / f"{part}.npy") for part in _ARRAYS}
        return cls({term: place for place, term in enumerate(content["terms"])}, size=content["size"], **arrays)


@dataclass(frozen=True)
class Bm25Reading:
    """The scores of all documents for one question, shape (documents,)."""

    scores: Scores

    def best(self, count: int) -> Places:
        """Return the best documents that share a term with the question."""
        count = min(count, len(self.scores))
        places = np.argpartition(self.scores, len(self.scores) - count)[len(self.scores) - count :]
        return places[self.scores[places] > 0]

    def at(self, places: Places) -> Scores:
        """Return the scores of some documents, shape (1, k + 1), the outside column 0."""
        return np.append(self.scores[places], np.float32(0))[None, :]


def _idf(documents: int, holders: Any) -> Any:
    """Return the inverse document frequency as Lucene weighs it."""
    return np.log(1 + (documents - holders + 0.5) / (holders + 0.5))
