from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from storage.desk_measures import DeskMeasures, DeskState
from storage.errors import HandoffTaken, HandoffUnknown, TransitionRefused
from storage.handoffs import Handoffs, HandoffState, MessageRole
from storage.left_messages import LeftMessages
from storage.models import LeftMessageRow
from storage.staff import DESK_ROLES, Staff, StaffRole


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


def queued(handoffs, name, reason="asked_for"):
    return handoffs.enqueue(handoffs.open(name, reason, "").id)


def test_given_urgent_reasons_when_queued_then_they_come_first_and_within_one_the_first_in(handoffs, clock):
    for name, reason in (
        ("one", "asked_for"),
        ("two", "complaint"),
        ("three", "emergency"),
        ("four", "complaint"),
        ("five", "low_confidence"),
        ("six", "emergency"),
    ):
        queued(handoffs, name, reason)
        clock.pass_(seconds=1)

    assert [one.conversation_id for one in handoffs.queue()] == ["three", "six", "two", "four", "one", "five"]


def test_given_one_who_waits_when_an_emergency_is_told_then_they_move_up_and_never_down(handoffs, clock):
    first = queued(handoffs, "one")
    clock.pass_(seconds=1)
    queued(handoffs, "two")

    raised = handoffs.open("two", "emergency", "")
    assert (raised.state, raised.reason, raised.urgency) == (HandoffState.QUEUED, "emergency", 2)
    assert handoffs.open("two", "asked_for", "").reason == "emergency"
    assert [one.conversation_id for one in handoffs.queue()] == ["two", first.conversation_id]


def test_given_an_accepted_offer_when_queued_then_its_reason_stays_and_its_summary_is_of_now(handoffs, offered):
    accepted = handoffs.enqueue(handoffs.open("one", "asked_for", "").id, "现在说的")

    assert (accepted.id, accepted.reason, accepted.summary) == (offered.id, "low_confidence", "现在说的")


def test_given_one_who_waits_when_they_leave_then_the_assistant_has_the_conversation_or_a_message_is_taken(handoffs):
    back, message = queued(handoffs, "one"), queued(handoffs, "two")

    assert handoffs.leave(back.id) and handoffs.leave(message.id, leaves_message=True)

    assert handoffs.get(back.id).state is HandoffState.RETURNED
    assert handoffs.get(message.id).state is HandoffState.CLOSED
    assert handoffs.queue() == () and handoffs.active("one") is None
    assert not handoffs.leave(back.id)


def test_given_a_person_has_it_when_the_citizen_leaves_the_queue_then_it_stays_with_the_person(handoffs, offered):
    handoffs.enqueue(offered.id)
    handoffs.take(offered.id, "clerk")

    assert not handoffs.leave(offered.id)
    assert handoffs.get(offered.id).state is HandoffState.WITH_PERSON


def test_given_offers_when_they_are_declined_or_grow_old_then_they_end_and_others_do_not(handoffs, clock):
    declined, old = handoffs.open("one", "low_confidence", ""), handoffs.open("two", "complaint", "")
    waiting = queued(handoffs, "three")
    assert handoffs.decline(declined.id) and not handoffs.decline(waiting.id)
    clock.pass_(minutes=31)
    new = handoffs.open("four", "emergency", "")

    assert handoffs.close_offers(clock.moment - timedelta(minutes=30)) == 1

    assert handoffs.get(old.id).state is HandoffState.CLOSED
    assert handoffs.get(new.id).state is HandoffState.OFFERED
    assert handoffs.get(waiting.id).state is HandoffState.QUEUED


def test_given_a_note_when_handed_back_then_it_is_kept(handoffs, offered):
    handoffs.enqueue(offered.id)
    handoffs.take(offered.id, "clerk")
    assert handoffs.is_with_person("one")

    handoffs.hand_back(offered.id, "已告知需带户口簿")

    assert handoffs.last_with_person("one").note == "已告知需带户口簿"
    assert not handoffs.is_with_person("one")


def test_given_a_handoff_that_nobody_took_when_asked_for_the_last_person_then_there_was_none(handoffs, offered):
    handoffs.close(offered.id)

    assert handoffs.last_with_person("one") is None


@pytest.fixture
def measures(database):
    return DeskMeasures(database)


