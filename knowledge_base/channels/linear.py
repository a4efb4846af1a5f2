"""One linear classifier over the ways of asking, read as characters or as fuzzy pinyin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.channels import Places, Query, Scores
from knowledge_base.corpus import OUTSIDE, Corpus, Kind, evenly
from knowledge_base.sparse import LinearModel, Vocabulary
from knowledge_base.text import character_ngrams, pinyin_ngrams

_VIEWS: dict[str, Callable[[str], list[str]]] = {"characters": character_ngrams, "pinyin": pinyin_ngrams}


class LinearChannel:
    """Score items by a one-against-the-rest linear SVM over those that have ways of asking.

    "Not for the desk" is a class of its own. So are, taken together, the items that nobody wrote ways of asking for:
    each of them scores what speaks for "one of those".
    """

    def __init__(self, view: str, model: LinearModel, classes: NDArray[np.int32]) -> None:
        """Take the view, `characters` or `pinyin`, a model, and the class of each item and of outside (items + 1,)."""
        self.view = view
        self.model = model
        self._classes = classes
        shared = np.bincount(classes[:-1], minlength=len(model.bias)) > 1
        self._alone = np.flatnonzero(~shared[classes[:-1]])
        self.rows: tuple[str, ...] = (f"linear_{view}",)
        self.tells_outside: tuple[str, ...] = self.rows

    @classmethod
    def fit(cls, corpus: Corpus, view: str, regularisation: float = 1.0) -> LinearChannel:
        """Fit on asks, names, aliases and sentences from outside the desk."""
        from sklearn.svm import LinearSVC

        classes = _classes(corpus)
        places = corpus.of_kinds(Kind.ASK, Kind.NAME, Kind.ALIAS, Kind.OUTSIDE)
        unasked = [place for place in places if _is_unasked(corpus, place)]
        chosen = set(evenly(unasked, len(places) - len(unasked)))
        places = [place for place in places if place in chosen or not _is_unasked(corpus, place)]
        documents = [_VIEWS[view](corpus.sentences[place].text) for place in places]
        vocabulary = Vocabulary.fit(documents, least=2)
        svm = LinearSVC(C=regularisation, loss="squared_hinge", dual=True, tol=1e-2, max_iter=300, random_state=0)
        svm.fit(vocabulary.matrix(documents), classes[corpus.owners[places]])
        weights = np.zeros((len(vocabulary.positions), classes.max() + 1), dtype=np.float16)
        bias = np.full(classes.max() + 1, -1.0, dtype=np.float32)
        weights[:, svm.classes_] = svm.coef_.T
        bias[svm.classes_] = svm.intercept_
        return cls(view, LinearModel(vocabulary, weights, bias), classes)

    def read(self, query: Query) -> LinearReading:
        """Work out the decision values of the classes."""
        values = self.model.scores(query.characters if self.view == "characters" else query.syllables)
        return LinearReading(values, self._classes, self._alone)

    def save(self, folder: Path) -> None:
        """Write the model and the classes."""
        self.model.save(folder, f"linear_{self.view}")
        np.save(folder / f"linear_{self.view}.classes.npy", self._classes, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, view: str) -> LinearChannel:
        """Read what `save` wrote."""
        classes = np.load(folder / f"linear_{view}.classes.npy", allow_pickle=False)
        return cls(view, LinearModel.load(folder, f"linear_{view}"), classes)


@dataclass(frozen=True)
class LinearReading:
    """The decision value of each class (classes,), the class of each item, and the items with a class of their own."""

    values: Scores
    classes: NDArray[np.int32]
    alone: Places

    def best(self, count: int) -> Places:
        """Return the best items that have a class of their own."""
        own = self.values[self.classes[self.alone]]
        return self.alone[np.argsort(-own)[:count]]

    def at(self, places: Places) -> Scores:
        """Return the decision values, shape (1, k + 1)."""
        return self.values[np.append(self.classes[places], self.classes[-1])][None, :]


def _classes(corpus: Corpus) -> NDArray[np.int32]:
    """Return the class of each item and, last, of what is not for the desk, shape (items + 1,)."""
    asked = sorted(corpus.asked)
    together = len(asked)
    classes = np.full(corpus.size + 1, together, dtype=np.int32)
    classes[asked] = np.arange(together)
    classes[-1] = together if together == corpus.size else together + 1
    return classes


def _is_unasked(corpus: Corpus, place: int) -> bool:
    owner = corpus.sentences[place].owner
    return owner != OUTSIDE and owner not in corpus.asked
