"""When to answer, when to offer choices and when to say we are not sure: chosen for a stated risk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any

import numpy as np


class Decision(str, Enum):
    """What to do with a search result."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Risk:
    """What share of the answers may be wrong, and of which questions.

    The bound holds on our own held-out sentences, weighed to the mixture below; they are harder than what citizens ask,
    so that the share met at a desk is smaller (docs/decisions/0003).
    """

    answers_wrong: float = 0.05
    """share (0 to 1) of the answers given that may be wrong, answers to what is not for the desk counted in"""
    out_of_scope_answered: float = 0.06
    """share of what is not for the desk that may be answered all the same"""
    out_of_scope_share: float = 0.2
    """how much of what is asked is not for the desk"""
    spoiled_share: float = 0.25
    """how much of it holds slips, homophones, fillers or a story"""
    clear_recall: float = 0.97
    """share of the questions about one item that are taken for that; the others are asked back about"""
    clarify_recall: float = 0.97
    """share of the questions for the desk that are at least offered choices"""


CALIBRATED = Risk(answers_wrong=0.02, out_of_scope_answered=0.03, clarify_recall=0.985)
"""the risk taken on questions like those that citizens ask, where an index is calibrated on them"""


@dataclass(frozen=True)
class Thresholds:
    """Probabilities (0 to 1) by which a search result is answered, put to choice or left alone."""

    answer: float = 0.75
    """least confidence to answer"""
    clarify: float = 0.5
    """least probability of being in scope to offer choices"""
    clear: float = 0.8
    """least probability that one item is meant; below it choices are offered, however likely the first one is"""
    risk: Risk = field(default_factory=Risk)
    figures: dict[str, float] = field(default_factory=dict)

    def decide(self, confidence: float, in_scope: float, clear: float = 1.0) -> Decision:
        """Return what to do with these probabilities; `clear` is that of one item being meant."""
        if confidence >= self.answer and clear >= self.clear:
            return Decision.ANSWER
        return Decision.CLARIFY if in_scope >= self.clarify else Decision.UNSURE

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Thresholds:
        """Read what `as_dict` gave."""
        return cls(**{**values, "risk": Risk(**values["risk"])})


@dataclass(frozen=True)
class Judged:
    """One held-out question: its two probabilities, and the truth."""

    confidence: float
    in_scope: float
    is_inside: bool
    is_right: bool
    weight: float = 1.0
    clear: float = 1.0


def choose_thresholds(
    judged: Sequence[Judged], risk: Risk = Risk(), least: float = 0.3, clear: float | None = None
) -> Thresholds:
    """Choose the lowest answer threshold that keeps the risk on these questions, and say the figures.

    Answers to questions that are not for the desk count as wrong. Shares are of the weighted questions. `least` is the
    lowest threshold that may be chosen, and `clear` stands as it is told, where the questions are easier than those of
    citizens.
    """
    inside = np.array([case.is_inside for case in judged])
    right = np.array([case.is_right for case in judged])
    confidence = np.array([case.confidence for case in judged])
    in_scope = np.array([case.in_scope for case in judged])
    clearness = np.array([case.clear for case in judged])
    weights = np.array([case.weight for case in judged], dtype=float)
    if clear is None:
        clear = _weighted_quantile(clearness[inside], weights[inside], 1 - risk.clear_recall) if inside.any() else 0.5
        clear = round(min(clear, Thresholds.clear), 4)
    is_clear = clearness >= clear

    def share(chosen: np.ndarray, among: np.ndarray) -> float:
        whole = weights[among].sum()
        return round(float(weights[chosen & among].sum() / whole), 4) if whole else 0.0

    def keeps_the_risk(candidate: float) -> bool:
        said = is_clear & (confidence >= candidate)
        return share(~right, said) <= risk.answers_wrong and share(said, ~inside) <= risk.out_of_scope_answered

    answer = next((float(candidate) for candidate in np.linspace(least, 0.99, 139) if keeps_the_risk(candidate)), 1.0)
    clarify = _weighted_quantile(in_scope[inside], weights[inside], 1 - risk.clarify_recall) if inside.any() else 0.5
    said = is_clear & (confidence >= answer)
    offered = ~said & (in_scope >= clarify)
    figures = {
        "questions_in_scope": int(inside.sum()),
        "questions_out_of_scope": int((~inside).sum()),
        "answers_wrong": share(~right, said),
        "answered_right": share(said & right, inside),
        "answered_wrong": share(said & ~right, inside),
        "in_scope_offered_choices": share(offered, inside),
        "out_of_scope_answered": share(said, ~inside),
        "out_of_scope_offered_choices": share(offered, ~inside),
    }
    return Thresholds(round(answer, 4), round(min(clarify, answer), 4), clear, risk, figures)


def _weighted_quantile(values: np.ndarray, weights: np.ndarray, at: float) -> float:
    """Return the value below which the share `at` of the weight lies."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][int(np.searchsorted(reached, at))])
