"""Items held against each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.citations import citations_of
from actions.focus import focus_on
from actions.reply import Choice, Reply
from actions.status import AnswerStatus
from actions.turn import Turn, WenbanAction
from knowledge_base.comparison import compare


class ActionCompare(WenbanAction):
    """Say in which fields of their guides two or three items differ."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_compare"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Compare; each item may then be picked."""
        turn = Turn.of(tracker)
        catalogue = self.services.catalogue
        named = [turn.item, *(wish["item"] for wish in turn.also)]
        items = [catalogue.items[item] for item in named if item in catalogue.items]
        if not items:  # the guides were taken away while a conversation was about them
            return self.say(dispatcher, turn, Reply(AnswerStatus.NOT_UNDERSTOOD, self.services.texts("not_understood")))
        answer = compare(items, self.services.answer_texts)
        reply = Reply(
            status=AnswerStatus.ANSWERED,
            text=answer.text,
            item=items[0].item_id,
            facet="general",
            choices=tuple(Choice(item.name, item.item_id, "general") for item in items),
            citations=citations_of(answer.sentences, catalogue.items, self.services.answer_texts),
            notice=self.services.texts("sample_notice") if answer.sample_notice else None,
        )
        focus = focus_on(tracker.get_slot("focus") or {}, [item.item_id for item in items], "general", {})
        return [*self.say(dispatcher, turn, reply), focus, SlotSet("misunderstood", 0)]
