"""The intent classifier by cross-validation over what Rasa trains it on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import yaml

from assistant.evaluation.estimates import resampled, share, share_of
from assistant.evaluation.measures import Floats, confusion_matrix, macro_f1
from assistant.evaluation.progress import tracked
from assistant.evaluation.report import Figure, HeatMap, Section, Table
from assistant.evaluation.trial import Subject
from assistant.nlu import resources
from assistant.settings import Settings
from knowledge_base.text import normalise

NAME = "intents"
TRAINING = "training"
"""stands where other sections name a part: these are the training examples, each told by a model without it"""
FOLDS = 5
_SEED = 42
_WHOLE_NUMBER = re.compile(r"\b[0-9]+\b")


def measure(subject: Subject) -> Section:
    """Train and predict by folds, on the inputs that config.yml gives the classifier."""
    examples = training_examples(subject.settings)
    intents = [intent for _, intent in examples]
    pipeline = _pipeline(subject.settings)
    features = _features([text for text, _ in examples], subject.settings, pipeline["CountVectorsFeaturizer"])
    return section(intents, cross_predicted(features, intents, pipeline["IntentClassifier"]))


def training_examples(settings: Settings) -> list[tuple[str, str]]:
    """Return text and intent of every example, as Rasa's importers load them."""
    from rasa.shared.importers.importer import TrainingDataImporter
    from rasa.shared.nlu.constants import INTENT, TEXT

    resources.use(settings)
    importer = TrainingDataImporter.load_from_config(
        str(settings.home / "config.yml"), str(settings.home / "domain"), [str(settings.data / "nlu")]
    )
    return [(example.get(TEXT), example.get(INTENT)) for example in importer.get_nlu_data().intent_examples]


def cross_predicted(features: Any, intents: Sequence[str], config: dict[str, Any]) -> list[str]:
    """Return what a classifier fitted without an example's fold takes it for."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    truth = np.asarray(intents)
    predicted = np.empty_like(truth)
    folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=_SEED).split(features, truth))
    for train, test in tracked(f"Intents, {FOLDS} folds", folds):
        classifier = LogisticRegression(
            max_iter=config["max_iter"], tol=config["tol"], class_weight="balanced", random_state=_SEED
        )
        predicted[test] = classifier.fit(features[train], truth[train]).predict(features[test])
    return [str(intent) for intent in predicted]


def section(intents: Sequence[str], predicted: Sequence[str]) -> Section:
    """Return accuracy, macro F1 and the confusion, as table and heat map."""
    labels = sorted({*intents, *predicted})
    place = {label: number for number, label in enumerate(labels)}
    pairs = np.array([(place[true], place[got]) for true, got in zip(intents, predicted, strict=True)])

    def confusion(rows: np.ndarray) -> Floats:
        return confusion_matrix(rows[:, 0], rows[:, 1], len(labels))

    counts = confusion(pairs)
    return Section(
        name=NAME,
        part=TRAINING,
        title=f"Intents, {FOLDS}-fold cross-validation",
        figures=(
            Figure("accuracy", share(true == got for true, got in zip(intents, predicted, strict=True))),
            Figure("macro F1", resampled(lambda rows: macro_f1(confusion(rows)), pairs)),
        ),
        tables=(_table(labels, counts),),
        charts=(HeatMap("Intents", tuple(labels), _shares(counts)),),
        notes=(
            "The training examples of Rasa, each told by a classifier that has not seen it. The sentence encoder was "
            "trained on most ways of asking, so `ask` and `apply` come out a little kind.",
        ),
    )


def _table(labels: Sequence[str], counts: Floats) -> Table:
    """Return for each intent how often it is recognised, how often rightly named, and what it is most taken for."""
    rows = []
    for number, label in enumerate(labels):
        true, named = counts[number], counts[:, number]
        others = sorted(
            ((int(times), other) for other, times in zip(labels, true, strict=True) if other != label and times),
            reverse=True,
        )
        rows.append(
            (
                label,
                int(true.sum()),
                share_of(int(true[number]), int(true.sum())),
                share_of(int(named[number]), int(named.sum())),
                ", ".join(f"{other} {times}" for times, other in others[:4]),
            )
        )
    return Table("By intent", ("intent", "n", "recall", "precision", "taken for"), tuple(rows))


def _shares(counts: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, (counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)).round(4).tolist()))


def _features(texts: Sequence[str], settings: Settings, config: dict[str, Any]) -> Any:
    """Return character n-grams within jieba's words beside the sentence vector, as a sparse matrix.

    An n-gram that no training fold has gets no weight, so one vocabulary serves all folds.
    """
    import jieba
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import CountVectorizer

    ngrams = CountVectorizer(analyzer=config["analyzer"], ngram_range=(config["min_ngram"], config["max_ngram"]))
    words = [_WHOLE_NUMBER.sub("__NUMBER__", " ".join(jieba.cut(text))) for text in texts]
    glossary = resources.glossary_at(settings.data)
    vectors = resources.encoder_at(settings.encoder).encode([normalise(text, glossary) for text in texts])
    return hstack([ngrams.fit_transform(words), csr_matrix(vectors)]).tocsr().astype(np.float32)


def _pipeline(settings: Settings) -> dict[str, dict[str, Any]]:
    steps = yaml.safe_load((settings.home / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return {step["name"].rsplit(".", 1)[-1]: step for step in steps}
