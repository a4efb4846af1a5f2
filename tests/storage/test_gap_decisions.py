from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from storage.gap_decisions import GapDecisions, GapState
from storage.staff import Staff, StaffRole

CENTRE = (0.6, 0.8)


@pytest.fixture
def editor(database):
    staff = Staff(database, PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    return staff.create("wen", "a long enough password", StaffRole.EDITOR).id


def test_given_a_decision_then_it_is_known_by_its_centre_to_this_encoder_alone(database, editor):
    decisions = GapDecisions(database)
    decisions.add(GapState.DISMISSED, "encoder-1", CENTRE, editor)

    (found,) = decisions.of("encoder-1")
    assert (found.state, found.centre) == (GapState.DISMISSED, CENTRE)
    assert decisions.of("encoder-2") == ()


def test_given_a_decision_when_it_is_taken_back_then_it_is_gone(database, editor):
    decisions = GapDecisions(database)
    decisions.add(GapState.SETTLED, "encoder-1", CENTRE, editor)
    decisions.remove(decisions.of("encoder-1")[0].id)
    assert decisions.of("encoder-1") == ()
