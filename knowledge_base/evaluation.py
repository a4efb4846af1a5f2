"""Measure search on questions kept apart: pure functions over questions and a searcher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from knowledge_base.search import SearchResult
from knowledge_base.text import bare, normalise
from knowledge_base.thresholds import Decision

_DEPTH = 5
_BINS = 10


@dataclass(frozen=True)
class Question:
    """One question for the desk: its text, the right item and facet, and the style it is written in."""

    text: str
    item: str
    facet: str = ""
    style: str = ""


@dataclass(frozen=True)
class Stranger:
    """One question no item answers, and its kind."""

    text: str
    kind: str = ""


class Searches(Protocol):
    """What is measured: anything that searches and decides."""

    def search(self, text: str, limit: int = 5) -> SearchResult:
        """Rank the items for a text."""
        ...

    def decide(self, result: SearchResult) -> Decision:
        """Return what would be done with the result."""
        ...


@dataclass(frozen=True)
class Outcome:
    """What the search did with one question; `rank` counts from 1, 0 is not among the candidates."""

    text: str
    expected: str
    facet: str
    group: str
    style: str
    result: SearchResult
    decision: Decision
    rank: int

    @property
    def is_right(self) -> bool:
        """Tell whether the first candidate is the right item."""
        return self.rank == 1

    @property
    def facet_is_right(self) -> bool:
        """Tell whether the facet is right."""
        return self.result.facet == self.facet


@dataclass(frozen=True)
class Row:
    """Figures of one group of questions."""

    group: str
    questions: int
    hit_at_1: float
    hit_at_3: float
    hit_at_5: float
    mrr: float
    facet: float
    answered_right: float
    answered_wrong: float


@dataclass(frozen=True)
class Report:
    """All figures of one evaluation; the shares are of the questions of their kind."""

    whole: Row
    groups: Mapping[str, tuple[Row, ...]]
    out_of_scope_questions: int
    out_of_scope_answered: float
    out_of_scope_offered: float
    out_of_scope_by_kind: Mapping[str, float]
    scope_auroc: float
    calibration_error: float
    risk_coverage: tuple[tuple[float, float], ...]
    failures: tuple[Outcome, ...]
    strangers_answered: tuple[Outcome, ...]


def evaluate(
    questions: Sequence[Question],
    strangers: Sequence[Stranger],
    searcher: Searches,
    theme_of: Callable[[str], str] = lambda item: "",
    progress: Callable[[str, float], None] = lambda stage, share: None,
) -> Report:
    """Search every question and report; `theme_of` names the theme of an item id."""
    total = max(len(questions) + len(strangers), 1)
    inside: list[Outcome] = []
    outside: list[Outcome] = []
    for question in questions:
        theme = theme_of(question.item)
        inside.append(_outcome(searcher, question.text, question.item, question.facet, theme, question.style))
        progress("questions", len(inside) / total)
    for stranger in strangers:
        outside.append(_outcome(searcher, stranger.text, "", "", stranger.kind, ""))
        progress("questions", (len(inside) + len(outside)) / total)
    groups = {
        "theme": _rows(inside, lambda outcome: outcome.group),
        "style": _rows(inside, lambda outcome: outcome.style),
        "facet": _rows(inside, lambda outcome: outcome.facet),
    }
    answered = [outcome for outcome in outside if outcome.decision is Decision.ANSWER]
    kinds = _grouped(outside, lambda outcome: outcome.group)
    return Report(
        whole=row("all", inside),
        groups=groups,
        out_of_scope_questions=len(outside),
        out_of_scope_answered=_share(len(answered), outside),
        out_of_scope_offered=_share(sum(o.decision is Decision.CLARIFY for o in outside), outside),
        out_of_scope_by_kind={
            kind: _share(sum(o.decision is Decision.ANSWER for o in chosen), chosen) for kind, chosen in kinds.items()
        },
        scope_auroc=auroc([o.result.in_scope for o in inside], [o.result.in_scope for o in outside]),
        calibration_error=calibration_error(
            [o.result.confidence for o in (*inside, *outside)],
            [o.is_right for o in inside] + [False] * len(outside),
        ),
        risk_coverage=risk_coverage([o.result.confidence for o in inside], [o.is_right for o in inside]),
        failures=tuple(o for o in inside if not o.is_right),
        strangers_answered=tuple(answered),
    )


def row(group: str, outcomes: Sequence[Outcome]) -> Row:
    """Return the figures of these outcomes."""

    def within(depth: int) -> float:
        return _share(sum(0 < outcome.rank <= depth for outcome in outcomes), outcomes)

    said = [outcome for outcome in outcomes if outcome.decision is Decision.ANSWER]
    right = sum(outcome.is_right for outcome in said)
    return Row(
        group=group,
        questions=len(outcomes),
        hit_at_1=within(1),
        hit_at_3=within(3),
        hit_at_5=within(5),
        mrr=round(float(np.mean([1 / o.rank if o.rank else 0.0 for o in outcomes] or [0.0])), 4),
        facet=_share(sum(outcome.facet_is_right for outcome in outcomes), outcomes),
        answered_right=_share(right, outcomes),
        answered_wrong=_share(len(said) - right, outcomes),
    )


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the probability that a positive scores above a negative, ties counted half; 0.5 without either."""
    if not positive or not negative:
        return 0.5
    below = np.sort(np.asarray(negative))
    wins = np.searchsorted(below, positive, side="left") + np.searchsorted(below, positive, side="right")
    return round(float(wins.sum()) / (2 * len(positive) * len(negative)), 4)


