"""Rasa's agent as the gate uses it: given a message, or what a turn comes to where the gate has found that."""

from __future__ import annotations

from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActiveLoop, SlotSet

from actions.handoff import message_flow_begins
from actions.services import Services
from assistant.citizen.office_gate import OfficeTurn
from assistant.english.gate import EnglishTurn
from assistant.nlu.decision import Outcome


class DialogueAgent(Agent):
    """Rasa's agent, whose trackers are also changed from outside a turn, under the lock of their conversation."""

    services: Services

    async def dialogue(self, message: UserMessage) -> None:
        """Let Rasa's dialogue handle a message that has passed the gate."""
        await super().handle_message(message)

    async def begin_message(self, message: UserMessage) -> None:
        """Begin the flow that takes a message for the staff, as the dialogue does out of hours."""
        await self.begin(message, OfficeTurn(Outcome.MESSAGE, expecting=message_flow_begins()))

    async def begin(self, message: UserMessage, turn: OfficeTurn) -> None:
        """Give the dialogue an outcome in place of the words."""
        processor: Any = self.processor
        async with self.lock_store.lock(message.sender_id):
            tracker = await processor.fetch_tracker_and_update_session(message.sender_id, message.output_channel)
            if turn.expecting is not None:
                tracker.update(SlotSet("expecting", dict(turn.expecting)))
            await processor.trigger_external_user_uttered(
                turn.outcome.value, dict(turn.entities), tracker, message.output_channel
            )

    async def remember(self, message: UserMessage, turn: EnglishTurn) -> None:
        """Let the dialogue know what was answered and offered without it."""
        processor: Any = self.processor
        async with self.lock_store.lock(message.sender_id):
            tracker = await processor.fetch_tracker_and_update_session(message.sender_id, message.output_channel)
            for event in turn.remembered(tracker.get_slot("focus") or {}):
                tracker.update(SlotSet(event["name"], event["value"]))
            await self.tracker_store.save(tracker)

    async def set_aside(self, conversation_id: str) -> None:
        """Set the running application aside; its draft is kept, and the citizen's next words are no answer to it."""
        async with self.lock_store.lock(conversation_id):
            if not self.services.engine.pause(conversation_id):
                return
            tracker = await self.tracker_store.retrieve(conversation_id)
            if tracker is None:
                return
            for event in (ActiveLoop(None), SlotSet("expecting"), SlotSet("requested_slot"), SlotSet("offered", [])):
                tracker.update(event)
            await self.tracker_store.save(tracker)
