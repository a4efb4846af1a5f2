from __future__ import annotations

import pytest

from storage.errors import HandoffTaken, HandoffUnknown, TransitionRefused
from storage.handoffs import Handoffs, HandoffState, MessageRole
from storage.left_messages import LeftMessages


@pytest.fixture
def handoffs(database):
    return Handoffs(database)


@pytest.fixture
def offered(handoffs):
    return handoffs.open("one", "low_confidence", "问了两次护照")


def test_a_conversation_goes_to_a_person_and_back(handoffs, offered, clock):
    assert offered.state is HandoffState.OFFERED
    assert handoffs.enqueue(offered.id).queued_at == clock()
    taken = handoffs.take(offered.id, "clerk")
    assert (taken.state, taken.staff_id) == (HandoffState.WITH_PERSON, "clerk")
    assert handoffs.active("one").id == offered.id
    clock.pass_(minutes=3)
    returned = handoffs.hand_back(offered.id)
    assert (returned.state, returned.ended_at) == (HandoffState.RETURNED, clock())
    assert handoffs.active("one") is None


def test_an_open_offer_is_not_made_twice(handoffs, offered):
    assert handoffs.open("one", "asked_for", "转人工").id == offered.id


def test_a_declined_offer_ends_and_another_can_follow(handoffs, offered):
    handoffs.close(offered.id)
    assert handoffs.open("one", "asked_for", "").id != offered.id


def test_the_queue_is_in_order_of_waiting(handoffs, clock):
    for name in ("one", "two", "three"):
        handoffs.enqueue(handoffs.open(name, "asked_for", "").id)
        clock.pass_(seconds=1)
    assert [handoff.conversation_id for handoff in handoffs.queue()] == ["one", "two", "three"]
    handoffs.take(handoffs.queue()[0].id, "clerk")
    assert [handoff.conversation_id for handoff in handoffs.queue()] == ["two", "three"]
    assert [handoff.conversation_id for handoff in handoffs.with_person("clerk")] == ["one"]
    assert handoffs.with_person("other") == ()


def test_a_conversation_is_one_clerks(handoffs, offered):
    handoffs.enqueue(offered.id)
    handoffs.take(offered.id, "clerk")
    assert handoffs.take(offered.id, "clerk").staff_id == "clerk"
    with pytest.raises(HandoffTaken):
        handoffs.take(offered.id, "other")
    # given up, it can be taken by another
    assert handoffs.enqueue(offered.id).staff_id is None
    assert handoffs.take(offered.id, "other").staff_id == "other"


def test_messages_are_numbered_and_survive_a_restart(open_database):
    handoffs = Handoffs(open_database())
    handoff = handoffs.open("one", "asked_for", "")
    handoffs.post(handoff.id, MessageRole.CITIZEN, "在吗")
    handoffs.post(handoff.id, MessageRole.STAFF, "您好")
    messages = Handoffs(open_database()).messages(handoff.id, since=1)
    assert [(message.seq, message.role, message.text) for message in messages] == [(2, MessageRole.STAFF, "您好")]


def test_steps_that_do_not_exist_are_refused(handoffs, offered):
    with pytest.raises(TransitionRefused):
        handoffs.take(offered.id, "clerk")
    handoffs.close(offered.id)
    for step in (handoffs.enqueue, handoffs.hand_back):
        with pytest.raises(TransitionRefused):
            step(offered.id)
    with pytest.raises(TransitionRefused):
        handoffs.post(offered.id, MessageRole.CITIZEN, "喂")
    with pytest.raises(HandoffUnknown):
        handoffs.get("none")


def test_messages_left_out_of_hours_wait_until_dealt_with(database, clock):
    messages = LeftMessages(database)
    number = messages.leave("13900000001", "请回电", "one")
    assert number.startswith("M20261123-000001")
    assert messages.leave("13900000001", "请回电", "one", "20261123-0000018") == "20261123-0000018"
    assert messages.leave("13900000001", "请回电", "one", "20261123-0000018") == "20261123-0000018"
    assert [(one.phone, one.text) for one in messages.waiting()] == [("13900000001", "请回电")] * 2
    assert messages.mark_done(number)
    assert not messages.mark_done("none")
    assert [one.number for one in messages.waiting()] == ["20261123-0000018"]
