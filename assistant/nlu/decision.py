"""What a turn comes to, with what the action needs to carry it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from assistant.nlu.reading import Quoted


class Outcome(str, Enum):
    """What a turn comes to; the values are the intents that data/rules/ reads."""

    ANSWER = "turn_answer"
    COMPARE = "turn_compare"
    CLARIFY = "turn_clarify"
    PASSAGE = "turn_passage"
    CHECKLIST = "turn_checklist"
    APPLICATION = "turn_application"
    REPLY = "turn_reply"
    TRACK = "turn_track"
    MESSAGE = "turn_message"
    PERSON = "turn_person"
    CHAT = "turn_chat"
    DECLINE = "turn_decline"
    REFUSE = "turn_refuse"
    NOT_UNDERSTOOD = "turn_not_understood"


@dataclass(frozen=True)
class Wish:
    """One thing that is asked of one item."""

    item: str
    facet: str
    text: str = ""
    """the clause that says it; empty where the whole message does"""
    candidates: tuple[str, ...] = ()
    """the items among which it must be asked which is meant; none where that is clear"""


@dataclass(frozen=True)
class Decision:
    """An outcome with what the action needs to carry it out."""

    outcome: Outcome
    intent: str
    """the classifier's intent"""
    item: str | None = None
    facet: str = "general"
    facts: Mapping[str, Any] = field(default_factory=dict)
    """case facts that a choice has settled; None for one that the citizen does not know"""
    passage: Quoted | None = None
    also: tuple[Wish, ...] = ()
    """further wishes of the same message, or the items compared with the first"""

    def as_json(self) -> dict[str, Any]:
        """Return the decision as plain values for the tracker."""
        return {
            **vars(self),
            "outcome": self.outcome.value,
            "passage": {**vars(self.passage)} if self.passage else None,
            "also": [{**vars(wish)} for wish in self.also],
        }
