from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from storage.application_figures import ApplicationFigures
from storage.applications import Applications, ApplicationState

BEIJING = timezone(timedelta(hours=8))
MONDAY = datetime(2026, 11, 23, tzinfo=BEIJING)
TUESDAY = MONDAY + timedelta(days=1)
DAY = date(2026, 11, 23)


@pytest.fixture
def submitted(database, clock):
    """Submit an application at a moment; return its receipt number."""
    applications = Applications(database)

    def submit(at: datetime, item_id: str = "passport") -> str:
        clock.moment = at
        draft = applications.create_draft(f"{item_id} {at}", item_id)
        return applications.submit(draft.id).receipt_number or ""

    return submit


def test_given_applications_when_read_then_each_move_is_counted_on_its_local_day(database, clock, submitted):
    applications = Applications(database)
    first = submitted(MONDAY)  # Sunday still in UTC
    second = submitted(TUESDAY - timedelta(seconds=1), "permit")
    applications.transition(first, ApplicationState.ACCEPTED, at=MONDAY + timedelta(hours=1))
    applications.transition(second, ApplicationState.REFUSED, at=TUESDAY)

    moves = ApplicationFigures(database).moves(MONDAY, TUESDAY)

    assert moves == {
        (DAY, "passport", ApplicationState.SUBMITTED): 1,
        (DAY, "permit", ApplicationState.SUBMITTED): 1,
        (DAY, "passport", ApplicationState.ACCEPTED): 1,
    }


def test_given_one_that_was_handed_in_again_when_read_then_it_was_submitted_once(database, submitted):
    applications, number = Applications(database), submitted(MONDAY)
    applications.transition(number, ApplicationState.SUPPLEMENT, at=MONDAY + timedelta(hours=1))
    applications.transition(number, ApplicationState.SUBMITTED, at=MONDAY + timedelta(hours=2))

    moves = ApplicationFigures(database).moves(MONDAY, TUESDAY)

    assert moves == {
        (DAY, "passport", ApplicationState.SUBMITTED): 1,
        (DAY, "passport", ApplicationState.SUPPLEMENT): 1,
    }


def test_given_accepted_applications_when_read_then_those_that_ended_before_are_left_out(database, submitted):
    applications = Applications(database)
    open_, ended, long_ago, other = (
        submitted(MONDAY, item) for item in ("passport", "passport", "passport", "leaflet")
    )
    for number in (open_, ended, long_ago, other):
        applications.transition(number, ApplicationState.ACCEPTED, at=MONDAY)
    applications.transition(ended, ApplicationState.ISSUED, at=TUESDAY + timedelta(hours=1))
    applications.transition(long_ago, ApplicationState.ISSUED, at=TUESDAY - timedelta(hours=1))

    found = ApplicationFigures(database).accepted(TUESDAY, {"passport"})

    assert sorted(one.state.value for one in found) == ["accepted", "issued"]
    assert [one.is_open(TUESDAY) for one in found] == [True, True]
    assert sum(one.is_open(TUESDAY + timedelta(hours=2)) for one in found) == 1
