"""The words on the wire: what widget, kiosk, staff page, logs and tests all speak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from actions.reply import Reply
from storage.turn_counts import TurnOutcome, Way


class EventType(str, Enum):
    """The kinds of event in a conversation's stream."""

    MESSAGE = "message"
    REPLY = "reply"
    ANSWER_APPROVED = "answer-approved"
    ANSWER_WITHDRAWN = "answer-withdrawn"
    APPLICATION_ISSUED = "application-issued"
    HANDOFF_QUEUED = "handoff-queued"
    AGENT_JOINED = "agent-joined"
    AGENT_MESSAGE = "agent-message"
    AGENT_LEFT = "agent-left"
    AGENT_TYPING = "agent-typing"
    AGENT_READ = "agent-read"
    RATING_ASKED = "rating-asked"
    RATED = "rated"
    CONVERSATION_MOVED = "conversation-moved"
    TYPING = "typing"
    ERROR = "error"


@dataclass(frozen=True)
class Event:
    """One event of a conversation."""

    type: EventType
    payload: Mapping[str, Any]
    seq: int | None = None
    """its number within the conversation, from 1; None for what is not kept (typing, errors)"""
    at: str | None = None
    """ISO 8601 time, for kept events"""

    def as_json(self) -> dict[str, Any]:
        """Return the event as sent."""
        return {"type": self.type.value, "seq": self.seq, "at": self.at, "payload": dict(self.payload)}


def outcome_of(reply: Reply, way: Way) -> TurnOutcome:
    """Return what a turn came to, as it is counted."""
    return TurnOutcome(reply.status.value, reply.item or "", reply.facet or "", way)


def reply_payload(reply: Reply, latency_ms: float, asks: str | None = None) -> dict[str, Any]:
    """Return a reply as the pages read it; `asks` is the type of the field that it asks for."""
    return {
        **reply.as_json(),
        "item": {"item_id": reply.item, "name": reply.item_name} if reply.item else None,
        "choices": [{"label": choice.label} for choice in reply.choices],
        "rephrased": reply.plain_text is not None,
        "asks": asks,
        "latency_ms": latency_ms,
    }


def reply_record(reply: Reply, latency_ms: float) -> dict[str, Any]:
    """Return a reply as `wenban ask` and `wenban batch` write it (docs/interfaces.md)."""
    application = reply.application
    return {
        "status": reply.status.value,
        "item": reply.item,
        "facet": reply.facet,
        "confidence": reply.confidence,
        "candidates": [dict(found) for found in reply.candidates],
        "text": reply.text,
        "choices": [choice.label for choice in reply.choices],
        "citations": [
            {"item": cited.item, "field": cited.field, "source": cited.source, "checked": cited.checked}
            for cited in reply.citations
        ],
        "rephrased": reply.plain_text is not None,
        "application": application
        and {
            "receipt_number": application.receipt_number,
            "provisional_number": application.provisional_number,
            "state": application.state,
            "fields": {line["field"]: line["value"] for line in application.fields},
        },
        "latency_ms": latency_ms,
    }
