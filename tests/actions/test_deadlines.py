"""By when an application must be dealt with."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from actions.clock import BEIJING
from actions.deadlines import Deadlines, Lateness, Limit, OfficeRules
from actions.flows.definition import load_flows
from actions.working_calendar import WorkingCalendar
from storage.application_states import ApplicationState

PERMIT, RENT, LOSS = "residence-permit-endorsement", "housing-fund-rent-withdrawal", "id-card-loss-report"
MONDAY = datetime(2026, 11, 23, 10, tzinfo=BEIJING)


@pytest.fixture
def deadlines(data):
    """What is due, for somebody who looks at a moment."""
    flows, calendar = load_flows(data / "flows"), WorkingCalendar.load(data / "holidays.yml")
    rules = OfficeRules.load(data / "back_office.yml")
    return lambda now: Deadlines(flows, calendar, rules, lambda: now)


def test_given_every_flow_that_staff_decide_on_when_it_promises_then_its_working_days_are_read(data, deadlines):
    for item, flow in load_flows(data / "flows").items():
        if flow.submit.by_staff:
            assert deadlines(MONDAY).due(item, ApplicationState.ACCEPTED, MONDAY) is not None, item


@pytest.mark.parametrize(
    ("ahead", "days_left", "lateness"),
    [
        ({}, 3, Lateness.IN_TIME),
        ({"days": 2}, 1, Lateness.NEAR),
        ({"days": 3, "hours": 13}, 0, Lateness.NEAR),
        ({"days": 4}, -1, Lateness.OVERDUE),
        ({"days": 5}, -1, Lateness.OVERDUE),  # a Saturday is no working day more
    ],
)
def test_given_an_acceptance_when_days_pass_then_the_promise_comes_near_and_passes(
    deadlines, ahead, days_left, lateness
):
    due = deadlines(MONDAY + timedelta(**ahead)).due(RENT, ApplicationState.ACCEPTED, MONDAY)

    assert (due.limit, f"{due.on}") == (Limit.DECISION, "2026-11-26")
    assert (due.days_left, due.lateness) == (days_left, lateness)


def test_given_a_holiday_and_a_worked_weekend_when_days_are_counted_then_they_are_as_the_notice_says(deadlines):
    # National Day 2026 is 1 to 7 October; Saturday 10 October is worked.
    accepted = datetime(2026, 9, 29, 16, tzinfo=BEIJING)

    due = deadlines(accepted).due(RENT, ApplicationState.ACCEPTED, accepted)

    assert f"{due.on}" == "2026-10-09"


def test_given_a_submission_when_it_is_not_answered_then_five_working_days_run(deadlines):
    due = deadlines(MONDAY).due(LOSS, ApplicationState.SUBMITTED, MONDAY)

    assert (due.limit, f"{due.on}", due.days_left) == (Limit.ACCEPTANCE, "2026-11-30", 5)


def test_given_a_moment_in_another_zone_when_it_is_the_next_day_in_beijing_then_that_day_begins_the_period(deadlines):
    late = datetime(2026, 11, 23, 17, tzinfo=timezone.utc)  # 1 in the morning of the 24th

    assert f"{deadlines(MONDAY).due(PERMIT, ApplicationState.ACCEPTED, late).on}" == "2026-11-25"


@pytest.mark.parametrize(
    ("item", "state"),
    [
        (LOSS, ApplicationState.ACCEPTED),
        (RENT, ApplicationState.SUPPLEMENT),
        (RENT, ApplicationState.ISSUED),
        (RENT, ApplicationState.REFUSED),
    ],
)
def test_given_nothing_promised_or_nothing_to_do_for_staff_when_asked_then_nothing_is_due(deadlines, item, state):
    assert deadlines(MONDAY).due(item, state, MONDAY) is None
