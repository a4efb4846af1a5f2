"""Answers from passages: questions with their answers, and policy texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.reply import Choice, Citation, Reply
from actions.status import AnswerStatus
from actions.turn import Turn, WenbanAction
from knowledge_base.passages.excerpt import excerpt
from knowledge_base.passages.passage import Passage

FIELD = "passage"
"""what a citation of a passage names as its field"""


class ActionPassage(WenbanAction):
    """Answer with the sentences of a passage, or read it to its end where that was asked for."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_passage"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Say the sentences and their source; the item in focus stays."""
        turn = Turn.of(tracker)
        passage = self.services.passages.current.get(str(turn.passage.get("id")))
        if passage is None or not passage.in_force(self.services.clock().date()):  # changed since the index was built
            return self.say(dispatcher, turn, Reply(AnswerStatus.NOT_UNDERSTOOD, self.services.texts("not_understood")))
        said = _said(passage, turn.passage.get("said"))
        texts = self.services.texts
        rest = Choice(texts("passage_rest"), does="read", passage=passage.passage_id)
        reply = Reply(
            status=AnswerStatus.ANSWERED,
            text=texts("passage_from", document=passage.document, heading=passage.title, text=said)
            if passage.document
            else said,
            choices=(rest,) if len(said) < len(passage.text) and tracker.active_loop_name is None else (),
            citations=(self._citation(passage),),
            notice=texts("sample_notice") if passage.sample else None,
        )
        return [*self.say(dispatcher, turn, reply), SlotSet("misunderstood", 0)]

    def _citation(self, passage: Passage) -> Citation:
        return Citation(
            item=None,
            item_name=passage.name,
            field=FIELD,
            field_label=self.services.answer_texts(f"field_{FIELD}"),
            source=passage.source,
            checked=passage.checked.isoformat() if passage.checked else None,
            sample=passage.sample,
        )


def _said(passage: Passage, stretch: str | None) -> str:
    """Return the stretch as long as the passage still says it; without one, all of the passage."""
    if stretch is None:
        return passage.text
    if stretch.rstrip("…") in passage.text:
        return stretch
    return excerpt(passage.text, lambda _: 0.0)
