from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from storage.errors import (
    BaseOvertaken,
    DraftChanged,
    FourEyesRequired,
    NotTheAuthor,
    RevisionStepRefused,
    RevisionUnknown,
    WindowEmpty,
)
from storage.models import GuideRevisionRow
from storage.revision_steps import RevisionSteps
from storage.revisions import GuideRevisions, RevisionState
from storage.staff import Staff, StaffRole

ITEM = "passport-first"
FILES = {"guide": {"item_id": ITEM, "fee": {"charged": True, "standard": "120元"}}, "asks": {"fee": ["护照多少钱"]}}


def saying(fee: str) -> dict:
    return {**FILES, "guide": {**FILES["guide"], "fee": {"charged": True, "standard": fee}}}


@pytest.fixture
def people(database):
    """Two editors and an approver."""
    staff = Staff(database, PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    names = (
        ("wen", StaffRole.EDITOR, "小文"),
        ("bian", StaffRole.EDITOR, "小编"),
        ("zhou", StaffRole.APPROVER, "老周"),
    )
    return {name: staff.create(name, "a long enough password", role, said).id for name, role, said in names}


@pytest.fixture
def steps(database, people):
    return RevisionSteps(database)


@pytest.fixture
def revisions(database):
    return GuideRevisions(database)


@pytest.fixture
def approved(steps, people):
    """Approve a revision that says a fee, and return it."""

    def approve(fee: str, begins=None, ends=None, author="wen"):
        draft = steps.begin(ITEM, people[author], FILES)
        steps.save(draft.id, people[author], saying(fee), draft.version)
        steps.submit(draft.id, people[author], "调价", begins, ends)
        return steps.approve(draft.id, people["zhou"])

    return approve


def fee_in_force(revisions) -> str | None:
    found = revisions.in_force().get(ITEM)
    return found and found.content["guide"]["fee"]["standard"]


def test_given_a_draft_when_it_is_submitted_and_approved_then_it_is_in_force_with_its_history(
    approved, revisions, people, clock
):
    kept = approved("100元")

    assert fee_in_force(revisions) == "100元"
    assert (kept.state, kept.number, kept.author, kept.decider) == (RevisionState.APPROVED, 1, "小文", "老周")
    assert kept.effective_from == clock.moment
    assert revisions.of_item(ITEM) == (kept,)


def test_given_a_draft_that_is_not_approved_then_nothing_is_in_force(steps, revisions, people):
    draft = steps.begin(ITEM, people["wen"], FILES)
    steps.save(draft.id, people["wen"], saying("100元"), draft.version)
    assert fee_in_force(revisions) is None
    steps.submit(draft.id, people["wen"], "调价")
    assert fee_in_force(revisions) is None


@pytest.mark.parametrize(
    "decide", [lambda steps, *who: steps.approve(*who), lambda steps, *who: steps.return_(*who, "?")]
)
def test_given_the_author_when_deciding_about_their_own_revision_then_it_is_refused(steps, people, revisions, decide):
    draft = steps.begin(ITEM, people["wen"], FILES)
    steps.submit(draft.id, people["wen"], "调价")

    with pytest.raises(FourEyesRequired):
        decide(steps, draft.id, people["wen"])

    assert revisions.get(draft.id).state is RevisionState.SUBMITTED


def test_given_another_editor_when_deciding_then_a_second_person_is_a_second_person(steps, people, revisions):
    draft = steps.begin(ITEM, people["wen"], FILES)
    steps.submit(draft.id, people["wen"], "调价")
    assert steps.approve(draft.id, people["bian"]).decider == "小编"


def test_given_an_end_when_the_clock_reaches_it_then_what_was_before_holds_again(approved, revisions, clock):
    approved("100元")
    clock.pass_(hours=1)
    approved("免费", ends=clock.moment + timedelta(days=3))

    assert fee_in_force(revisions) == "免费"
    clock.pass_(days=3)
    assert fee_in_force(revisions) == "100元"


def test_given_a_beginning_ahead_when_the_clock_reaches_it_then_it_is_in_force_and_not_before(
    approved, revisions, clock
):
    ahead = approved("100元", begins=clock.moment + timedelta(days=1))

    assert fee_in_force(revisions) is None
    assert revisions.approved_ahead() == (ahead,)
    clock.pass_(days=1)
    assert fee_in_force(revisions) == "100元"
    assert revisions.approved_ahead() == ()


def test_given_a_beginning_that_passed_before_the_approval_then_it_holds_from_the_approval(
    steps, people, clock, revisions
):
    draft = steps.begin(ITEM, people["wen"], FILES)
    steps.submit(draft.id, people["wen"], "调价", clock.moment + timedelta(hours=1))
    clock.pass_(days=1)
    assert steps.approve(draft.id, people["zhou"]).effective_from == clock.moment


def test_given_an_end_that_passed_before_the_approval_then_it_is_refused(steps, people, clock):
    draft = steps.begin(ITEM, people["wen"], FILES)
    with pytest.raises(WindowEmpty):
        steps.submit(draft.id, people["wen"], "调价", ends=clock.moment)
    steps.submit(draft.id, people["wen"], "调价", ends=clock.moment + timedelta(hours=1))
    clock.pass_(hours=1)
    with pytest.raises(WindowEmpty):
        steps.approve(draft.id, people["zhou"])


def test_given_a_draft_when_its_author_begins_again_then_it_goes_on_and_a_colleague_has_one_of_their_own(steps, people):
    mine = steps.begin(ITEM, people["wen"], FILES)
    kept = steps.save(mine.id, people["wen"], saying("100元"), mine.version)

    assert steps.begin(ITEM, people["wen"], FILES) == kept
    theirs = steps.begin(ITEM, people["bian"], FILES)
    assert (theirs.id != mine.id, theirs.number) == (True, 2)
    with pytest.raises(NotTheAuthor):
        steps.save(mine.id, people["bian"], FILES, kept.version)


def test_given_two_windows_when_the_second_saves_over_the_first_then_it_is_refused_and_the_first_is_kept(
    steps, people, revisions
):
    draft = steps.begin(ITEM, people["wen"], FILES)
    steps.save(draft.id, people["wen"], saying("100元"), draft.version)

    with pytest.raises(DraftChanged):
        steps.save(draft.id, people["wen"], saying("90元"), draft.version)

    assert revisions.get(draft.id).content == saying("100元")


def test_given_a_colleague_was_approved_meanwhile_when_approving_then_it_is_refused_until_it_is_put_on_top(
    approved, steps, people, revisions
):
    mine = steps.begin(ITEM, people["bian"], FILES)
    approved("100元")
    steps.submit(mine.id, people["bian"], "补充")

    with pytest.raises(BaseOvertaken):
        steps.approve(mine.id, people["zhou"])

    steps.withdraw(mine.id, people["bian"])
    steps.rebase(mine.id, people["bian"], saying("100元起"), saying("100元"))
    steps.submit(mine.id, people["bian"], "补充")
    steps.approve(mine.id, people["zhou"])
    assert fee_in_force(revisions) == "100元起"


def test_given_a_returned_revision_when_it_is_edited_then_it_can_be_submitted_again(steps, people):
    draft = steps.begin(ITEM, people["wen"], FILES)
    steps.submit(draft.id, people["wen"], "调价")
    returned = steps.return_(draft.id, people["zhou"], "请附文件号")
    assert (returned.state, returned.remark) == (RevisionState.RETURNED, "请附文件号")

    steps.save(draft.id, people["wen"], saying("100元"), returned.version)
    assert steps.submit(draft.id, people["wen"], "按文件调价").state is RevisionState.SUBMITTED


def test_given_a_step_out_of_turn_when_taken_then_it_is_refused(approved, steps, people):
    kept = approved("100元")
    for step in (
        lambda: steps.save(kept.id, people["wen"], FILES, kept.version),
        lambda: steps.withdraw(kept.id, people["wen"]),
        lambda: steps.discard(kept.id, people["wen"]),
        lambda: steps.approve(kept.id, people["zhou"]),
    ):
        with pytest.raises(RevisionStepRefused):
            step()
    with pytest.raises(RevisionUnknown):
        steps.approve("unknown", people["zhou"])


def test_given_a_discarded_draft_then_it_stays_in_the_history(steps, people, revisions):
    draft = steps.begin(ITEM, people["wen"], FILES)
    steps.discard(draft.id, people["wen"])
    assert [one.state for one in revisions.of_item(ITEM)] == [RevisionState.DISCARDED]
    assert steps.begin(ITEM, people["wen"], FILES).number == 2


def test_given_a_revision_when_the_table_is_read_without_the_key_then_it_says_nothing(approved, database):
    approved("100元")
    with database.session() as session:
        assert "100元".encode() not in session.query(GuideRevisionRow).one().content_sealed


def test_given_a_restarted_program_then_drafts_are_there(open_database, steps, people):
    draft = steps.begin(ITEM, people["wen"], FILES)
    assert GuideRevisions(open_database()).open() == (draft,)
