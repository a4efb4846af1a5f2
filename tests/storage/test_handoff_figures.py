from __future__ import annotations

from datetime import timedelta

import pytest

from storage.audit import AuditTrail
from storage.handoff_figures import HandoffFigures, HandoffOutcome
from storage.handoffs import HandoffReason, Handoffs


@pytest.fixture
def queued(database):
    """Queue a conversation for a person; return the handoff's id."""
    handoffs = Handoffs(database)

    def queue(conversation: str, reason: HandoffReason = HandoffReason.ASKED_FOR) -> str:
        handoff = handoffs.open(conversation, reason, "…")
        return handoffs.enqueue(handoff.id).id

    return queue


def test_given_handoffs_when_read_then_waiting_and_handling_are_told_in_seconds(database, clock, queued):
    handoffs, began = Handoffs(database), clock.moment
    settled, back = queued("one"), queued("two", HandoffReason.COMPLAINT)
    clock.pass_(seconds=90)
    handoffs.take(settled, "anna")
    clock.pass_(seconds=30)
    handoffs.take(back, "anna")
    clock.pass_(minutes=5)
    handoffs.close(settled)
    handoffs.hand_back(back)

    first, second = HandoffFigures(database).queued(began, clock.moment)

    assert (first.reason, first.outcome) == ("asked_for", HandoffOutcome.SETTLED)
    assert (first.waited_seconds, first.handled_seconds) == (90, 330)
    assert (second.reason, second.outcome) == ("complaint", HandoffOutcome.HANDED_BACK)
    assert (second.waited_seconds, second.handled_seconds) == (120, 300)


def test_given_citizens_who_left_the_queue_when_read_then_it_is_told_where_to(database, clock, queued):
    handoffs, began = Handoffs(database), clock.moment
    handoffs.leave(queued("one"))
    handoffs.leave(queued("two"), leaves_message=True)
    queued("three")
    handoffs.take(queued("four"), "anna")
    clock.pass_(seconds=1)

    found = HandoffFigures(database).queued(began, clock.moment)

    assert sorted(one.outcome.value for one in found) == ["left", "left_message", "waiting", "with_person"]
    assert sum(one.waited_seconds is None for one in found) == 3


def test_given_a_person_who_did_not_answer_when_the_citizen_leaves_then_nobody_had_the_conversation(
    database, clock, queued
):
    handoffs, began = Handoffs(database), clock.moment
    handoff_id = queued("one")
    handoffs.take(handoff_id, "anna")
    clock.pass_(minutes=5)
    assert handoffs.put_back_unanswered(handoff_id, clock.moment) is not None
    AuditTrail(database).append("assistant", "no-answer", "one")
    handoffs.leave(handoff_id)
    clock.pass_(seconds=1)

    figures = HandoffFigures(database)

    assert [(one.outcome, one.waited_seconds) for one in figures.queued(began, clock.moment)] == [
        (HandoffOutcome.LEFT, None)
    ]
    assert figures.no_answers(began, clock.moment) == 1
    assert figures.no_answers(began - timedelta(days=1), began) == 0


def test_given_an_offer_that_was_not_accepted_when_read_then_it_is_not_among_the_queued(database, clock):
    handoffs = Handoffs(database)
    handoffs.decline(handoffs.open("one", HandoffReason.LOW_CONFIDENCE, "…").id)

    assert HandoffFigures(database).queued(clock.moment, clock.moment + timedelta(hours=1)) == ()


def test_given_a_clock_that_was_put_back_when_read_then_no_time_is_negative(database, clock, queued):
    handoffs, began = Handoffs(database), clock.moment
    handoff_id = queued("one")
    clock.pass_(minutes=-5)
    handoffs.take(handoff_id, "anna")
    clock.pass_(minutes=-5)
    handoffs.close(handoff_id)

    (found,) = HandoffFigures(database).queued(began, began + timedelta(hours=1))

    assert (found.waited_seconds, found.handled_seconds) == (0, 0)
