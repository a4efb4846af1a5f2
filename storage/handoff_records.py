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
    CALLED = "called"
    """somebody called a clerk to the machine in a hall at which they stand"""


URGENCY = {HandoffReason.EMERGENCY.value: 2, HandoffReason.COMPLAINT.value: 1, HandoffReason.CALLED.value: 1}
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
    outcome: str | None = None
    """how it was closed, a key of data/handoff_outcomes.yml"""
    meant_for_staff: str | None = None
    """the colleague it was transferred to, until it is taken or opened to everybody; so the next two"""
    meant_for_department: str | None = None
    meant_at: datetime | None = None
    """when it was transferred"""
    read_by_staff: int = 0
    """the number of the last message that the person has seen; so the next for the citizen"""
    read_by_citizen: int = 0

    @property
    def is_meant(self) -> bool:
        """Whether it is kept for somebody."""
        return self.meant_at is not None

    def is_open_to(self, staff_id: str, department: str | None) -> bool:
        """Tell whether a member of staff may take it: it is kept for nobody, for them, or for their department."""
        if not self.is_meant or self.meant_for_staff == staff_id:
            return True
        return self.meant_for_department is not None and self.meant_for_department == department


@dataclass(frozen=True)
class HandoffMessage:
    seq: int
    role: MessageRole
    text: str
    at: datetime
