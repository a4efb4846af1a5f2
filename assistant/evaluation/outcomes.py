"""What came back: the assistant's reply to a question, and the bare search's result."""

from __future__ import annotations

from dataclasses import dataclass

from actions.reply import Reply
from actions.status import AnswerStatus
from assistant.evaluation.entries import Question
from knowledge_base.thresholds import Decision

ANSWERS = frozenset({AnswerStatus.ANSWERED, AnswerStatus.FLOW_ASKED, AnswerStatus.SUBMITTED, AnswerStatus.KEPT})
"""statuses by which the assistant has committed itself to an item"""


def is_committed(reply: Reply) -> bool:
    """Tell whether an item was answered."""
    return reply.item is not None and reply.status in ANSWERS


@dataclass(frozen=True)
class Answered:
    """A question put to the assistant in a fresh conversation."""

    question: Question
    reply: Reply
    latency_ms: float

    @property
    def candidates(self) -> tuple[str, ...]:
        """Return the ranked items."""
        return tuple(found["item"] for found in self.reply.candidates)

    @property
    def rank(self) -> int:
        """Return the place of the right item, from 1; 0 is not among the candidates."""
        return rank_of(self.question.item, self.candidates)

    @property
    def is_committed(self) -> bool:
        """Tell whether an item was answered."""
        return is_committed(self.reply)

    @property
    def is_right(self) -> bool:
        """Tell whether the right item was answered."""
        return self.is_committed and self.reply.item == self.question.item

    @property
    def is_wrong(self) -> bool:
        """Tell whether another item was answered."""
        return self.is_committed and self.reply.item != self.question.item

    @property
    def facet_is_right(self) -> bool:
        """Tell whether the reply is about the facet asked."""
        return self.reply.facet == self.question.facet


@dataclass(frozen=True)
class Searched:
    """A text put to the search alone; `expected` is the right item, None where there is none."""

    text: str
    expected: str | None
    kind: str
    """of an out-of-scope sentence"""
    candidates: tuple[str, ...]
    confidence: float
    in_scope: float
    decision: Decision
    encoding_ms: float
    search_ms: float

    @property
    def rank(self) -> int:
        """Return the place of the right item, from 1; 0 is not among the candidates."""
        return rank_of(self.expected, self.candidates)

    @property
    def is_answered(self) -> bool:
        """Tell whether the thresholds in force let the first candidate be answered."""
        return self.decision is Decision.ANSWER


def rank_of(item: str | None, candidates: tuple[str, ...]) -> int:
    """Return the place of an item, from 1; 0 where it is missing."""
    return candidates.index(item) + 1 if item in candidates else 0
