"""One linear classifier over the ways of asking, read as characters or as fuzzy pinyin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from knowledge_base.channels import Query, Scores
from knowledge_base.corpus import OUTSIDE, Corpus, Kind
from knowledge_base.sparse import LinearModel, Vocabulary
from knowledge_base.text import character_ngrams, pinyin_ngrams

_VIEWS: dict[str, Callable[[str], list[str]]] = {"characters": character_ngrams, "pinyin": pinyin_ngrams}


class LinearChannel:
    """Score items by a one-against-the-rest linear SVM with a class for "not for the desk"."""

    def __init__(self, view: str, model: LinearModel) -> None:
        """Take the view, `characters` or `pinyin`, and a model with items + 1 classes."""
        self.view = view
        self.model = model
        self.rows: tuple[str, ...] = (f"linear_{view}",)
        self.tells_outside: tuple[str, ...] = self.rows

    @classmethod
    def fit(cls, corpus: Corpus, view: str, regularisation: float = 1.0) -> LinearChannel:
        """Fit on asks, names, aliases and sentences from outside the desk."""
        from sklearn.svm import LinearSVC

        places = corpus.of_kinds(Kind.ASK, Kind.NAME, Kind.ALIAS, Kind.OUTSIDE)
        documents = [_VIEWS[view](corpus.sentences[place].text) for place in places]
        classes = np.where(corpus.owners[places] == OUTSIDE, corpus.size, corpus.owners[places])
        vocabulary = Vocabulary.fit(documents, least=2)
        svm = LinearSVC(C=regularisation, loss="squared_hinge", dual=True, tol=1e-2, max_iter=300, random_state=0)
        svm.fit(vocabulary.matrix(documents), classes)
        weights = np.zeros((len(vocabulary.positions), corpus.size + 1), dtype=np.float16)
        bias = np.full(corpus.size + 1, -1.0, dtype=np.float32)
        weights[:, svm.classes_] = svm.coef_.T
        bias[svm.classes_] = svm.intercept_
        return cls(view, LinearModel(vocabulary, weights, bias))

    def scores(self, query: Query) -> Scores:
        """Return the decision values, shape (1, items + 1)."""
        return self.model.scores(query.characters if self.view == "characters" else query.syllables)[None, :]

    def save(self, folder: Path) -> None:
        """Write the model."""
        self.model.save(folder, f"linear_{self.view}")

    @classmethod
    def load(cls, folder: Path, view: str) -> LinearChannel:
        """Read what `save` wrote."""
        return cls(view, LinearModel.load(folder, f"linear_{view}"))
