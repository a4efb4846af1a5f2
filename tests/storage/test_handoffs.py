from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from storage.errors import HandoffTaken, HandoffUnknown, TransitionRefused
from storage.handoffs import Handoffs, HandoffState, MessageRole
from storage.left_messages import LeftMessages
from storage.models import LeftMessageRow
from storage.staff import Staff, StaffRole


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


PASSWORD = "correct horse"


@pytest.fixture
def staff(database):
    """Staff with a fast hash: what is tested here are the sessions."""
    return Staff(database, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def signed_in(staff):
    staff.create("clerk", PASSWORD, StaffRole.CLERK)
    return staff.sign_in("clerk", PASSWORD)


@pytest.fixture
def taken(handoffs, offered, signed_in):
    """A conversation that a signed-in clerk has."""
    handoffs.enqueue(offered.id)
    return handoffs.take(offered.id, signed_in.account.id)


def sign_out(staff, signed_in, clock):
    staff.sign_out(signed_in.token)


def let_the_session_expire(staff, signed_in, clock):
    clock.pass_(hours=10)


def disable(staff, signed_in, clock):
    staff.set_enabled("clerk", False)


def test_given_a_signed_in_clerk_when_their_conversation_is_put_back_then_it_is_refused(handoffs, taken):
    assert handoffs.unattended() == ()
    with pytest.raises(HandoffTaken):
        handoffs.requeue(taken.id)
    assert handoffs.get(taken.id) == taken


@pytest.mark.parametrize("leave", [sign_out, let_the_session_expire, disable])
def test_given_a_clerk_who_left_when_their_conversation_is_put_back_then_it_waits_at_its_old_place(
    handoffs, taken, staff, signed_in, clock, leave
):
    clock.pass_(minutes=1)
    handoffs.enqueue(handoffs.open("two", "asked_for", "").id)
    leave(staff, signed_in, clock)

    assert [one.id for one in handoffs.unattended()] == [taken.id]
    back = handoffs.requeue(taken.id)

    assert (back.state, back.staff_id, back.queued_at) == (HandoffState.QUEUED, None, taken.queued_at)
    assert [one.conversation_id for one in handoffs.queue()] == ["one", "two"]
    assert handoffs.unattended() == ()


def test_given_a_conversation_that_nobody_has_when_it_is_put_back_then_it_is_refused(handoffs, offered):
    handoffs.enqueue(offered.id)
    with pytest.raises(TransitionRefused):
        handoffs.requeue(offered.id)
    with pytest.raises(HandoffUnknown):
        handoffs.requeue("none")


def test_given_a_message_dealt_with_when_it_is_marked_again_then_the_first_time_stays(database, clock):
    messages = LeftMessages(database)
    number = messages.leave("13900000001", "请回电")
    messages.mark_done(number)
    first = clock()
    clock.pass_(hours=1)

    assert messages.mark_done(number)

    with database.session() as session:
        assert session.get(LeftMessageRow, number).done_at == first
