"""Answers grounded in guides: to one wish, or to each of several."""

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
from knowledge_base.answers import Answer, compose
from knowledge_base.cases import read_facts
from knowledge_base.chinese_numbers import the_number
from knowledge_base.items import ServiceItem
from knowledge_base.text import normalise

PUNCTUATION = " ,.!?;:"
OVERVIEW_FACETS = ("materials", "time", "place", "conditions")
"""what an overview offers to read next"""


class ActionAnswer(WenbanAction):
    """Answer from the guide of the item that is meant, for the case at hand."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Say the facet asked for, then what else was asked; the items become the focus."""
        turn = Turn.of(tracker)
        focus: Mapping[str, Any] = tracker.get_slot("focus") or {}
        catalogue = self.services.catalogue
        item = catalogue.items.get(turn.item or str(focus.get("item")))
        if item is None:  # the guide was taken away while a conversation was about it
            return self.say(dispatcher, turn, Reply(AnswerStatus.NOT_UNDERSTOOD, self.services.texts("not_understood")))
        more = [(catalogue.items[wish["item"]], wish) for wish in turn.also if wish["item"] in catalogue.items]
        facts = self._facts(turn, focus, item)
        answer = self._compose(item, turn.facet, facts, turn.text)
        further = [self._further(other, wish, turn.text) for other, wish in more]
        applying = tracker.active_loop_name is not None  # the application asks the next question
        alone = not applying and not further
        text = answer.text if alone else answer.statement
        for (other, _), told in zip(more, further, strict=True):
            text += f"\n{self.services.texts('then', name=other.name)}\n{told.statement}"
        items = [item, *(other for other, _ in more)]
        reply = Reply(
            status=AnswerStatus.ANSWERED,
            text=text,
            item=item.item_id,
            facet=turn.facet,
            choices=self._choices(item, turn.facet, answer) if alone else () if applying else self._each(items),
            citations=tuple(
                cited
                for told in (answer, *further)
                for cited in citations_of(told, catalogue.items, self.services.answer_texts)
            ),
            notice=self.services.texts("sample_notice") if any(one.sample for one in items) else None,
        )
        question = answer.question if alone else None
        return [
            *self.say(dispatcher, turn, reply),
            focus_on(focus, [one.item_id for one in items], turn.facet, facts, question),
            SlotSet("misunderstood", 0),
        ]

    def _facts(self, turn: Turn, focus: Mapping[str, Any], item: ServiceItem) -> dict[str, Any]:
        """Return what is known of the case: told before, told now, or settled by a choice.

        A choice that was offered and is not made by the reply counts as not known: it is not asked twice.
        """
        same = focus.get("item") == item.item_id
        known = dict(focus.get("facts") or {}) if same else {}
        choosing = focus.get("choosing")
        if same and choosing and turn.facet == focus.get("facet"):
            known.setdefault(str(choosing), None)
        told = read_facts(turn.text, self.services.catalogue, item)
        return {**known, **_number_asked_for(turn.text, focus), **told, **turn.facts}

    def _further(self, item: ServiceItem, wish: Mapping[str, Any], text: str) -> Answer:
        said = wish.get("text") or text
        return self._compose(item, wish["facet"], read_facts(said, self.services.catalogue, item), said)

    def _compose(self, item: ServiceItem, facet: str, facts: Mapping[str, Any], question: str) -> Answer:
        return compose(item, facet, facts, self.services.catalogue, self.services.answer_texts, question=question)

    def _choices(self, item: ServiceItem, facet: str, answer: Answer) -> tuple[Choice, ...]:
        """Return what may be asked next: the question that decides the case, else the overview's facets."""
        if answer.question is not None and answer.question.options:
            return tuple(
                Choice(option, item.item_id, facet, {answer.question.about: option})
                for option in answer.question.options
            )
        choices = self._apply(item)
        if facet in ("general", "apply"):
            labels = self.services.answer_texts
            choices += [Choice(labels(f"ask_{name}"), item.item_id, name) for name in OVERVIEW_FACETS]
        return tuple(choices)

    def _each(self, items: list[ServiceItem]) -> tuple[Choice, ...]:
        """Return a choice for each of several items, and the application for what can be applied for here."""
        choices = [Choice(item.name, item.item_id, "general") for item in items]
        return (*choices, *(choice for item in items for choice in self._apply(item)))

    def _apply(self, item: ServiceItem) -> list[Choice]:
        if item.item_id not in self.services.flows:
            return []
        return [Choice(self.services.texts("can_apply"), item.item_id, "apply", does="apply")]


def _number_asked_for(text: str, focus: Mapping[str, Any]) -> dict[str, float]:
    """Return the number that was asked for, when the text tells one (61, 六十一, 我今年70了)."""
    number = the_number(normalise(text).strip(PUNCTUATION)) if focus.get("asked") else None
    return {str(focus["asked"]): number} if number is not None else {}
