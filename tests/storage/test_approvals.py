from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from storage.approvals import HeldAnswers, HeldState
from storage.errors import AlreadyDecided, HeldAnswerUnknown
from storage.retention import Retention
from storage.staff import Staff, StaffRole
from storage.standing import Standings

REPLY = {"status": "answered", "text": "10 个工作日。", "item": "passport-first"}


@pytest.fixture
def held(database):
    return HeldAnswers(database)


@pytest.fixture
def clerk(database):
    staff = Staff(database, PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    return staff.create("clerk", "a long enough password", StaffRole.CLERK).id


def test_given_a_held_answer_when_the_program_starts_anew_then_it_still_waits_and_is_encrypted(
    open_database, held, database
):
    kept = held.hold("one", "护照多久", REPLY, "item")

    again = HeldAnswers(open_database())

    assert again.waiting() == (kept,) and again.get(kept.id).reply == REPLY
    with database.session() as session:
        sealed = session.execute(text("SELECT content_sealed FROM held_answers")).scalar()
    assert "护照".encode() not in bytes(sealed) and "工作日".encode() not in bytes(sealed)


def test_given_two_answers_when_listed_then_the_longest_waiting_is_first(held, clock):
    first = held.hold("one", "甲", REPLY, "item")
    clock.pass_(seconds=1)
    second = held.hold("two", "乙", REPLY, "item")

    assert [one.id for one in held.waiting()] == [first.id, second.id]


def test_given_many_clerks_when_they_decide_at_once_then_one_wins_and_the_others_are_told(held, clerk):
    kept = held.hold("one", "护照多久", REPLY, "item")
    together = Barrier(4)

    def decide(state: HeldState) -> str:
        together.wait()
        try:
            return held.decide(kept.id, state, clerk).state.value
        except AlreadyDecided:
            return "late"

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(
            pool.map(decide, [HeldState.APPROVED, HeldState.REFUSED, HeldState.EXPIRED, HeldState.APPROVED])
        )

    assert outcomes.count("late") == 3
    assert held.get(kept.id).state.value in outcomes and held.waiting() == ()


def test_given_an_edited_answer_when_read_then_what_was_sent_and_its_masked_form_are_there(held, clerk, clock):
    kept = held.hold("one", "护照多久", REPLY, "item")
    begun = clock()

    held.decide(kept.id, HeldState.EDITED, clerk, "打13912345678", "打[手机号]")

    (edited,) = held.edited_since(begun)
    assert (edited.sent, edited.sent_masked, edited.decided_by) == ("打13912345678", "打[手机号]", clerk)
    assert held.edited_since(begun + timedelta(seconds=1)) == ()


def test_given_a_decision_when_it_was_told_then_the_conversation_has_nothing_more_to_hear(held, clerk, database):
    kept = held.hold("rest:one", "护照多久", REPLY, "item")
    standings = Standings(database)
    assert not standings.of("rest:one").has_decided
    held.decide(kept.id, HeldState.APPROVED, clerk)
    assert [one.id for one in held.untold("rest:one")] == [kept.id]
    assert held.untold("rest:two") == () and standings.of("rest:one").has_decided

    held.mark_told(kept.id)

    assert held.untold() == () and not standings.of("rest:one").has_decided


def test_given_an_unknown_id_when_decided_about_then_it_is_said(held):
    with pytest.raises(HeldAnswerUnknown):
        held.decide("x", HeldState.APPROVED)


def test_given_a_deleted_or_an_old_conversation_when_purged_then_its_answers_are_gone(held, database, clock):
    held.hold("one", "护照多久", REPLY, "item")
    held.hold("two", "护照多久", REPLY, "item")

    Retention(database).delete_conversation("one")
    assert [one.conversation_id for one in held.waiting()] == ["two"]
    clock.pass_(days=91)
    Retention(database).purge_expired()

    assert held.waiting() == ()
