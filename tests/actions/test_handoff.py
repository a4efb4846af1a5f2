"""Asking for a person in the dialogue, while something happens at the desk."""

from __future__ import annotations

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.handoff import ActionRequestPerson
from actions.services import Services
from storage.handoffs import HandoffReason, HandoffState


@pytest.fixture
def services(data, tmp_path, clock) -> Services:
    return Services.open(data, tmp_path / "var", f"sqlite:///{tmp_path / 'var' / 'wenban.db'}", clock)


def ask_for_person(services: Services) -> None:
    message = {"text": "转人工", "intent": {"name": "turn_person"}, "gate": {}, "items": {}}
    tracker = Tracker("one", {}, message, [], False, None, {}, "action_listen")
    asyncio.run(ActionRequestPerson(services).run(CollectingDispatcher(), tracker, {}))


def test_given_a_person_who_comes_while_the_turn_runs_when_one_is_asked_for_then_they_keep_the_conversation(services):
    handoffs = services.handoffs
    handoff = handoffs.enqueue(handoffs.open("one", HandoffReason.ANSWER_REFUSED, "…").id)
    handoffs.take(handoff.id, "anna")

    ask_for_person(services)

    kept = handoffs.active("one")
    assert (kept.state, kept.staff_id) == (HandoffState.WITH_PERSON, "anna")


def test_given_nobody_when_a_person_is_asked_for_then_the_conversation_waits(services):
    ask_for_person(services)

    assert services.handoffs.active("one").state is HandoffState.QUEUED