def test_given_a_person_who_never_writes_when_time_has_passed_then_the_citizen_goes_back_to_their_old_place(
    handoffs, measures, offered, clock
):
    place = handoffs.enqueue(offered.id).queued_at
    clock.pass_(seconds=10)
    queued(handoffs, "two")
    handoffs.take(offered.id, "clerk")
    clock.pass_(minutes=4)
    assert measures.unanswered(clock.moment - timedelta(minutes=5)) == ()
    clock.pass_(minutes=1)
    since = clock.moment - timedelta(minutes=5)

    assert measures.unanswered(since) == (offered.id,)
    back = handoffs.put_back_unanswered(offered.id, since)

    assert (back.state, back.staff_id, back.unanswered_by) == (HandoffState.QUEUED, None, "clerk")
    assert back.queued_at == place
    assert [one.conversation_id for one in handoffs.queue()] == ["one", "two"]
    assert handoffs.put_back_unanswered(offered.id, since) is None
    assert handoffs.take(offered.id, "other").unanswered_by is None


def test_given_a_person_who_has_answered_when_the_citizen_says_nothing_then_nothing_is_due(
    handoffs, measures, offered, clock
):
    handoffs.enqueue(offered.id)
    handoffs.post(offered.id, MessageRole.CITIZEN, "在吗")
    handoffs.take(offered.id, "clerk")
    clock.pass_(minutes=1)
    handoffs.post(offered.id, MessageRole.STAFF, "您好")
    clock.pass_(hours=1)
    assert measures.unanswered(clock.moment - timedelta(minutes=5)) == ()

    # the first of several unanswered messages counts
    handoffs.post(offered.id, MessageRole.CITIZEN, "要带什么")
    clock.pass_(minutes=3)
    handoffs.post(offered.id, MessageRole.CITIZEN, "？")
    clock.pass_(minutes=2)
    assert measures.unanswered(clock.moment - timedelta(minutes=5)) == (offered.id,)
    # answered at the last moment
    handoffs.post(offered.id, MessageRole.STAFF, "身份证")
    assert handoffs.put_back_unanswered(offered.id, clock.moment - timedelta(minutes=5)) is None


def test_given_a_desk_when_measured_then_who_is_there_what_runs_and_what_lasted_is_told(
    handoffs, measures, staff, signed_in, clock
):
    staff.create("editor", PASSWORD, StaffRole.EDITOR)
    staff.sign_in("editor", PASSWORD)
    staff.sign_in("clerk", PASSWORD)  # a second page of the same clerk
    done, running, left = queued(handoffs, "one"), queued(handoffs, "two"), queued(handoffs, "three")
    handoffs.take(done.id, signed_in.account.id)
    clock.pass_(minutes=4)
    handoffs.close(done.id)
    handoffs.take(running.id, signed_in.account.id)
    handoffs.take(left.id, "gone")
    clock.pass_(seconds=30)

    assert measures.state(DESK_ROLES) == DeskState(present=1, running_for=(30.0,), lasted=(240.0,))


def test_given_a_citizen_put_back_who_leaves_the_queue_when_measured_then_that_was_no_conversation(
    handoffs, measures, offered, clock
):
    handoffs.enqueue(offered.id)
    handoffs.take(offered.id, "clerk")
    clock.pass_(minutes=5)
    handoffs.put_back_unanswered(offered.id, clock.moment)
    clock.pass_(minutes=40)
    handoffs.leave(offered.id)
    clock.pass_(seconds=1)

    assert measures.state(DESK_ROLES).lasted == ()


def test_given_30_citizens_and_3_clerks_at_once_when_they_take_and_end_then_nobody_is_lost_or_has_two_clerks(
    open_database,
):
    handoffs = [Handoffs(open_database()) for _ in range(3)]
    urgency = {name: number % 3 for number, name in enumerate(f"citizen-{number:02d}" for number in range(30))}
    reasons = {0: "asked_for", 1: "complaint", 2: "emergency"}
    for name, urgent in urgency.items():
        queued(handoffs[0], name, reasons[urgent])
    taken: list[tuple[str, str]] = []

    def work(clerk: int) -> None:
        own = handoffs[clerk]
        while waiting := own.queue():
            try:
                handoff = own.take(waiting[0].id, f"clerk-{clerk}")
            except (HandoffTaken, TransitionRefused):
                continue  # another was quicker
            taken.append((handoff.conversation_id, handoff.staff_id))
            own.post(handoff.id, MessageRole.STAFF, "您好")
            own.close(handoff.id)

    clerks = [threading.Thread(target=work, args=(clerk,)) for clerk in range(3)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()

    names = [name for name, _ in taken]
    assert sorted(names) == sorted(urgency) and len(set(names)) == 30
    assert handoffs[0].queue() == handoffs[0].with_person() == ()
    # the most urgent first: two clerks may note what they took in the other order, at each boundary
    ranks = [urgency[name] for name in names]
    assert sum(abs(rank - right) for rank, right in zip(ranks, sorted(ranks, reverse=True), strict=True)) <= 8
