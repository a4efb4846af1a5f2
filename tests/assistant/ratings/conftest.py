"""What the tests of ratings share: the book over services of their own, and services that have ended."""

from __future__ import annotations

from typing import Any

import pytest
from argon2 import PasswordHasher

from assistant.citizen.wire import EventType
from assistant.ratings.asking import RatingAsker
from assistant.ratings.book import RatingBook
from storage.applications import ApplicationState
from storage.handoffs import HandoffReason, MessageRole
from storage.staff import Staff, StaffRole
from tests.assistant.citizen.gated import FixedAgent, gate_over


@pytest.fixture
def gate(services: Any) -> FixedAgent:
    return gate_over(services)


@pytest.fixture
def book(gate: FixedAgent) -> RatingBook:
    return gate.ratings.book


@pytest.fixture
def asker(services: Any, book: RatingBook, hub: Any) -> RatingAsker:
    return RatingAsker(services, book, hub)


@pytest.fixture
def clerk(services: Any) -> str:
    """A clerk's account id."""
    staff = Staff(services.database, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return staff.create("clerk", "correct horse", StaffRole.CLERK, "王小民").id


class Happenings:
    """What happens in conversations before a rating is asked for."""

    def __init__(self, services: Any, hub: Any, clerk: str) -> None:
        self.services, self.hub, self.clerk = services, hub, clerk

    def answered(self, conversation: str, status: str = "answered", item: str | None = "passport-reissue") -> None:
        """The assistant has replied."""
        named = {"item_id": item, "name": item} if item else None
        self.hub.publish(conversation, EventType.REPLY, {"text": "x", "status": status, "item": named})

    def with_clerk(self, conversation: str, said: str = "您好", reason: Any = HandoffReason.ASKED_FOR) -> str:
        """A clerk has taken the conversation and said something; return the handoff's id."""
        handoffs = self.services.handoffs
        handoff = handoffs.enqueue(handoffs.open(conversation, reason, "x").id)
        handoffs.take(handoff.id, self.clerk)
        if said:
            handoffs.post(handoff.id, MessageRole.STAFF, said)
        return handoff.id

    def issued(self, conversation: str, item: str = "no-criminal-record-certificate") -> None:
        """An application was issued and the citizen told."""
        applications = self.services.applications
        receipt = applications.submit(applications.create_draft(conversation, item).id).receipt_number
        applications.transition(receipt, ApplicationState.ACCEPTED)
        applications.transition(receipt, ApplicationState.ISSUED)
        applications.mark_told([notice.id for notice in applications.pending_notices(conversation)])

    def asked(self, conversation: str) -> list[dict[str, Any]]:
        """Return the questions of a conversation."""
        events = self.hub.since(conversation, 0)
        return [dict(event.payload) for event in events if event.type is EventType.RATING_ASKED]


@pytest.fixture
def happenings(services: Any, hub: Any, clerk: str) -> Happenings:
    return Happenings(services, hub, clerk)
