"""Outcomes made by hand, for measures whose values are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from actions.reply import Reply
from actions.status import AnswerStatus
from assistant.evaluation.entries import Question
from assistant.evaluation.outcomes import Answered, Searched
from knowledge_base.thresholds import Decision


@pytest.fixture
def answered() -> Callable[..., Answered]:
    """Make the outcome of a question about an item's fee; it is answered with `got` unless that is None."""

    def make(text: str, item: str, got: str | None, ranked: tuple[str, ...] = (), facet: str = "fee", **asked: Any):
        status = AnswerStatus.ANSWERED if got else AnswerStatus.CLARIFIED
        candidates = tuple({"item": one, "score": 0.5} for one in ranked or (got,))
        reply = Reply(status, "", item=got, facet=facet, confidence=0.8, candidates=candidates)
        return Answered(Question(text, item, "fee", **asked), reply, latency_ms=10.0)

    return make


@pytest.fixture
def searched() -> Callable[..., Searched]:
    """Make the search's outcome of a text that item `a` or nothing answers."""

    def make(confidence: float, ranked: str = "a", expected: str | None = "a", kind: str = "", text: str = "x"):
        decision = Decision.ANSWER if confidence >= 0.5 else Decision.CLARIFY
        return Searched(text, expected, kind, tuple(ranked), confidence, confidence, decision, 1.0, 2.0)

    return make
