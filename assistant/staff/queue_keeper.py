"""What keeps the queue by itself: unanswered citizens go back, stale offers end, who waits hears of a new place."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.services import Services
from actions.texts import Texts
from assistant.citizen.hub import ConversationHub
from assistant.citizen.queue_places import QueuePlaces
from assistant.citizen.wire import EventType
from storage.audit import AuditTrail
from storage.handoffs import Handoff, MessageRole

ACTOR = "assistant"
"""who acts, in the audit trail"""
OFFERS_STAND_FOR = timedelta(minutes=30)


class QueueKeeper:
    """One step does all that is due; whoever runs it says what time it is."""

    def __init__(
        self, services: Services, hub: ConversationHub, places: QueuePlaces, audit: AuditTrail, texts: Texts
    ) -> None:
        """Keep what a step works with; `texts` are those of data/texts/staff.yml."""
        self._database = services.database
        self._handoffs = services.handoffs
        self._room = services.waiting_room
        self._hub = hub
        self._places = places
        self._audit = audit
        self._texts = texts

    def step(self, now: datetime) -> None:
        """Put back who waits too long for an answer, end offers nobody took up, and tell places that have moved."""
        since = now - timedelta(minutes=self._room.practice.no_answer_minutes)
        for handoff_id in self._room.measures.unanswered(since):
            handoff = self._put_back(handoff_id, since)
            if handoff is not None:
                self._tell(handoff)
        self._handoffs.close_offers(now - OFFERS_STAND_FOR)
        self._places.tell_moved()

    def _put_back(self, handoff_id: str, since: datetime) -> Handoff | None:
        """Put a conversation back, and note it in its record for whoever comes next."""
        minutes = f"{self._room.practice.no_answer_minutes:g}"
        with self._database.together():
            handoff = self._handoffs.put_back_unanswered(handoff_id, since)
            if handoff is not None:
                self._handoffs.post(handoff.id, MessageRole.SYSTEM, self._texts("no_answer_noted", minutes=minutes))
                self._audit.append(ACTOR, "no-answer", handoff.conversation_id, {"staff": handoff.unanswered_by})
        return handoff

    def _tell(self, handoff: Handoff) -> None:
        left = {"outcome": "no_answer", "text": self._texts("no_answer")}
        self._hub.publish(handoff.conversation_id, EventType.AGENT_LEFT, left)
        self._places.tell(handoff.conversation_id)
