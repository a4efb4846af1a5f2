"""Answers grounded in guides: to one wish, or to each of several."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.case_facts import facts_of_turn
from actions.citations import citations_of
from actions.clarification import question_between
from actions.focus import focus_on
from actions.reply import Choice, Reply
from actions.retelling import Retold
from actions.status import AnswerStatus
from actions.turn import Turn, WenbanAction
from knowledge_base.answers import Answer, compose
from knowledge_base.cases import read_facts
from knowledge_base.items import ServiceItem

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
        more = [wish for wish in turn.also if wish["item"] in catalogue.items]
        clear = [wish for wish in more if not wish.get("candidates")]
        others = [catalogue.items[wish["item"]] for wish in clear]
        facts = facts_of_turn(turn, focus, item, catalogue)
        answer = self._compose(item, turn.facet, facts, turn.text)
        further = [self._further(other, wish, turn.text) for other, wish in zip(others, clear, strict=True)]
        applying = tracker.active_loop_name is not None  # the application asks the next question
        alone = not applying and not more
        retold = await self._retold(item, turn, answer) if alone else None
        lines = [_with_question(retold.text, answer) if retold else answer.text if alone else answer.statement]
        for other, told in zip(others, further, strict=True):
            lines += [self.services.texts("then", name=other.name), told.statement]
        unclear = next((wish for wish in more if wish.get("candidates")), None)
        items = [item, *others]
        choices = self._choices(item, turn.facet, answer) if alone else () if applying else self._each(items)
        if unclear is not None and not applying:
            question, choices = self._which(unclear)
            lines.append(question)
        said = [retold.told if retold else answer.sentences, *(told.sentences for told in further)]
        reply = Reply(
            status=AnswerStatus.ANSWERED,
            text="\n".join(lines),
            item=item.item_id,
            facet=turn.facet,
            choices=choices,
            citations=citations_of(chain(*said), catalogue.items, self.services.answer_texts),
            plain_text=answer.text if retold else None,
            notice=self.services.texts("sample_notice") if any(one.sample for one in items) else None,
        )
        return [
            *self.say(dispatcher, turn, reply),
            focus_on(focus, [one.item_id for one in items], turn.facet, facts, answer.question if alone else None),
            SlotSet("misunderstood", 0),
            *([SlotSet("clarifying", unclear["text"])] if unclear is not None and not applying else []),
        ]

    def _which(self, wish: Mapping[str, Any]) -> tuple[str, tuple[Choice, ...]]:
        """Return the question which item a further wish is for, and its choices."""
        items = [self.services.catalogue.items[item] for item in wish["candidates"]]
        asked, labels = question_between(items, self.services)
        choices = (Choice(label, item.item_id, wish["facet"]) for label, item in zip(labels, items, strict=True))
        none = Choice(self.services.texts("clarify_none"), does="none")
        return self.services.texts("then_which", wish=wish["text"]) + asked, (*choices, none)

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

    async def _retold(self, item: ServiceItem, turn: Turn, answer: Answer) -> Retold | None:
        rephrasing = self.services.rephrasing
        return await rephrasing.retell(answer, item, turn.facet, turn.text) if rephrasing else None

    def _each(self, items: list[ServiceItem]) -> tuple[Choice, ...]:
        """Return a choice for each of several items, and the application for what can be applied for here."""
        choices = [Choice(item.name, item.item_id, "general") for item in items]
        return (*choices, *(choice for item in items for choice in self._apply(item)))

    def _apply(self, item: ServiceItem) -> list[Choice]:
        if item.item_id not in self.services.flows:
            return []
        return [Choice(self.services.texts("can_apply"), item.item_id, "apply", does="apply")]


def _with_question(text: str, answer: Answer) -> str:
    return f"{text}\n{answer.question.text}" if answer.question else text
