"""A linear classifier of emergencies, learned from example sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from knowledge_base.sparse import LinearModel, Vocabulary
from knowledge_base.text import character_ngrams, normalise, pinyin_ngrams

LOOK_ALIKES = "look_alikes"
"""the key of the sentences that only sound like danger"""
_WEIGHT_OF_OTHERS = 0.3
_REGULARISATION = 90.0


@dataclass(frozen=True)
class EmergencyClassifier:
    """Logistic regressions over characters, sounds and their pairs: is there danger, and of which kind."""

    names: tuple[str, ...]
    danger_model: LinearModel
    kind_model: LinearModel

    @classmethod
    def fit(cls, examples: Mapping[str, Sequence[str]], others: Iterable[str]) -> EmergencyClassifier:
        """Fit on the examples of each kind against look-alikes and everything else that citizens say."""
        kinds = {name: texts for name, texts in examples.items() if name != LOOK_ALIKES}
        dangers = [(text, name) for name, texts in kinds.items() for text in texts]
        calm = list(examples.get(LOOK_ALIKES, ()))
        rest = list(others)
        texts = [text for text, _ in dangers] + calm + rest
        truth = [True] * len(dangers) + [False] * (len(calm) + len(rest))
        weights = [1.0] * (len(dangers) + len(calm)) + [_WEIGHT_OF_OTHERS] * len(rest)
        names = tuple(kinds)
        places = [names.index(name) for _, name in dangers]
        return cls(names, _fitted(texts, truth, weights), _fitted([text for text, _ in dangers], places))

    def danger(self, text: str) -> float:
        """Return the probability (0 to 1) that a normalised text tells of danger."""
        return float(1 / (1 + np.exp(-self.danger_model.scores(_terms(text))[-1])))

    def kind(self, text: str) -> str:
        """Return the likeliest kind of danger that a normalised text tells of."""
        return self.names[int(self.kind_model.scores(_terms(text)).argmax())]

    def save(self, folder: Path) -> None:
        """Write names and models."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "kinds.json").write_text(json.dumps(self.names), encoding="utf-8")
        self.danger_model.save(folder, "danger")
        self.kind_model.save(folder, "kind")

    @classmethod
    def load(cls, folder: Path) -> EmergencyClassifier:
        """Read what `save` wrote."""
        names = tuple(json.loads((folder / "kinds.json").read_text(encoding="utf-8")))
        return cls(names, LinearModel.load(folder, "danger"), LinearModel.load(folder, "kind"))


def load_examples(path: Path) -> dict[str, list[str]]:
    """Read the sentences of each kind, and those that only sound like danger, from data/emergencies/examples.yml."""
    content: dict[str, list[Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: [str(text) for text in texts] for name, texts in content.items()}


def _terms(text: str) -> list[str]:
    """Return the n-grams of the characters and of their sounds: a frightened hand writes homophones."""
    return [*character_ngrams(text), *(f"~{sound}" for sound in pinyin_ngrams(text))]


def _fitted(texts: Sequence[str], classes: Sequence[int], importance: Sequence[float] | None = None) -> LinearModel:
    from sklearn.linear_model import LogisticRegression

    documents = [_terms(normalise(text)) for text in texts]
    vocabulary = Vocabulary.fit(documents)
    regression = LogisticRegression(C=_REGULARISATION, solver="liblinear", random_state=0)
    regression.fit(vocabulary.matrix(documents), classes, sample_weight=importance)
    return LinearModel.of(vocabulary, regression)
