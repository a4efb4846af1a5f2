"""Calling a clerk to a machine."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from assistant.kiosk.clerk_call import ClerkCall
from storage.handoffs import HandoffState
from tests.assistant.kiosk.conftest import KIOSK

CLERK = "c" * 32


@pytest.fixture
def visit(machine: Any) -> str:
    return asyncio.run(machine.visits.begin())


def call(machine: Any, visit: str) -> str:
    return asyncio.run(ClerkCall(machine.citizens, KIOSK, machine.leaving.texts).call(visit))


def test_given_the_desks_hours_when_a_clerk_is_called_then_the_machine_stands_in_the_queue_once(machine, visit):
    call(machine, visit)
    call(machine, visit)

    (queued,) = machine.services.handoffs.queue()
    assert (queued.conversation_id, queued.reason) == (visit, "called")
    assert "大厅 一号机" in queued.summary


def test_given_an_offer_that_stands_when_a_clerk_is_called_then_it_is_queued_as_a_call(machine, visit):
    machine.services.handoffs.open(visit, "low_confidence", "x")

    call(machine, visit)

    (queued,) = machine.services.handoffs.queue()
    assert (queued.reason, queued.state) == ("called", HandoffState.QUEUED)
    assert "大厅 一号机" in queued.summary


def test_given_others_wait_for_a_chat_when_a_clerk_is_called_then_the_call_comes_first(machine, visit):
    chat = machine.services.handoffs.open("chat", "asked_for", "x")
    machine.services.handoffs.enqueue(chat.id)

    call(machine, visit)

    assert [one.conversation_id for one in machine.services.handoffs.queue()] == [visit, "chat"]


def test_given_a_person_has_the_visit_when_a_clerk_is_called_then_it_stays_with_them(machine, visit):
    call(machine, visit)
    (queued,) = machine.services.handoffs.queue()
    machine.services.handoffs.take(queued.id, CLERK)

    said = call(machine, visit)

    assert "正在和您对话" in said
    assert machine.services.handoffs.active(visit).state is HandoffState.WITH_PERSON


@pytest.mark.parametrize(("hour", "said"), [(22, "明天 8:30"), (6, "今天 8:30")])
def test_given_nobody_is_on_duty_when_a_clerk_is_called_then_nothing_is_queued_and_it_is_said_when(
    machine, visit, now, hour, said
):
    now.now = now.now.replace(hour=hour)

    told = call(machine, visit)

    assert said in told and machine.services.hours.label in told
    assert machine.services.handoffs.queue() == ()
