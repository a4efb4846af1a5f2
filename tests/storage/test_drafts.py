from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from storage.draft_report import draft_report
from storage.drafts import AnswerDrafts, DraftOutcome, ProposedDraft
from storage.errors import DraftDecided, DraftUnknown
from storage.handoffs import Handoffs, MessageRole
from storage.retention import Retention
from storage.staff import Staff, StaffRole

PASSPORT = ProposedDraft("passport-reissue", "time", "7 个工作日。")
RENEWAL = ProposedDraft("passport-renewal", "time", "10 个工作日。")


@pytest.fixture
def drafts(database):
    return AnswerDrafts(database)


@pytest.fixture
def clerk(database):
    staff = Staff(database, PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    return staff.create("clerk", "a long enough password", StaffRole.CLERK).id


@pytest.fixture
def handoff(database):
    handoffs = Handoffs(database)
    opened = handoffs.open("one", "asked_for", "x")
    handoffs.post(opened.id, MessageRole.CITIZEN, "护照多久")
    return opened


def test_given_drafts_when_one_is_sent_edited_then_text_and_figures_are_kept_encrypted(database, drafts, clerk):
    first, second = drafts.propose(clerk, "护照多久", [PASSPORT, RENEWAL], is_sure=True)
    assert (first.rank, first.item_id, first.facet, first.text) == (1, "passport-reissue", "time", "7 个工作日。")
    assert (second.rank, second.outcome) == (2, None)

    drafts.send(first.id, clerk, "10 个工作日。", 2, 0.0, unchanged=False)

    kept = drafts.get(first.id)
    assert (kept.outcome, kept.sent, kept.distance, kept.kept) == (DraftOutcome.EDITED, "10 个工作日。", 2, 0.0)
    with database.session() as session:
        sealed = session.execute(text("SELECT proposed_sealed, sent_sealed FROM answer_drafts")).all()
        question = session.execute(text("SELECT question_sealed FROM draft_requests")).scalar()
    assert all("工作日".encode() not in bytes(value or b"") for row in sealed for value in row)
    assert "护照".encode() not in bytes(question)


def test_given_the_same_drafts_for_the_same_message_when_asked_for_again_then_they_are_kept_once(
    drafts, clerk, handoff
):
    once = drafts.propose(clerk, "护照多久", [PASSPORT], True, handoff.id, 1)
    assert drafts.propose(clerk, "护照多久", [PASSPORT], True, handoff.id, 1) == once
    # a guide that says something else meanwhile, another message, and a question by phone are proposals of their own
    assert drafts.propose(clerk, "护照多久", [RENEWAL], True, handoff.id, 1) != once
    assert drafts.propose(clerk, "护照多久", [PASSPORT], True, handoff.id, 2) != once
    phone = drafts.propose(clerk, "护照多久", [PASSPORT], True)
    assert drafts.propose(clerk, "护照多久", [PASSPORT], True) != phone


def test_given_a_rejected_draft_then_it_may_be_sent_after_all_and_a_sent_one_is_rejected_no_more(drafts, clerk):
    (draft,) = drafts.propose(clerk, "护照多久", [PASSPORT], True)
    assert drafts.reject(draft.id, clerk).outcome is DraftOutcome.REJECTED
    assert drafts.send(draft.id, clerk, PASSPORT.text, 0, 1.0, unchanged=True).outcome is DraftOutcome.SENT
    with pytest.raises(DraftDecided):
        drafts.reject(draft.id, clerk)


def test_given_no_such_draft_then_it_is_named(drafts, clerk):
    with pytest.raises(DraftUnknown):
        drafts.get("nothing")
    with pytest.raises(DraftUnknown):
        drafts.reject("nothing", clerk)


def test_given_sent_drafts_then_the_last_item_of_a_handoff_is_known(drafts, clerk, handoff, clock):
    assert drafts.last_item_sent(handoff.id) is None
    for seq, proposed in enumerate((PASSPORT, RENEWAL), 1):
        (draft,) = drafts.propose(clerk, "x", [proposed], True, handoff.id, seq)
        drafts.send(draft.id, clerk, proposed.text, 0, 1.0, unchanged=True)
        clock.pass_(seconds=1)
    assert drafts.last_item_sent(handoff.id) == "passport-renewal"


def test_given_questions_then_those_rejected_or_unsure_and_not_sent_are_unsettled(drafts, clerk, handoff, clock):
    begin = clock()
    (rejected,) = drafts.propose(clerk, "rejected", [PASSPORT], True, handoff.id, 1)
    drafts.reject(rejected.id, clerk)
    drafts.propose(clerk, "unsure", [PASSPORT], False, handoff.id, 2)
    drafts.propose(clerk, "undrafted", [], False)
    drafts.propose(clerk, "sure and left", [PASSPORT], True)
    (sent,) = drafts.propose(clerk, "unsure and sent", [PASSPORT], False)
    drafts.send(sent.id, clerk, PASSPORT.text, 0, 1.0, unchanged=True)

    found = {one.text: one for one in drafts.unsettled(begin)}

    assert set(found) == {"rejected", "unsure", "undrafted"}
    assert found["rejected"].was_rejected and not found["unsure"].was_rejected
    assert found["unsure"].conversation_id == "one" and found["undrafted"].conversation_id != "one"
    clock.pass_(days=1)
    assert list(drafts.unsettled(clock())) == []


def test_given_what_became_of_drafts_then_the_report_counts_it_in_all_and_by_item(database, drafts, clerk, clock):
    since = clock()
    first, second = drafts.propose(clerk, "1", [PASSPORT, RENEWAL], True)
    drafts.send(first.id, clerk, PASSPORT.text, 0, 1.0, unchanged=True)
    drafts.reject(second.id, clerk)
    (third,) = drafts.propose(clerk, "2", [PASSPORT], True)
    drafts.send(third.id, clerk, "x", 6, 0.5, unchanged=False)
    drafts.propose(clerk, "3", [PASSPORT], True)
    drafts.propose(clerk, "4", [], False)

    report = draft_report(database, since)

    assert (report.questions, report.undrafted, report.answered) == (4, 1, 2)
    assert report.acceptance == pytest.approx(2 / 3)
    assert [item for item, _ in report.items] == ["passport-reissue", "passport-renewal"]
    passport, renewal = (counts for _, counts in report.items)
    assert (passport.proposed, passport.first, passport.sent, passport.edited, passport.rejected) == (3, 3, 1, 1, 0)
    assert (passport.distance, passport.kept) == (3.0, 0.75)
    assert (renewal.first, renewal.rejected, renewal.distance) == (0, 1, None)
    assert draft_report(database, since + timedelta(seconds=1)).acceptance is None


def test_given_a_conversation_that_is_deleted_then_what_was_drafted_in_it_goes_with_it(
    database, drafts, clerk, handoff
):
    drafts.propose(clerk, "护照多久", [PASSPORT, RENEWAL], True, handoff.id, 1)

    counts = Retention(database).delete_conversation("one")

    assert (counts["draft_requests"], counts["answer_drafts"]) == (1, 2)


def test_given_a_question_by_phone_when_its_period_is_over_then_it_goes(database, drafts, clerk, clock):
    drafts.propose(clerk, "护照多久", [PASSPORT], True)
    clock.pass_(days=89)
    assert Retention(database).purge_expired() == {}
    clock.pass_(days=2)
    assert Retention(database).purge_expired() == {"draft_requests": 1, "answer_drafts": 1}
