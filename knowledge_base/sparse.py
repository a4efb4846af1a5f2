"""A vocabulary of n-grams with idf weights, and linear models over it that are read one sentence at a time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Vocabulary:
    """Term → position, and the inverse document frequency of each term, shape (terms,)."""

    positions: dict[str, int]
    idf: Floats

    @classmethod
    def fit(cls, documents: Sequence[Sequence[str]], least: int = 1) -> Vocabulary:
        """Keep the terms found in at least `least` documents."""
        frequency: Counter[str] = Counter()
        for document in documents:
            frequency.update(set(document))
        terms = [term for term, count in frequency.items() if count >= least]
        counts = np.array([frequency[term] for term in terms], dtype=np.float32)
        idf = np.log((1 + len(documents)) / (1 + counts)) + 1
        return cls({term: place for place, term in enumerate(terms)}, idf.astype(np.float32))

    def weigh(self, terms: Iterable[str]) -> tuple[NDArray[np.int64], Floats]:
        """Return the positions and the L2-normalised tf-idf weights of the known terms of one document."""
        counts: dict[int, int] = {}
        for term in terms:
            place = self.positions.get(term)
            if place is not None:
                counts[place] = counts.get(place, 0) + 1
        places = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        weights = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * self.idf[places]
        norm = float(np.sqrt(weights @ weights)) or 1.0
        return places, (weights / norm).astype(np.float32)

    def matrix(self, documents: Sequence[Sequence[str]]) -> Any:
        """Return the tf-idf matrix of documents as scipy CSR, shape (documents, terms)."""
        from scipy.sparse import csr_matrix

        rows = [self.weigh(document) for document in documents]
        pointers = np.cumsum([0] + [len(places) for places, _ in rows])
        columns = np.concatenate([places for places, _ in rows] or [np.zeros(0, np.int64)])
        values = np.concatenate([weights for _, weights in rows] or [np.zeros(0, np.float32)])
        return csr_matrix((values, columns, pointers), shape=(len(rows), len(self.positions)))

    def save(self, folder: Path, name: str) -> None:
        """Write the terms as JSON and the weights as npy."""
        (folder / f"{name}.terms.json").write_text(json.dumps(list(self.positions), ensure_ascii=False), "utf-8")
        np.save(folder / f"{name}.idf.npy", self.idf, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, name: str) -> Vocabulary:
        """Read what `save` wrote."""
        terms = json.loads((folder / f"{name}.terms.json").read_text("utf-8"))
        idf = np.load(folder / f"{name}.idf.npy", allow_pickle=False)
        return cls({term: place for place, term in enumerate(terms)}, idf)


@dataclass(frozen=True)
class LinearModel:
    """A vocabulary with one column of weights a class: weights float16 (terms, classes), bias (classes,)."""

    vocabulary: Vocabulary
    weights: NDArray[np.float16]
    bias: Floats

    @classmethod
    def of(cls, vocabulary: Vocabulary, regression: Any) -> LinearModel:
        """Take over a fitted scikit-learn LogisticRegression; of two classes each gets a column too."""
        weights, bias = regression.coef_.T, regression.intercept_
        if len(regression.classes_) == 2:
            weights, bias = np.hstack([-weights, weights]), np.array([-bias[0], bias[0]])
        return cls(vocabulary, weights.astype(np.float16), bias.astype(np.float32))

    def scores(self, terms: Iterable[str]) -> Floats:
        """Return the decision value of each class for one document, shape (classes,)."""
        places, weights = self.vocabulary.weigh(terms)
        return np.asarray(weights @ self.weights[places].astype(np.float32) + self.bias, dtype=np.float32)

    def save(self, folder: Path, name: str) -> None:
        """Write vocabulary, weights and bias."""
        self.vocabulary.save(folder, name)
        np.savez(folder / f"{name}.linear.npz", weights=self.weights, bias=self.bias)

    @classmethod
    def load(cls, folder: Path, name: str) -> LinearModel:
        """Read what `save` wrote."""
        with np.load(folder / f"{name}.linear.npz", allow_pickle=False) as arrays:
            return cls(Vocabulary.load(folder, name), arrays["weights"], arrays["bias"])
