"""What an action reads of the turn it is part of, and how it says its reply."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.reply import REPLY_KEY, Choice, Reply
from actions.services import Services, services_from_environment

UNHEARD = "unheard"
"""the key of a message's metadata that tells that the question it may answer was not heard to its end"""


@dataclass(frozen=True)
class Turn:
    """The latest message as the NLU components and the gate left it on the tracker."""

    conversation_id: str
    text: str
    """with personal data as placeholders"""
    outcome: str
    intent: str
    item: str | None
    facet: str
    facts: Mapping[str, Any]
    also: tuple[Mapping[str, Any], ...]
    """{item, facet, text} of further wishes, or of the items compared with the first"""
    confidence: float
    candidates: tuple[Mapping[str, Any], ...]
    passage: Mapping[str, Any] = field(default_factory=dict)
    """{id, said}: the passage that answers, and the sentences of it; `said` null for all of them"""
    question_heard: bool = True
    """whether the citizen had been given the whole of the question before it"""

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """Read the turn from Rasa's tracker."""
        message: Mapping[str, Any] = tracker.latest_message or {}
        gate = message.get("gate") or {}
        items = message.get("items") or {}
        return cls(
            conversation_id=tracker.sender_id,
            text=message.get("text") or "",
            outcome=(message.get("intent") or {}).get("name") or "",
            intent=gate.get("intent") or "out_of_scope",
            item=gate.get("item"),
            facet=gate.get("facet") or "general",
            facts=gate.get("facts") or {},
            passage=gate.get("passage") or {},
            also=tuple(gate.get("also") or ()),
            confidence=float(items.get("confidence") or 0.0),
            candidates=tuple(
                {"item": found["item"], "score": found["probability"]} for found in items.get("candidates") or ()
            ),
            question_heard=not _metadata(tracker).get(UNHEARD),
        )


def _metadata(tracker: Tracker) -> Mapping[str, Any]:
    """Return what came with the latest message."""
    said: Mapping[str, Any] = next((event for event in reversed(tracker.events) if event["event"] == "user"), {})
    return said.get("metadata") or {}


class WenbanAction(Action, ABC):
    """A custom action that works with the services; Rasa's action server creates it without any."""

    def __init__(self, services: Services | None = None) -> None:
        """Keep the services, or open them from the environment when first needed."""
        self._services = services

    @property
    def services(self) -> Services:
        """The services this action works with."""
        if self._services is None:
            self._services = services_from_environment()
        return self._services

    @abstractmethod
    def name(self) -> str:
        """Return the action's name in the domain."""

    @abstractmethod
    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Take the turn and return what it changes."""

    def say(self, dispatcher: CollectingDispatcher, turn: Turn, reply: Reply) -> list[EventType]:
        """Utter the reply with what was read of the turn, and remember the choices it offers."""
        item = self.services.catalogue.items.get(reply.item) if reply.item else None
        complete = replace(
            reply,
            item_name=item.name if item else None,
            confidence=turn.confidence,
            candidates=turn.candidates,
        )
        dispatcher.utter_message(
            text=complete.text,
            buttons=[{"title": choice.label, "payload": choice.label} for choice in complete.choices],
            json_message={REPLY_KEY: complete.as_json()},
        )
        return [remember_choices(complete.choices), SlotSet("clarifying", None)]


def remember_choices(choices: tuple[Choice, ...]) -> EventType:
    """Return the event that keeps the offered choices for the next turn."""
    return SlotSet("offered", [_as_slot(choice) for choice in choices])


def _as_slot(choice: Choice) -> dict[str, Any]:
    return {key: value for key, value in vars(choice).items() if value}
