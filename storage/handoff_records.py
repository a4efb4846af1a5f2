"""What a handoff is: its states, the steps between them, and why it came about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class HandoffState(str, Enum):
    """Where a handoff stands; a conversation without an active handoff is the assistant's."""

    OFFERED = "offered"
    QUEUED = "queued"
    WITH_PERSON = "with_person"
    RETURNED = "returned"
    CLOSED = "closed"


ACTIVE = (HandoffState.OFFERED, HandoffState.QUEUED, HandoffState.WITH_PERSON)
NEXT_STATES = {
    HandoffState.OFFERED: {HandoffState.QUEUED, HandoffState.CLOSED},
    HandoffState.QUEUED: {HandoffState.WITH_PERSON, HandoffState.RETURNED, HandoffState.CLOSED},
    HandoffState.WITH_PERSON: {HandoffState.QUEUED, HandoffState.RETURNED, HandoffState.CLOSED},
    HandoffState.RETURNED: set(),
    HandoffState.CLOSED: set(),
}


class HandoffReason(str, Enum):
    """Why a person is offered or asked for."""

    ASKED_FOR = "asked_for"
    LOW_CONFIDENCE = "low_confidence"
    """not understood twice in a row"""
    FLOW_FAILED = "flow_failed"
    """three failures at one field of an application"""
    EMERGENCY = "emergency"
    """after the number to call was said"""
    COMPLAINT = "complaint"
    ANSWER_REFUSED = "answer_refused"
    """a member of staff refused the assistant's answer and answers instead"""


URGENCY = {HandoffReason.EMERGENCY.value: 2, HandoffReason.COMPLAINT.value: 1}
"""by reason; the rest are 0. Who is more urgent is taken first"""


def urgency_of(reason: str) -> int:
    """Return how urgent a reason is."""
    return URGENCY.get(reason, 0)


class MessageRole(str, Enum):
    CITIZEN = "citizen"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True)
class Handoff:
    id: str
    conversation_id: str
    state: HandoffState
    reason: str
    summary: str
    staff_id: str | None
    opened_at: datetime
    queued_at: datetime | None
    taken_at: datetime | None
    ended_at: datetime | None
    urgency: int = 0
    note: str = ""
    """what the person who gave it back left for the assistant and the citizen"""
    unanswered_by: str | None = None
    """the member of staff it was taken from because they did not answer; None once it is taken again"""


@dataclass(frozen=True)
class HandoffMessage:
    seq: int
    role: MessageRole
    text: str
    at: datetime
