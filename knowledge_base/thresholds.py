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
    """What share of wrong answers is accepted, and how much out of scope is expected among questions.

    Both shares are bounds on our own held-out sentences, half of them spoiled and many near misses: harder
    than what citizens ask, so that the shares met at a desk are smaller (docs/decisions/0003).
    """

    answered_wrong: float = 0.035
    out_of_scope_answered: float = 0.06
    out_of_scope_share: float = 0.2
    clarify_recall: float = 0.97


@dataclass(frozen=True)
class Thresholds:
    """`answer`: least confidence to answer; `clarify`: least probability of being in scope to offer choices."""

    answer: float = 0.75
    clarify: float = 0.5
    risk: Risk = field(default_factory=Risk)
    figures: dict[str, float] = field(default_factory=dict)

    def decide(self, confidence: float, in_scope: float) -> Decision:
        """Return what to do with these probabilities."""
        if confidence >= self.answer:
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


def choose_thresholds(judged: Sequence[Judged], risk: Risk = Risk()) -> Thresholds:
    """Choose the lowest answer threshold that keeps both risks on these questions, and say the figures.

    Wrong answers are counted as a share of the in-scope questions, answers to out-of-scope questions as a
    share of those.
    """
    inside = np.array([case.is_inside for case in judged])
    right = np.array([case.is_right for case in judged])
    confidence = np.array([case.confidence for case in judged])
    in_scope = np.array([case.in_scope for case in judged])
    answer = 1.0
    for candidate in np.linspace(0.3, 0.99, 139):
        said = confidence >= candidate
        wrong = (said & inside & ~right).sum() / max(inside.sum(), 1)
        strangers = (said & ~inside).sum() / max((~inside).sum(), 1)
        if wrong <= risk.answered_wrong and strangers <= risk.out_of_scope_answered:
            answer = float(candidate)
            break
    clarify = float(np.quantile(in_scope[inside], 1 - risk.clarify_recall)) if inside.any() else 0.5
    said = confidence >= answer
    offered = ~said & (in_scope >= clarify)
    figures = {
        "questions_in_scope": int(inside.sum()),
        "questions_out_of_scope": int((~inside).sum()),
        "answered_right": _share(said & right, inside),
        "answered_wrong": _share(said & inside & ~right, inside),
        "in_scope_offered_choices": _share(offered & inside, inside),
        "out_of_scope_answered": _share(said & ~inside, ~inside),
        "out_of_scope_offered_choices": _share(offered & ~inside, ~inside),
    }
    return Thresholds(round(answer, 4), round(min(clarify, answer), 4), risk, figures)


def _share(chosen: np.ndarray, among: np.ndarray) -> float:
    return round(float(chosen.sum() / max(among.sum(), 1)), 4)
