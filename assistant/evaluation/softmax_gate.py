"""The field's usual gate, to compare with: a threshold on the top probability of a plain classifier over the items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from knowledge_base.encoder import Encoder
from knowledge_base.text import NO_GLOSSARY, Glossary, normalise

_LONGEST_NGRAM = 3
_TOLERANCE = 1e-3


class SoftmaxGate:
    """Multinomial logistic regression over tf-idf character n-grams and the sentence vector, as scikit-learn sets it.

    Its top probability is what Rasa's FallbackClassifier holds against a threshold.
    """

    def __init__(self, encoder: Encoder, glossary: Glossary = NO_GLOSSARY) -> None:
        """Take the encoder and the glossary that the search uses too."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        self._encoder, self._glossary = encoder, glossary
        self._ngrams = TfidfVectorizer(
            analyzer="char", ngram_range=(1, _LONGEST_NGRAM), min_df=2, sublinear_tf=True, dtype=np.float32
        )
        self._classifier = LogisticRegression(tol=_TOLERANCE)

    def fit(self, sentences: Sequence[tuple[str, str]]) -> SoftmaxGate:
        """Fit on ways of asking and their items."""
        normal = [normalise(text, self._glossary) for text, _ in sentences]
        self._ngrams.fit(normal)
        self._classifier.fit(self._features(normal), [item for _, item in sentences])
        return self

    def judge(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        """Return the likeliest item and its probability for each text."""
        probabilities = self._classifier.predict_proba(
            self._features([normalise(text, self._glossary) for text in texts])
        )
        items = self._classifier.classes_[probabilities.argmax(axis=1)]
        return list(zip(items.tolist(), probabilities.max(axis=1).tolist(), strict=True))

    def _features(self, normal: Sequence[str]) -> Any:
        from scipy.sparse import csr_matrix, hstack

        return hstack([self._ngrams.transform(normal), csr_matrix(self._encoder.encode(normal))]).tocsr()
