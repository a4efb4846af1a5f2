"""A transferred conversation that nobody comes for is opened to everybody."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from actions.texts import Texts
from assistant.staff.transfer_keeper import TransferKeeper
from storage.audit import AuditTrail
from storage.handoff_transfers import HandoffTransfers
from storage.handoffs import MessageRole
from storage.staff import Staff, StaffRole

PASSWORD = "correct horse"


@pytest.fixture
def staff(services):
    return Staff(services.database, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def keeper(services, staff, data):
    texts = Texts.load(data / "texts" / "staff.yml")
    return TransferKeeper(services, staff, AuditTrail(services.database), texts)


@pytest.fixture
def meant_for(services, staff):
    """Let anna transfer a conversation to a department; return its handoff's id."""

    def transfer(department: str) -> str:
        anna = staff.create("anna", PASSWORD, StaffRole.CLERK).id
        handoff = services.handoffs.enqueue(services.handoffs.open("one", "asked_for", "").id)
        services.handoffs.take(handoff.id, anna)
        return HandoffTransfers(services.database).to_department(handoff.id, anna, department).id

    return transfer


def test_given_nobody_of_the_department_when_two_minutes_have_passed_then_everybody_may_take_it(
    services, keeper, meant_for, now
):
    handoff_id = meant_for("tax")
    now.advance(minutes=1, seconds=59)
    keeper.step(now())
    assert services.handoffs.get(handoff_id).is_meant

    now.advance(seconds=1)
    keeper.step(now())
    keeper.step(now())

    assert not services.handoffs.get(handoff_id).is_meant
    (noted,) = services.handoffs.messages(handoff_id)
    assert noted.role is MessageRole.SYSTEM and "向所有人开放" in noted.text
    (audited,) = AuditTrail(services.database).entries("one")
    assert audited.action == "open-transferred"


def test_given_a_colleague_who_is_there_when_they_leave_then_the_two_minutes_begin(
    services, staff, keeper, meant_for, now
):
    staff.create("ding", PASSWORD, StaffRole.CLERK, department="tax")
    token = staff.sign_in("ding", PASSWORD).token
    handoff_id = meant_for("tax")
    now.advance(minutes=5)
    keeper.step(now())
    staff.sign_out(token)
    now.advance(minutes=1, seconds=59)
    keeper.step(now())
    assert services.handoffs.get(handoff_id).is_meant

    now.advance(seconds=1)
    keeper.step(now())

    assert not services.handoffs.get(handoff_id).is_meant


def test_given_an_editor_of_the_department_when_signed_in_then_they_do_not_count(
    services, staff, keeper, meant_for, now
):
    staff.create("edith", PASSWORD, StaffRole.EDITOR, department="tax")
    staff.sign_in("edith", PASSWORD)
    handoff_id = meant_for("tax")
    now.advance(minutes=2)

    keeper.step(now())

    assert not services.handoffs.get(handoff_id).is_meant


def test_given_a_colleague_who_is_there_and_does_not_take_it_when_ten_minutes_have_passed_then_it_is_opened(
    services, staff, keeper, meant_for, now
):
    staff.create("ding", PASSWORD, StaffRole.CLERK, department="tax")
    staff.sign_in("ding", PASSWORD)
    handoff_id = meant_for("tax")
    now.advance(minutes=9)
    keeper.step(now())
    assert services.handoffs.get(handoff_id).is_meant

    now.advance(minutes=1)
    keeper.step(now())

    assert not services.handoffs.get(handoff_id).is_meant
