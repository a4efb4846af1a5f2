"""What is neither an answer nor an application: small talk, declining, refusing, not understanding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clarification import choices_of, likely_items, names_of
from actions.offers import offer_person
from actions.reply import Choice, Reply
from actions.status import AnswerStatus
from actions.turn import Turn, WenbanAction
from storage.handoffs import HandoffReason

EXAMPLES = 3
"""how many of what can be applied for are named"""
OPEN_REPLIES = frozenset({"affirm", "deny", "inform", "wait", "correct"})
"""intents that answer a question which nobody has asked"""


class ActionChat(WenbanAction):
    """Reply shortly to greetings, thanks and chatter."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_chat"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Say a reply to the topic."""
        turn = Turn.of(tracker)
        if turn.intent in OPEN_REPLIES:
            text = self.services.texts("acknowledged")
        elif turn.intent == "cancel":
            text = self.services.texts("nothing_running")
        else:
            text = self.services.small_talk.reply(turn.text, turn.intent, len(tracker.events))
        return [
            *self.say(dispatcher, turn, Reply(AnswerStatus.SMALLTALK, text)),
            SlotSet("misunderstood", 0),
        ]


class ActionDecline(WenbanAction):
    """Decline what is not the desk's work and say what can be done instead."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_decline"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Say that it is out of scope, with examples of what is not."""
        turn = Turn.of(tracker)
        items = self.services.catalogue.items
        offered = [flow.name for item, flow in self.services.flows.items() if item in items]
        examples = "”“".join(offered[:EXAMPLES])
        key = "out_of_scope" if examples else "out_of_scope_plain"
        text = self.services.texts(key, examples=examples)
        return self.say(dispatcher, turn, Reply(AnswerStatus.OUT_OF_SCOPE, text))


class ActionRefuse(WenbanAction):
    """Refuse what would harm somebody."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_refuse"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Say no, and which way is open."""
        turn = Turn.of(tracker)
        return self.say(dispatcher, turn, Reply(AnswerStatus.REFUSED, self.services.texts("refused")))


class ActionNotUnderstood(WenbanAction):
    """Ask once in other words, then offer a person."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_not_understood"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Ask again with the best choices; the second time in a row, offer a person."""
        turn = Turn.of(tracker)
        texts = self.services.texts
        before = int(tracker.get_slot("misunderstood") or 0)
        if before >= 1:
            offer_person(self.services, tracker, HandoffReason.LOW_CONFIDENCE)
            reply = Reply(AnswerStatus.HANDOFF_OFFERED, texts("offer_person"), choices=person_choices(texts))
        else:
            items = likely_items(self.services.catalogue.items, turn)
            choices = choices_of(items, names_of(items, texts), turn, self.services.catalogue)
            key = "not_understood_choices" if choices else "not_understood"
            reply = Reply(AnswerStatus.NOT_UNDERSTOOD, texts(key), choices=choices)
        events = [*self.say(dispatcher, turn, reply), SlotSet("misunderstood", before + 1)]
        return [*events, SlotSet("clarifying", turn.text)] if before == 0 else events


def person_choices(texts: Any, otherwise: str = "keep_trying") -> tuple[Choice, ...]:
    """Return the choice between a person and going on."""
    return (
        Choice(texts("call_person"), does="person", answers="affirm"),
        Choice(texts(otherwise), does="chat", answers="deny"),
    )
