"""Visits at a machine: whose token holds, when they are left, how they go on on a telephone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.kiosk_visits import AT_MACHINE, ON_PHONE, KioskVisits
from storage.retention import Retention
from storage.visit_ids import VISIT

LASTS = timedelta(seconds=120)
CODE_LASTS = timedelta(minutes=5)
MACHINE, ANOTHER = "大厅 一号机", "大厅 二号机"
ONE, OTHER = f"{VISIT}one", f"{VISIT}other"


@pytest.fixture
def visits(database):
    return KioskVisits(database)


@pytest.fixture
def visit(visits):
    visits.begin(ONE, MACHINE, LASTS)
    return ONE


def test_given_a_conversation_elsewhere_when_asked_then_its_first_token_holds_for_ever(visits):
    assert visits.generation("0123") == 0


def test_given_no_such_visit_when_asked_then_no_token_holds(visits):
    assert visits.generation(ONE) is None


def test_given_a_visit_that_is_touched_when_time_passes_then_it_is_open_until_it_is_left(visits, visit, clock):
    clock.pass_(seconds=119)
    assert visits.touch(visit, LASTS)
    clock.pass_(seconds=119)
    assert visits.generation(visit) == AT_MACHINE
    assert visits.left(MACHINE) == ()

    clock.pass_(seconds=1)

    assert visits.generation(visit) is None
    assert visits.left(MACHINE) == (visit,)
    assert not visits.touch(visit, LASTS)


def test_given_an_open_visit_when_its_machine_starts_then_it_is_left_and_those_of_others_are_not(visits, visit):
    visits.begin(OTHER, ANOTHER, LASTS)

    assert visits.left(MACHINE, with_open=True) == (visit,)


def test_given_a_machine_that_is_gone_when_it_has_not_erased_its_visit_for_long_then_others_do(visits, visit, clock):
    clock.pass_(seconds=120 + 599)
    assert visits.left(ANOTHER, with_open=True) == ()

    clock.pass_(seconds=1)

    assert visits.left(ANOTHER) == (visit,)


def test_given_a_visit_that_ended_when_its_erasure_was_cut_short_then_it_is_still_to_be_erased(visits, visit):
    assert visits.end(visit)

    assert visits.generation(visit) is None
    assert visits.left(MACHINE) == (visit,)
    visits.erase(visit)
    assert visits.left(MACHINE) == ()
    assert not visits.end(visit)


def test_given_a_code_when_it_is_taken_then_the_visit_moves_once(visits, visit):
    assert visits.offer(visit, "code", CODE_LASTS)

    assert visits.take_over("wrong") is None
    assert visits.take_over("code") == visit
    assert visits.take_over("code") is None
    assert visits.generation(visit) == ON_PHONE
    assert visits.is_moved(visit)


def test_given_a_visit_that_moved_when_time_passes_or_it_ends_at_the_machine_then_it_stays(visits, visit, clock):
    visits.offer(visit, "code", CODE_LASTS)
    visits.take_over("code")

    clock.pass_(days=1)

    assert visits.generation(visit) == ON_PHONE
    assert visits.left(MACHINE, with_open=True) == ()
    assert not visits.end(visit)
    assert not visits.touch(visit, LASTS)
    assert not visits.offer(visit, "again", CODE_LASTS)


def test_given_a_code_when_it_is_old_then_it_is_worth_nothing(visits, visit, clock):
    visits.offer(visit, "code", CODE_LASTS)
    clock.pass_(seconds=100)
    visits.touch(visit, timedelta(days=1))
    clock.pass_(seconds=200)

    assert visits.take_over("code") is None
    assert visits.generation(visit) == AT_MACHINE


def test_given_a_visit_that_moved_when_its_conversation_is_deleted_then_its_token_holds_no_longer(
    visits, visit, database
):
    visits.offer(visit, "code", CODE_LASTS)
    visits.take_over("code")

    Retention(database).delete_conversation(visit)

    assert visits.generation(visit) is None


def test_given_a_second_code_when_the_first_is_taken_then_it_is_worth_nothing(visits, visit):
    visits.offer(visit, "first", CODE_LASTS)
    visits.offer(visit, "second", CODE_LASTS)

    assert visits.take_over("first") is None
    assert visits.take_over("second") == visit


def test_given_a_visit_that_ended_when_its_code_is_taken_then_it_is_worth_nothing(visits, visit):
    visits.offer(visit, "code", CODE_LASTS)
    visits.end(visit)

    assert visits.take_over("code") is None


def test_given_a_code_when_the_database_is_read_then_only_a_hash_of_it_is_there(visits, visit, database):
    from storage.models import KioskVisitRow

    visits.offer(visit, "the-code", CODE_LASTS)

    with database.session() as session:
        kept = session.get(KioskVisitRow, visit).code_index
    assert len(kept) == 64 and "the-code" not in kept