def calibration_error(probabilities: Sequence[float], truths: Sequence[bool], bins: int = _BINS) -> float:
    """Return the expected calibration error over equally wide bins."""
    chances, facts = np.asarray(probabilities, dtype=float), np.asarray(truths, dtype=float)
    if not len(chances):
        return 0.0
    places = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = [
        abs(chances[places == place].mean() - facts[places == place].mean()) * (places == place).mean()
        for place in range(bins)
        if (places == place).any()
    ]
    return round(float(sum(gaps)), 4)


def risk_coverage(probabilities: Sequence[float], truths: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """Return (share answered, share of these wrong) at each tenth of coverage, the surest questions first."""
    if not len(probabilities):
        return ()
    order = np.argsort(-np.asarray(probabilities), kind="stable")
    wrong = np.cumsum(~np.asarray(truths, dtype=bool)[order])
    points = []
    for tenth in range(1, 11):
        count = max(1, round(len(order) * tenth / 10))
        points.append((round(count / len(order), 3), round(float(wrong[count - 1]) / count, 4)))
    return tuple(points)


@dataclass(frozen=True)
class Leak:
    """A text kept for measuring that is nearly one trained on."""

    text: str
    trained: str
    likeness: float


def leaks(kept_apart: Iterable[str], trained: Iterable[str], likeness: float = 0.8) -> list[Leak]:
    """Find the kept texts that equal a trained one once normalised, or share that much of their bigrams (Jaccard)."""
    by_bigram: dict[str, list[int]] = defaultdict(list)
    texts = list(trained)
    sets = [_bigrams(text) for text in texts]
    for place, grams in enumerate(sets):
        for gram in grams:
            by_bigram[gram].append(place)
    found = []
    for text in kept_apart:
        own = _bigrams(text)
        shared: dict[int, int] = defaultdict(int)
        for gram in own:
            for place in by_bigram.get(gram, ()):
                shared[place] += 1
        best = max(shared, key=lambda place: shared[place] / len(own | sets[place]), default=None)
        if best is not None:
            value = shared[best] / len(own | sets[best])
            if value >= likeness:
                found.append(Leak(text, texts[best], round(value, 3)))
    return found


def load_questions(path: Path) -> list[Question]:
    """Load `{text, item, facet, style}` entries from YAML."""
    return [
        Question(str(entry["text"]), str(entry["item"]), str(entry.get("facet", "")), str(entry.get("style", "")))
        for entry in _entries(path)
    ]


def load_strangers(path: Path) -> list[Stranger]:
    """Load `{text, kind}` entries from YAML."""
    return [Stranger(str(entry["text"]), str(entry.get("kind", ""))) for entry in _entries(path)]


def _entries(path: Path) -> list[dict[str, Any]]:
    import yaml

    return yaml.safe_load(path.read_text(encoding="utf-8")) or []


def _outcome(searcher: Searches, text: str, item: str, facet: str, group: str, style: str) -> Outcome:
    result = searcher.search(text, limit=_DEPTH)
    ids = [candidate.item_id for candidate in result.candidates]
    rank = ids.index(item) + 1 if item in ids else 0
    return Outcome(text, item, facet, group, style, result, searcher.decide(result), rank)


def _grouped(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[key(outcome)].append(outcome)
    return dict(sorted(groups.items()))


def _rows(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> tuple[Row, ...]:
    return tuple(row(group, chosen) for group, chosen in _grouped(outcomes, key).items())


def _bigrams(text: str) -> frozenset[str]:
    plain = bare(normalise(text))
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1)) or frozenset({plain})


def _share(count: int, among: Sequence[object]) -> float:
    return round(count / len(among), 4) if among else 0.0
