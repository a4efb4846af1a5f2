"""Custom actions run inside the process."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.application_form import ValidateApplicationForm
from actions.conversation import ActionChat
from assistant.action_endpoint import InProcessActions


def sets_slots(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
    """Set one slot to what it holds, one anew, and one twice."""
    return [SlotSet("kept", 1), SlotSet("changed", 2), SlotSet("twice", None), SlotSet("twice", "last")]


def fails(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
    """Fail, with a message that quotes the citizen."""
    raise RuntimeError("13800001234")


def called(action: Action, run: Any) -> dict[str, Any]:
    action.run = run  # an action of the domain does something else: one more class would be registered everywhere
    endpoint = InProcessActions([action], "抱歉，出了点问题。")
    slots = {"kept": 1, "changed": 1, "twice": None}
    tracker = {"sender_id": "one", "slots": slots, "latest_message": {}, "events": [], "paused": False}
    call = {"next_action": action.name(), "sender_id": "one", "tracker": tracker, "domain": {}}
    return asyncio.run(endpoint.request(json=call))


def test_given_slots_that_hold_a_value_already_when_an_action_sets_them_then_only_changes_are_kept():
    events = called(ActionChat(), sets_slots)["events"]

    assert [(event["name"], event["value"]) for event in events] == [("changed", 2), ("twice", "last")]


def test_given_a_forms_validation_when_it_sets_slots_then_all_of_them_count():
    assert len(called(ValidateApplicationForm(), sets_slots)["events"]) == 4


def test_given_an_action_that_fails_when_called_then_the_citizen_is_told_and_nothing_is_quoted(
    caplog: pytest.LogCaptureFixture,
):
    result = called(ActionChat(), fails)

    assert result["responses"][0]["text"] == "抱歉，出了点问题。"
    assert "RuntimeError" in caplog.text and "13800001234" not in caplog.text
