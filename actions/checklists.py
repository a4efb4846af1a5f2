"""The one-time notice (一次性告知单) in a conversation: what decides the case is asked first, then it is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.case_facts import facts_of_turn
from actions.citations import citations_of
from actions.focus import focus_on
from actions.papers.checklist import question_first
from actions.papers.papers import Paper
from actions.reply import Choice, Reply
from actions.status import AnswerStatus
from actions.turn import Turn, WenbanAction
from knowledge_base.answers import CaseQuestion, compose
from knowledge_base.items import ServiceItem

CHECKLIST = "checklist"
"""the facet that asks for the notice"""
MATERIALS = "materials"


class ActionChecklist(WenbanAction):
    """Make the notice for the item that is meant, or talked of."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_checklist"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Say the materials; then ask the one question that decides the case where it is open, else give the notice.

        In the middle of an application nothing is asked, for the application asks next: what is open stands on it.
        """
        turn = Turn.of(tracker)
        focus: Mapping[str, Any] = tracker.get_slot("focus") or {}
        catalogue = self.services.catalogue
        item = catalogue.items.get(turn.item or str(focus.get("item")))
        if item is None:
            which = self.services.papers.writer.texts("which_item")
            return self.say(dispatcher, turn, Reply(AnswerStatus.NOT_UNDERSTOOD, which))
        facts = facts_of_turn(turn, focus, item, catalogue)
        applying = tracker.active_loop_name is not None
        question = None if applying else question_first(item, facts)
        reply = self._in_application(turn, item, facts) if applying else self._answered(turn, item, facts, question)
        facet = CHECKLIST if question else MATERIALS
        return [
            *self.say(dispatcher, turn, reply),
            focus_on(focus, [item.item_id], facet, facts, question),
            SlotSet("misunderstood", 0),
        ]

    def _answered(
        self, turn: Turn, item: ServiceItem, facts: Mapping[str, Any], question: CaseQuestion | None
    ) -> Reply:
        """Say the materials, and ask the question or give the notice."""
        services, texts = self.services, self.services.papers.writer.texts
        answer = compose(item, MATERIALS, facts, services.catalogue, services.answer_texts)
        papers: tuple[Paper, ...] = ()
        choices: tuple[Choice, ...] = ()
        if question is None:
            paper, _ = services.papers.checklist(services, turn.conversation_id, item, facts)
            said, papers = texts("given"), (paper,)
        else:
            said = texts("asked_first", question=question.text)
            told = [(option, {question.about: option}) for option in question.options]
            choices = tuple(Choice(label, item.item_id, CHECKLIST, settled) for label, settled in told)
        return Reply(
            status=AnswerStatus.ANSWERED,
            text=f"{answer.statement}\n{said}",
            item=item.item_id,
            facet=MATERIALS,
            choices=choices,
            citations=citations_of(answer.sentences, services.catalogue.items, services.answer_texts),
            papers=papers,
            notice=services.texts("sample_notice") if item.sample else None,
        )

    def _in_application(self, turn: Turn, item: ServiceItem, facts: Mapping[str, Any]) -> Reply:
        services = self.services
        paper, _ = services.papers.checklist(services, turn.conversation_id, item, facts)
        said = services.papers.writer.texts("given_in_application", name=item.name)
        return Reply(AnswerStatus.ANSWERED, said, item=item.item_id, facet=MATERIALS, papers=(paper,))
