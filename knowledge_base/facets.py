"""Which part of a guide a question asks for: materials, steps, time, fee, place, conditions, validity …"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge_base.corpus import Corpus, Kind
from knowledge_base.facet_examples import GENERAL, facet_examples
from knowledge_base.sparse import LinearModel, Vocabulary
from knowledge_base.text import NO_GLOSSARY, Glossary, clauses, ngrams, tokens

__all__ = ["GENERAL", "FacetClassifier", "facet_terms"]

_LEAST_ITEMS = 4
_LONGEST_GRAM = 4
_REGULARISATION = 1.0
_WEIGHT_OF_GENERAL = 0.5


def facet_terms(text: str) -> list[str]:
    """Return what the classifier reads: token 1- to 4-grams with the ends marked, the last clause told apart."""
    units = ["^", *tokens(text), "$"]
    last = ["^", *tokens(clauses(text, 4, 12)[-1]), "$"] if text else []
    return [*ngrams(units, 1, _LONGEST_GRAM), *(f"<{term}" for term in ngrams(last, 1, _LONGEST_GRAM - 1))]


@dataclass(frozen=True)
class FacetClassifier:
    """A logistic regression over wording that many items share, so that an item's name says nothing."""

    labels: tuple[str, ...]
    model: LinearModel

    @classmethod
    def fit(cls, corpus: Corpus, glossary: Glossary = NO_GLOSSARY) -> FacetClassifier | None:
        """Fit on the asks, their facets and variants of them; None with fewer than two facets."""
        from sklearn.linear_model import LogisticRegression

        asks = [corpus.sentences[place] for place in corpus.of_kinds(Kind.ASK)]
        labels = tuple(sorted({ask.label for ask in asks}))
        if len(labels) < 2:
            return None
        examples = facet_examples(asks, glossary)
        documents = shared_terms(
            [facet_terms(example.text) for example in examples], [example.owner for example in examples], _LEAST_ITEMS
        )
        vocabulary = Vocabulary.fit(documents)
        weights_of = {place: _WEIGHT_OF_GENERAL if label == GENERAL else 1.0 for place, label in enumerate(labels)}
        regression = LogisticRegression(C=_REGULARISATION, solver="liblinear", class_weight=weights_of, random_state=0)
        regression.fit(vocabulary.matrix(documents), [labels.index(example.facet) for example in examples])
        return cls(labels, LinearModel.of(vocabulary, regression))

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
    for document, owner in zip(documents, owners, strict=True):
        for term in document:
            users[term].add(owner)
    least = min(least, max(1, len(set(owners)) // 2))
    return [[term for term in document if len(users[term]) >= least] for document in documents]
