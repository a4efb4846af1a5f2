"""The queue keeps itself: who waits too long for an answer goes back, and both are told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.texts import Texts
from assistant.citizen.queue_places import QueuePlaces
from assistant.staff.queue_keeper import QueueKeeper
from storage.audit import AuditTrail
from storage.errors import AuditUnwritten
from storage.handoffs import HandoffState, MessageRole
from tests.assistant.staff.unwritable import unwritable


@pytest.fixture
def keeper(services, hub, data):
    texts = Texts.load(data / "texts" / "staff.yml")
    return QueueKeeper(services, hub, QueuePlaces(services, hub), AuditTrail(services.database), texts)


def taken(services, name: str = "one", clerk: str = "clerk") -> str:
    handoff = services.handoffs.enqueue(services.handoffs.open(name, "asked_for", "").id)
    return services.handoffs.take(handoff.id, clerk).id


def test_given_a_clerk_who_does_not_answer_when_the_time_is_over_then_both_are_told_and_the_place_is_kept(
    services, hub, keeper, now
):
    handoff_id = taken(services)
    keeper.step(now() + timedelta(minutes=4))
    assert hub.since("one", 0) == []

    now.advance(minutes=5)
    keeper.step(now())
    keeper.step(now())

    handoff = services.handoffs.get(handoff_id)
    assert (handoff.state, handoff.unanswered_by) == (HandoffState.QUEUED, "clerk")
    left, queued = hub.since("one", 0)
    assert (left.type.value, left.payload["outcome"]) == ("agent-left", "no_answer")
    assert (queued.type.value, queued.payload["position"]) == ("handoff-queued", 0)
    (noted,) = services.handoffs.messages(handoff_id)
    assert noted.role is MessageRole.SYSTEM and "5 分钟没有回复" in noted.text


def test_given_a_clerk_who_answers_when_the_time_is_over_then_nothing_happens(services, hub, keeper, now):
    handoff_id = taken(services)
    now.advance(minutes=4)
    services.handoffs.post(handoff_id, MessageRole.STAFF, "您好")
    now.advance(minutes=4)

    keeper.step(now())

    assert services.handoffs.get(handoff_id).state is HandoffState.WITH_PERSON
    assert hub.since("one", 0) == []


def test_given_an_offer_that_nobody_took_up_when_half_an_hour_has_passed_then_it_ends(services, keeper, now):
    offer = services.handoffs.open("one", "emergency", "")
    keeper.step(now() + timedelta(minutes=29))
    assert services.handoffs.get(offer.id).state is HandoffState.OFFERED

    keeper.step(now() + timedelta(minutes=31))

    assert services.handoffs.get(offer.id).state is HandoffState.CLOSED


def test_given_a_trail_that_takes_no_entry_when_the_time_is_over_then_the_conversation_stays_and_nobody_is_told(
    services, hub, keeper, now
):
    handoff_id = taken(services)
    now.advance(minutes=6)

    with unwritable(services.database), pytest.raises(AuditUnwritten):
        keeper.step(now())

    assert services.handoffs.get(handoff_id).state is HandoffState.WITH_PERSON
    assert (services.handoffs.messages(handoff_id), hub.since("one", 0)) == ((), [])
    keeper.step(now())
    assert services.handoffs.get(handoff_id).state is HandoffState.QUEUED
