"""Is the question for the desk at all? A linear in/out classifier and the share of familiar wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge_base.channels import Query
from knowledge_base.corpus import OUTSIDE, Corpus, Kind, evenly
from knowledge_base.sparse import LinearModel, Vocabulary
from knowledge_base.text import character_ngrams, pinyin_ngrams

FEATURES = ("scope_characters", "scope_pinyin", "familiar")
_REGULARISATION = 60.0
INSIDE = 1
"""the class of sentences for the desk"""


@dataclass(frozen=True)
class ScopeClassifier:
    """Two logistic regressions, over characters and over fuzzy pinyin, that tell what is for the desk."""

    characters: LinearModel
    syllables: LinearModel

    @classmethod
    def fit(cls, corpus: Corpus, ambiguous: Sequence[str] = ()) -> ScopeClassifier | None:
        """Fit on asks, names and questions that fit several items against sentences from outside.

        None where either side is missing. Where there are asks, no more names than asks: people do not talk in names.
        """
        asks, names = corpus.of_kinds(Kind.ASK), corpus.of_kinds(Kind.NAME, Kind.ALIAS)
        chosen = {*asks, *(evenly(names, len(asks)) if asks else names), *corpus.of_kinds(Kind.OUTSIDE)}
        places = sorted(chosen)
        inside = corpus.owners[places] != OUTSIDE
        if inside.all() or not inside.any():
            return None
        texts = [*(corpus.sentences[place].text for place in places), *ambiguous]
        inside = np.append(inside, np.ones(len(ambiguous), dtype=bool))
        return cls(
            _fit([character_ngrams(text) for text in texts], inside),
            _fit([pinyin_ngrams(text) for text in texts], inside),
        )

    def features(self, query: Query) -> list[float]:
        """Return the values named in `FEATURES`: two log-odds and the share of known bigram weight."""
        known = self.characters.vocabulary.positions
        bigrams = [term for term in query.characters if len(term) == 2]
        familiar = sum(term in known for term in bigrams) / len(bigrams) if bigrams else 0.0
        return [
            float(self.characters.scores(query.characters)[INSIDE]),
            float(self.syllables.scores(query.syllables)[INSIDE]),
            familiar,
        ]

    def save(self, folder: Path) -> None:
        """Write both models."""
        self.characters.save(folder, "scope_characters")
        self.syllables.save(folder, "scope_pinyin")

    @classmethod
    def load(cls, folder: Path) -> ScopeClassifier:
        """Read what `save` wrote."""
        return cls(LinearModel.load(folder, "scope_characters"), LinearModel.load(folder, "scope_pinyin"))


def _fit(documents: Sequence[Sequence[str]], inside: np.ndarray) -> LinearModel:
    from sklearn.linear_model import LogisticRegression

    vocabulary = Vocabulary.fit(documents, least=2)
    regression = LogisticRegression(C=_REGULARISATION, class_weight="balanced", solver="liblinear", random_state=0)
    regression.fit(vocabulary.matrix(documents), inside)
    return LinearModel.of(vocabulary, regression)
