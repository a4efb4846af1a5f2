"""Find evaluation sentences that are, or nearly are, sentences something was trained on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.citizen.emergency_classifier import load_examples
from assistant.evaluation.entries import Part
from assistant.nlu.phrases import load_phrases
from assistant.speech.training_texts import load_stories
from knowledge_base.asks import load_ambiguous, load_asks, load_out_of_scope
from knowledge_base.text import bare, normalise

TOO_ALIKE = 0.8
"""share of bigrams in common (Jaccard) from which two sentences are nearly the same"""


@dataclass(frozen=True)
class Leak:
    """A sentence kept for measuring that is nearly one trained on."""

    text: str
    trained: str
    likeness: float


def training_sentences(data: Path) -> list[str]:
    """Return what index, intents, the emergencies' classifier and the recogniser learn from.

    The glossary's words are no sentences.
    """
    return [
        *(text for facets in load_asks(data / "asks").values() for texts in facets.values() for text in texts),
        *(text for texts in load_out_of_scope(data / "asks" / "out_of_scope.yml").values() for text in texts),
        *(one.text for one in load_ambiguous(data / "asks" / "ambiguous.yml")),
        *load_phrases(data / "nlu"),
        *(text for texts in load_examples(data / "emergencies" / "examples.yml").values() for text in texts),
        *load_stories(data / "spoken"),
    ]


def kept_apart(part: Part) -> list[str]:
    """Return the sentences of a part that must be new; in dialogues people also say what everybody says."""
    return [
        *(question.text for question in part.questions),
        *(stranger.text for stranger in part.out_of_scope),
        *(emergency.text for emergency in part.emergencies),
        *(question.text for question in part.passages),
        *(question.text for question in part.ambiguous),
    ]


def leaks(kept: Iterable[str], trained: Iterable[str], likeness: float = TOO_ALIKE) -> list[Leak]:
    """Return each kept sentence that shares that much of its bigrams with a trained one, with the likest."""
    texts = list(trained)
    grams_of = [_bigrams(text) for text in texts]
    places_of: dict[str, list[int]] = defaultdict(list)
    for place, grams in enumerate(grams_of):
        for gram in grams:
            places_of[gram].append(place)
    found = []
    for text in kept:
        own = _bigrams(text)
        shared = Counter(place for gram in own for place in places_of.get(gram, ()))
        scored = ((count / len(own | grams_of[place]), place) for place, count in shared.items())
        best, place = max(scored, default=(0.0, 0))
        if best >= likeness:
            found.append(Leak(text, texts[place], round(best, 3)))
    return found


def _bigrams(text: str) -> frozenset[str]:
    plain = bare(normalise(text))
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1)) or frozenset({plain})
