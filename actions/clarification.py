"""Asking back which item is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.reply import Choice, Reply
from actions.services import Services
from actions.status import AnswerStatus
from actions.texts import Texts
from actions.turn import Turn, WenbanAction
from knowledge_base.cases import read_facts
from knowledge_base.items import Catalogue, ServiceItem

SHORT_REPLY = 20
"""characters up to which a message may only complete the one that was asked back about"""
_MOST_LINES = 2
"""that say what tells items apart"""


class ActionClarify(WenbanAction):
    """Ask for what tells the likeliest items apart; offer their names where they differ in more than one thing."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_clarify"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Offer two to four choices; what the citizen told of the case goes with each."""
        turn = Turn.of(tracker)
        items = likely_items(self.services.catalogue.items, turn)
        text, labels = question_between(items, self.services)
        choices = choices_of(items, labels, turn, self.services.catalogue)
        other = Choice(self.services.texts("clarify_none"), does="none")
        reply = Reply(AnswerStatus.CLARIFIED, text, facet=turn.facet, choices=(*choices, other))
        return [*self.say(dispatcher, turn, reply), SlotSet("clarifying", _asked_about(tracker, turn))]


def _asked_about(tracker: Tracker, turn: Turn) -> str:
    """Return what is being asked back about; a short reply that settles nothing adds to it."""
    before = tracker.get_slot("clarifying")
    return f"{before}\n{turn.text}" if before and len(turn.text) <= SHORT_REPLY else turn.text


def question_between(items: Sequence[ServiceItem], services: Services) -> tuple[str, tuple[str, ...]]:
    """Return the question which of the items is meant, and the short answer that stands for each."""
    texts = services.texts
    difference = services.differences.between(items)
    if difference is not None:
        first, last = texts("clarify_between").join(difference.values[:-1]), difference.values[-1]
        return difference.question.format(options=first + texts("clarify_or") + last), difference.values
    lines = [texts("clarify_line", name=item.name, difference=told) for item, told in _told_apart(items)]
    return "\n".join([texts("clarify"), *lines[:_MOST_LINES]]), names_of(items, texts)


def names_of(items: Sequence[ServiceItem], texts: Texts) -> tuple[str, ...]:
    """Return the items' names; those of one name are told apart by their departments."""
    names = Counter(item.name for item in items)
    return tuple(
        item.name
        if names[item.name] == 1
        else texts("choice_of_department", name=item.name, department=item.department)
        for item in items
    )


def _told_apart(items: Sequence[ServiceItem]) -> Iterator[tuple[ServiceItem, str]]:
    """Yield each item that its guide tells apart from another one of them, and what does."""
    offered = {item.item_id for item in items}
    for item in items:
        told = next((near.difference for near in item.neighbours if near.item in offered), None)
        if told:
            yield item, told


def likely_items(items: Mapping[str, ServiceItem], turn: Turn, most: int = 3) -> tuple[ServiceItem, ...]:
    """Return the likeliest items: at least two, more only while they are nearly as likely."""
    ranked = [found for found in turn.candidates if found["item"] in items]
    likely = [found for place, found in enumerate(ranked) if place < 2 or found["score"] >= 0.25 * ranked[0]["score"]]
    return tuple(items[found["item"]] for found in likely[:most])


def choices_of(
    items: tuple[ServiceItem, ...], labels: tuple[str, ...], turn: Turn, catalogue: Catalogue
) -> tuple[Choice, ...]:
    """Return a choice for each item, with what the message told of the case."""
    does = "apply" if turn.intent == "apply" else "ask"
    return tuple(
        Choice(label, item.item_id, turn.facet, read_facts(turn.text, catalogue, item), does)
        for item, label in zip(items, labels, strict=True)
    )
