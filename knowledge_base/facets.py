"""Which part of a guide a question asks for: materials, steps, time, fee, place, conditions, validity …"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge_base.corpus import Corpus, Kind
from knowledge_base.sparse import LinearModel, Vocabulary
from knowledge_base.text import clauses, ngrams, tokens

GENERAL = "general"
_LEAST_ITEMS = 4
_LONGEST_GRAM = 4


def facet_terms(text: str) -> list[str]:
    """Return what the classifier reads: token 1- to 4-grams with the ends marked, the last clause told apart."""
    units = ["^", *tokens(text), "$"]
    last = ["^", *tokens(clauses(text)[-1]), "$"] if text else []
    return [*ngrams(units, 1, _LONGEST_GRAM), *(f"<{term}" for term in ngrams(last, 1, _LONGEST_GRAM - 1))]


@dataclass(frozen=True)
class FacetClassifier:
    """A logistic regression over wording that many items share, so that an item's name says nothing."""

    labels: tuple[str, ...]
    model: LinearModel

    @classmethod
    def fit(cls, corpus: Corpus, least_items: int = _LEAST_ITEMS) -> FacetClassifier | None:
        """Fit on the asks and their facets; None with fewer than two facets."""
        from sklearn.linear_model import LogisticRegression

        asks = [corpus.sentences[place] for place in corpus.of_kinds(Kind.ASK)]
        labels = tuple(sorted({ask.label for ask in asks}))
        if len(labels) < 2:
            return None
        documents = shared_terms([facet_terms(ask.text) for ask in asks], [ask.owner for ask in asks], least_items)
        vocabulary = Vocabulary.fit(documents)
        regression = LogisticRegression(C=6.0, solver="liblinear", random_state=0)
        regression.fit(vocabulary.matrix(documents), [labels.index(ask.label) for ask in asks])
        weights, bias = regression.coef_.T, regression.intercept_
        if len(labels) == 2:
            weights, bias = np.hstack([-weights, weights]), np.array([-bias[0], bias[0]])
        model = LinearModel(vocabulary, weights.astype(np.float16), bias.astype(np.float32))
        return cls(labels, model)

    def predict(self, text: str) -> tuple[str, float]:
        """Return the likeliest facet of normalised text and its probability."""
        odds = self.model.scores(facet_terms(text))
        chances = 1 / (1 + np.exp(-odds))
        place = int(chances.argmax())
        return self.labels[place], float(chances[place] / chances.sum())

    def save(self, folder: Path) -> None:
        """Write labels and model."""
        (folder / "facets.json").write_text(json.dumps(self.labels), "utf-8")
        self.model.save(folder, "facets")

    @classmethod
    def load(cls, folder: Path) -> FacetClassifier:
        """Read what `save` wrote."""
        labels = tuple(json.loads((folder / "facets.json").read_text("utf-8")))
        return cls(labels, LinearModel.load(folder, "facets"))


def shared_terms(documents: Sequence[Sequence[str]], owners: Sequence[int], least: int) -> list[list[str]]:
    """Keep in each document the terms that the asks of at least `least` items use."""
    users: dict[str, set[int]] = defaultdict(set)
    for document, owner in zip(documents, owners):
        for term in document:
            users[term].add(owner)
    least = min(least, max(1, len(set(owners)) // 2))
    return [[term for term in document if len(users[term]) >= least] for document in documents]
