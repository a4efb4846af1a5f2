"""Why a turn ended as it did."""

from __future__ import annotations

from enum import Enum


class AnswerStatus(str, Enum):
    """The outcome of a turn, countable; labels and meanings stand in data/statuses.yml."""

    ANSWERED = "answered"
    AWAITING_APPROVAL = "awaiting_approval"
    CLARIFIED = "clarified"
    FLOW_ASKED = "flow_asked"
    SUBMITTED = "submitted"
    KEPT = "kept"
    CANCELLED = "cancelled"
    TRACKED = "tracked"
    SMALLTALK = "smalltalk"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"
    EMERGENCY = "emergency"
    COMPLAINT_TAKEN = "complaint_taken"
    NOT_UNDERSTOOD = "not_understood"
    HANDOFF_OFFERED = "handoff_offered"
    HANDED_OVER = "handed_over"
    HANDOFF_LEFT = "handoff_left"
    RATED = "rated"
    ERROR = "error"
