from __future__ import annotations

from datetime import timedelta

import pytest

from storage.applications import Applications, ApplicationState
from storage.ended_services import EndedServices
from storage.handoffs import HandoffReason, Handoffs, MessageRole
from storage.ratings import RatedKind, Ratings

CLERK = "c" * 32


@pytest.fixture
def ended(database):
    return EndedServices(database)


@pytest.fixture
def handoffs(database):
    return Handoffs(database)


def with_clerk(handoffs, conversation="one", reason=HandoffReason.ASKED_FOR):
    handoff = handoffs.enqueue(handoffs.open(conversation, reason, "x").id)
    return handoffs.take(handoff.id, CLERK)


def kinds(ended, since, **options):
    return [(subject.kind, subject.conversation_id, subject.staff_id) for subject in ended.unasked(since, **options)]


def test_given_a_conversation_with_a_person_when_it_ends_then_it_may_be_asked_about_once(
    database, ended, handoffs, clock
):
    since = clock()
    handoff = with_clerk(handoffs)
    handoffs.post(handoff.id, MessageRole.STAFF, "您好")
    assert kinds(ended, since) == []

    handoffs.close(handoff.id)

    assert kinds(ended, since) == [(RatedKind.HANDOFF, "one", CLERK)]
    assert kinds(ended, since + timedelta(seconds=1)) == []
    Ratings(database).ask(ended.unasked(since)[0])
    assert kinds(ended, since) == []


def test_given_a_person_who_said_nothing_or_a_citizen_who_left_when_it_ends_then_nothing_was_served(
    ended, handoffs, clock
):
    silent, left = with_clerk(handoffs), with_clerk(handoffs, "two")
    handoffs.post(silent.id, MessageRole.CITIZEN, "有人吗")
    handoffs.close(silent.id)
    handoffs.post(left.id, MessageRole.STAFF, "您好")
    handoffs.enqueue(left.id)
    handoffs.leave(left.id)

    assert kinds(ended, clock()) == []


def test_given_an_application_when_its_result_was_told_then_it_may_be_asked_about(database, ended, clock):
    applications = Applications(database)
    receipt = applications.submit(applications.create_draft("one", "passport").id).receipt_number
    applications.transition(receipt, ApplicationState.ACCEPTED)
    applications.transition(receipt, ApplicationState.ISSUED)
    assert kinds(ended, clock()) == []

    applications.mark_told([notice.id for notice in applications.pending_notices("one")])

    assert kinds(ended, clock()) == [(RatedKind.APPLICATION, "one", None)]
    assert kinds(ended, clock(), without_items=("passport",)) == []


def test_given_an_emergency_when_it_has_ended_then_it_counts_for_as_long_as_is_asked(ended, handoffs, clock):
    handoff = handoffs.open("one", HandoffReason.EMERGENCY, "x")
    clock.pass_(hours=30)
    assert ended.had_emergency("one", clock() - timedelta(hours=24))
    handoffs.decline(handoff.id)
    assert ended.had_emergency("one", clock() - timedelta(hours=24))

    clock.pass_(hours=25)

    assert not ended.had_emergency("one", clock() - timedelta(hours=24))
    assert not ended.had_emergency("two", clock() - timedelta(days=9))
