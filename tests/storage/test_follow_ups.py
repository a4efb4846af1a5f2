from __future__ import annotations

from datetime import date, timedelta

import pytest

from storage.errors import FollowUpUnknown, TransitionRefused
from storage.follow_ups import FollowUpOutcome, FollowUps, FollowUpState
from storage.models import FollowUpNoteRow, FollowUpRow
from storage.ratings import Given, RatedKind, Ratings, Subject
from storage.staff import Staff, StaffRole

DUE = date(2026, 11, 26)


@pytest.fixture
def follow_ups(database):
    return FollowUps(database)


@pytest.fixture
def supervisor(database):
    return Staff(database).create("supervisor", "a long password", StaffRole.SUPERVISOR).id


@pytest.fixture
def low(database, follow_ups):
    """Rate a service low; return its follow-up."""

    def rate(number=1, due=DUE, level=2):
        ratings = Ratings(database)
        asked = ratings.ask(Subject(RatedKind.HANDOFF, f"handoff-{number}", "one"))
        ratings.give(asked.id, "one", Given(level, ("time",), "等了很久"), due)
        return next(one for one in follow_ups.pending() if one.rating.id == asked.id)

    return rate


def test_given_a_low_rating_when_it_is_followed_up_then_each_step_is_kept(database, follow_ups, low, supervisor, clock):
    opened = low()
    assert (opened.state, opened.due_on, opened.rating.given.comment) == (FollowUpState.OPEN, DUE, "等了很久")

    follow_ups.assign(opened.id, supervisor)
    follow_ups.add_note(opened.id, supervisor, "电话已打通", told=False)
    clock.pass_(hours=1)
    follow_ups.contacted(opened.id, supervisor)
    follow_ups.close(opened.id, supervisor, FollowUpOutcome.RECTIFIED, "已补派人手", agrees=True)

    closed = follow_ups.get(opened.id)
    assert (closed.state, closed.outcome, closed.findings, closed.agrees) == (
        FollowUpState.CLOSED,
        FollowUpOutcome.RECTIFIED,
        "已补派人手",
        True,
    )
    assert (closed.assigned_to, closed.closed_by, closed.contacted_at) == (supervisor, supervisor, clock())
    assert [(note.text, note.told) for note in follow_ups.notes(opened.id)] == [("电话已打通", False)]
    assert follow_ups.pending() == () and [one.id for one in follow_ups.closed()] == [opened.id]
    with database.session() as session:
        assert "已补派人手".encode() not in session.get(FollowUpRow, opened.id).findings_sealed
        assert "电话".encode() not in session.get(FollowUpNoteRow, (opened.id, 1)).text_sealed


def test_given_nobody_contacted_when_it_is_closed_then_only_as_unreachable(follow_ups, low, supervisor):
    opened = low()
    with pytest.raises(TransitionRefused):
        follow_ups.close(opened.id, supervisor, FollowUpOutcome.EXPLAINED, "x", None)

    follow_ups.close(opened.id, supervisor, FollowUpOutcome.UNREACHABLE, "三次未接", None)

    assert follow_ups.get(opened.id).outcome is FollowUpOutcome.UNREACHABLE


def test_given_a_closed_one_when_anything_is_done_then_it_is_refused(follow_ups, low, supervisor):
    opened = low()
    follow_ups.close(opened.id, supervisor, FollowUpOutcome.UNREACHABLE, "x", None)

    for deed in (
        lambda: follow_ups.assign(opened.id, supervisor),
        lambda: follow_ups.add_note(opened.id, supervisor, "x"),
        lambda: follow_ups.contacted(opened.id, supervisor),
        lambda: follow_ups.close(opened.id, supervisor, FollowUpOutcome.EXPLAINED, "x", True),
    ):
        with pytest.raises(TransitionRefused):
            deed()


def test_given_an_unknown_id_when_it_is_looked_for_then_that_is_said(follow_ups, supervisor):
    with pytest.raises(FollowUpUnknown):
        follow_ups.get("none")
    with pytest.raises(FollowUpUnknown):
        follow_ups.contacted("none", supervisor)


def test_given_due_days_when_today_moves_on_then_the_first_due_come_first_and_the_late_are_counted(follow_ups, low):
    late, soon = low(1, DUE + timedelta(days=2)), low(2, DUE, level=1)

    assert [one.id for one in follow_ups.pending()] == [soon.id, late.id]
    assert [follow_ups.overdue(DUE + timedelta(days=days)) for days in (0, 1, 3)] == [0, 1, 2]


def test_given_a_second_rating_when_the_follow_up_is_read_then_its_level_is_there(
    database, follow_ups, low, supervisor
):
    opened = low()
    follow_ups.close(opened.id, supervisor, FollowUpOutcome.UNREACHABLE, "x", None)
    ratings = Ratings(database)
    asked = ratings.ask(Subject(RatedKind.FOLLOW_UP, opened.id, "one"))
    assert follow_ups.get(opened.id).second_level is None

    ratings.give(asked.id, "one", Given(4))

    assert follow_ups.get(opened.id).second_level == 4
