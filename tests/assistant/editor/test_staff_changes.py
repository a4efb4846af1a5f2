"""What staff change in answers, by item and field."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from actions.draft_edits import edit_between
from assistant.editor.staff_changes import FieldEdit, StaffChangeList
from storage.approvals import HeldAnswers, HeldState
from storage.drafts import AnswerDrafts, ProposedDraft
from storage.gap_decisions import GapState
from storage.staff import Staff, StaffRole

FEE, TIME = "每本120元。", "承诺 7 个工作日。"
DRAFT = ProposedDraft("passport-first", "general", f"{FEE}\n{TIME}", ("fee", "time_limits"))


@pytest.fixture
def clerk(services):
    staff = Staff(services.database, PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    return staff.create("clerk", "a long enough password", StaffRole.CLERK).id


@pytest.fixture
def drafts(services):
    return AnswerDrafts(services.database)


@pytest.fixture
def changes(services):
    return StaffChangeList(services.database, least=2)


@pytest.fixture
def begun(now):
    return now() - timedelta(days=1)


def send(drafts, clerk, sent: str, draft: ProposedDraft = DRAFT) -> None:
    (proposed,) = drafts.propose(clerk, "护照", [draft], True)
    edit = edit_between(draft.text, sent)
    drafts.send(proposed.id, clerk, sent, edit.distance, edit.kept, edit.is_unchanged)


def test_given_the_same_sentence_changed_twice_when_looked_at_then_its_field_is_told_with_before_and_after(
    drafts, changes, clerk, begun
):
    for _ in range(2):
        send(drafts, clerk, f"每本100元。\n{TIME}")

    found = changes.look(begun)

    (change,) = found.shown
    assert (change.item_id, change.field, change.edited, change.rejected) == ("passport-first", "fee", 2, 0)
    assert change.edits == (FieldEdit(FEE, "每本100元。", 2),)
    assert (change.state, found.withheld) == (GapState.OPEN, 0)


def test_given_a_change_made_once_when_looked_at_then_it_is_withheld(drafts, changes, clerk, begun):
    send(drafts, clerk, f"每本100元。\n{TIME}")

    assert (changes.look(begun).shown, changes.look(begun).withheld) == ((), 1)


def test_given_sentences_that_may_be_about_one_person_when_looked_at_then_they_are_not_shown(
    drafts, changes, clerk, begun
):
    send(drafts, clerk, f"{FEE}\n{TIME}\n您的件周三寄到。")
    send(drafts, clerk, f"{FEE}\n{TIME}\n请带上孩子。")

    (change,) = changes.look(begun).shown
    assert (change.field, change.edited, change.edits) == ("time_limits", 2, ())


def test_given_rejected_drafts_when_looked_at_then_the_field_of_the_facet_counts_them(drafts, changes, clerk, begun):
    for _ in range(2):
        (proposed,) = drafts.propose(clerk, "护照", [ProposedDraft("passport-first", "fee", FEE, ("fee",))], True)
        drafts.reject(proposed.id, clerk)

    (change,) = changes.look(begun).shown
    assert (change.field, change.edited, change.rejected, change.edits) == ("fee", 0, 2, ())


def test_given_answers_edited_before_they_were_sent_when_looked_at_then_they_count_as_well(
    services, changes, clerk, begun
):
    held = HeldAnswers(services.database)
    reply = {"status": "answered", "item": "passport-first", "facet": "fee", "text": FEE}
    for name in ("one", "two"):
        waiting = held.hold(name, "护照多少钱", reply, "item")
        held.decide(waiting.id, HeldState.EDITED, clerk, "每本100元。", "每本100元。")

    (change,) = changes.look(begun).shown
    assert (change.field, change.edits) == ("fee", (FieldEdit(FEE, "每本100元。", 2),))


def test_given_a_decision_when_the_same_is_changed_again_then_it_is_open_again(drafts, changes, clerk, begun, now):
    for _ in range(2):
        send(drafts, clerk, f"每本100元。\n{TIME}")
    changes.decide("passport-first", "fee", GapState.DISMISSED, clerk)
    assert changes.look(begun).shown[0].state is GapState.DISMISSED

    now.advance(minutes=1)
    send(drafts, clerk, f"每本100元。\n{TIME}")

    assert changes.look(begun).shown[0].state is GapState.OPEN
