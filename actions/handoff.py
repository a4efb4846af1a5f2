"""Handing the conversation to a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.application_form import FORM
from actions.offers import offer_person, summary_of
from actions.reply import Reply
from actions.status import AnswerStatus
from actions.turn import Turn, WenbanAction
from storage.handoffs import HandoffReason, HandoffState

MESSAGE_FLOW = "leave-message"
"""the flow that takes a message with a telephone number when nobody is on duty"""


def message_flow_begins() -> dict[str, Any]:
    """Return what the slot `expecting` holds when the form is to take a message next."""
    return {"item": MESSAGE_FLOW, "phase": "start"}


class ActionRequestPerson(WenbanAction):
    """Put the conversation into the queue, or take a message out of hours."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_request_person"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Queue the conversation with its reason and what it is about; an offer that stands is accepted so."""
        turn, room = Turn.of(tracker), self.services.waiting_room
        if not room.is_open():
            offer = self.services.handoffs.active(turn.conversation_id)
            if offer is not None:
                self.services.handoffs.decline(offer.id)
            events = self.say(dispatcher, turn, Reply(AnswerStatus.HANDOFF_OFFERED, room.closed_in_words()))
            return [*events, SlotSet("expecting", message_flow_begins()), FollowupAction(FORM)]
        handoff = offer_person(self.services, tracker, HandoffReason.ASKED_FOR)
        if handoff.state is HandoffState.OFFERED:  # a person may have come this very moment, and keeps it
            self.services.handoffs.enqueue(handoff.id, summary_of(self.services, tracker))
        place = room.place_of(turn.conversation_id)
        reply = Reply(AnswerStatus.HANDED_OVER, room.said(place) if place else "", choices=room.ways_out())
        # The gate understands these choices while the citizen waits; afterwards they mean nothing.
        return [*self.say(dispatcher, turn, reply), SlotSet("offered", []), SlotSet("misunderstood", 0)]
