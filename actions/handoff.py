"""Handing the conversation to a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.application_form import FORM
from actions.reply import Reply
from actions.status import AnswerStatus
from actions.turn import Turn, WenbanAction

MESSAGE_FLOW = "leave-message"
"""the flow that takes a message with a telephone number when nobody is on duty"""


class ActionRequestPerson(WenbanAction):
    """Put the conversation into the queue, or take a message out of hours."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_request_person"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Queue the conversation with its reason and what it is about."""
        turn = Turn.of(tracker)
        hours = self.services.hours
        if not hours.is_open(self.services.clock()):
            text = self.services.texts("out_of_hours", hours=hours.label)
            events = self.say(dispatcher, turn, Reply(AnswerStatus.HANDOFF_OFFERED, text))
            return [
                *events,
                SlotSet("expecting", {"item": MESSAGE_FLOW, "phase": "start"}),
                FollowupAction(FORM),
            ]
        ahead = len(self.services.handoffs.queue())
        handoff = self.services.handoffs.open(turn.conversation_id, self._reason(tracker), self._summary(tracker))
        self.services.handoffs.enqueue(handoff.id)
        reply = Reply(AnswerStatus.HANDED_OVER, self.services.texts("queued", ahead=ahead))
        return [*self.say(dispatcher, turn, reply), SlotSet("misunderstood", 0)]

    @staticmethod
    def _reason(tracker: Tracker) -> str:
        if int(tracker.get_slot("misunderstood") or 0) >= 2:
            return "low_confidence"
        expecting: Mapping[str, Any] = tracker.get_slot("expecting") or {}
        return "flow_failed" if expecting else "asked_for"

    def _summary(self, tracker: Tracker) -> str:
        """Return the item in focus and the citizen's last words, personal data as placeholders."""
        focus: Mapping[str, Any] = tracker.get_slot("focus") or tracker.get_slot("expecting") or {}
        item = self.services.catalogue.items.get(str(focus.get("item")))
        said = [event["text"] for event in tracker.events if event["event"] == "user" and event.get("text")]
        return "｜".join(part for part in (item.name if item else "", *said[-3:]) if part)
