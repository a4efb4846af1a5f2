"""When a rating is asked for: once, after a service has ended, and never where it would be out of place."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime
from typing import Any

from actions.reply import Reply
from actions.services import Services
from actions.status import AnswerStatus
from assistant.citizen.hub import ConversationHub
from assistant.citizen.notices import FOREIGN
from assistant.citizen.wire import Event, EventType
from assistant.ratings.book import RatingBook
from storage.ended_services import EndedServices
from storage.handoffs import HandoffState
from storage.ratings import RatedKind, Rating, Subject

logger = logging.getLogger(__name__)

GOODBYE = "goodbye"
"""the topic of small talk that ends a conversation; thanks do not: people thank in the middle"""
SERVED = frozenset(
    one.value
    for one in (
        AnswerStatus.ANSWERED,
        AnswerStatus.SUBMITTED,
        AnswerStatus.KEPT,
        AnswerStatus.TRACKED,
        AnswerStatus.COMPLAINT_TAKEN,
    )
)
"""statuses of replies that were a service"""
ASK_EVERY_SECONDS = 2.0


class RatingAsker:
    """Publish the questions as events. A conversation of another channel has no events and is not asked.

    Nothing is asked while a person is waited for or has the conversation, nor in one that had an emergency. What ended
    meanwhile is asked about later, or no more once it is too long ago.
    """

    def __init__(self, services: Services, book: RatingBook, hub: ConversationHub) -> None:
        """Keep what tells of ended services, and where questions go."""
        self._services = services
        self._book = book
        self._hub = hub
        self._ended = EndedServices(services.database)

    def step(self, now: datetime) -> None:
        """Ask about what has ended: conversations with a person, applications."""
        policy = self._book.policy
        for subject in self._ended.unasked(now - policy.ended_within, policy.without_items):
            if self._may_ask(subject.conversation_id, now):
                self._ask(subject)

    def after_turn(self, conversation_id: str, heard: str, reply: Reply) -> list[Event]:
        """Return the events that a turn leads to here: a rating that was said, or the question after a goodbye."""
        if reply.status is AnswerStatus.RATED:
            rating = self._book.ratings.last_given(conversation_id)
            return [self.tell(rating)] if rating is not None else []
        if reply.status is AnswerStatus.SMALLTALK and self._services.small_talk.is_about(GOODBYE, heard):
            return self.conversation_left(conversation_id)
        return []

    def conversation_left(self, conversation_id: str) -> list[Event]:
        """Ask about a conversation that the citizen ends, where something was served in it; return the event.

        One that was asked about a person or an application within the day is not asked about itself, nor one that
        leaves an application half filled in.
        """
        now = self._services.clock()
        if self._book.ratings.asked_since(conversation_id, now - self._book.policy.quiet_after_asking):
            return []
        served = self._last_served(conversation_id)
        if served is None or not self._may_ask(conversation_id, now):
            return []
        if self._services.applications.draft_position(conversation_id) is not None:
            return []
        item = (served.get("item") or {}).get("item_id")
        return self._ask(Subject(RatedKind.CONVERSATION, conversation_id, conversation_id, item))

    def ask_again(self, conversation_id: str, follow_up_id: str, item_id: str | None) -> list[Event]:
        """Ask for the second rating, of what a follow-up came to."""
        if not self._may_ask(conversation_id, self._services.clock()):
            return []
        return self._ask(Subject(RatedKind.FOLLOW_UP, follow_up_id, conversation_id, item_id))

    def tell(self, rating: Rating) -> Event:
        """Publish that a rating was given."""
        return self._hub.publish(rating.subject.conversation_id, EventType.RATED, self._book.rated_payload(rating))

    def _ask(self, subject: Subject) -> list[Event]:
        if subject.kind is RatedKind.HANDOFF:
            served = self._last_served(subject.conversation_id) or {}
            subject = replace(subject, item_id=(served.get("item") or {}).get("item_id"))
        payload = self._book.ask(subject)
        return [] if payload is None else [self._hub.publish(subject.conversation_id, EventType.RATING_ASKED, payload)]

    def _may_ask(self, conversation_id: str, now: datetime) -> bool:
        if FOREIGN in conversation_id:
            return False
        handoff = self._services.handoffs.active(conversation_id)
        if handoff is not None and handoff.state is not HandoffState.OFFERED:
            return False
        return not self._ended.had_emergency(conversation_id, now - self._book.policy.quiet_after_emergency)

    def _last_served(self, conversation_id: str) -> Any:
        """Return the payload of the last reply that was a service, or None."""
        events = self._hub.since(conversation_id, 0)
        replies = (event.payload for event in reversed(events) if event.type is EventType.REPLY)
        return next((payload for payload in replies if payload.get("status") in SERVED), None)


async def keep_asking(asker: RatingAsker, services: Services) -> None:
    """Ask about what has ended, for as long as the server runs."""
    while True:
        try:
            asker.step(services.clock())
        except Exception as error:  # the storage's trouble must not end the server
            logger.error("Ratings could not be asked for: %s", type(error).__name__)
        await asyncio.sleep(ASK_EVERY_SECONDS)
