"""Answers grounded in guides, and the choices offered where several items fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.reply import Choice, Citation, Reply
from actions.retelling import Retold
from actions.status import AnswerStatus
from actions.texts import Texts
from actions.turn import Turn, WenbanAction
from knowledge_base.answers import Answer, CaseQuestion, Sentence, compose
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
        """Say the facet asked for; the item becomes the focus."""
        turn = Turn.of(tracker)
        focus: Mapping[str, Any] = tracker.get_slot("focus") or {}
        item = self.services.catalogue.items.get(turn.item or str(focus.get("item")))
        if item is None:  # the guide was taken away while a conversation was about it
            return self.say(dispatcher, turn, Reply(AnswerStatus.NOT_UNDERSTOOD, self.services.texts("not_understood")))
        known = dict(focus.get("facts") or {}) if focus.get("item") == item.item_id else {}
        told = read_facts(turn.text, self.services.catalogue, item)
        facts = {**known, **_number_asked_for(turn.text, focus), **told, **turn.facts}
        answer = compose(
            item, turn.facet, facts, self.services.catalogue, self.services.answer_texts, question=turn.text
        )
        applying = tracker.active_loop_name is not None  # the application asks the next question
        retold = None if applying else await self._retold(item, turn, answer)
        reply = Reply(
            status=AnswerStatus.ANSWERED,
            text=answer.statement if applying else _with_question(retold.text, answer) if retold else answer.text,
            item=item.item_id,
            facet=turn.facet,
            choices=() if applying else self._choices(item, turn.facet, answer),
            citations=self._citations(item, retold.told if retold else answer.sentences),
            plain_text=answer.text if retold else None,
            notice=self.services.texts("sample_notice") if item.sample else None,
        )
        return [
            *self.say(dispatcher, turn, reply),
            SlotSet("focus", _focus(item, turn.facet, facts, None if applying else answer.question)),
            SlotSet("misunderstood", 0),
        ]

    def _choices(self, item: ServiceItem, facet: str, answer: Answer) -> tuple[Choice, ...]:
        """Return what may be asked next: the question that decides the case, else the overview's facets."""
        if answer.question is not None and answer.question.options:
            return tuple(
                Choice(option, item.item_id, facet, {answer.question.about: option})
                for option in answer.question.options
            )
        choices: list[Choice] = []
        if item.item_id in self.services.flows:
            choices.append(Choice(self.services.texts("can_apply"), item.item_id, "apply", does="apply"))
        if facet in ("general", "apply"):
            labels = self.services.answer_texts
            choices += [Choice(labels(f"ask_{name}"), item.item_id, name) for name in OVERVIEW_FACETS]
        return tuple(choices)

    async def _retold(self, item: ServiceItem, turn: Turn, answer: Answer) -> Retold | None:
        rephrasing = self.services.rephrasing
        return await rephrasing.retell(answer, item, turn.facet, turn.text) if rephrasing else None

    def _citations(self, item: ServiceItem, sentences: Iterable[Sentence]) -> tuple[Citation, ...]:
        seen: dict[str, Citation] = {}
        for sentence in sentences:
            seen.setdefault(
                sentence.field,
                Citation(
                    item=sentence.item_id,
                    item_name=item.name,
                    field=sentence.field,
                    field_label=self.services.answer_texts(f"field_{sentence.field}"),
                    source=sentence.source,
                    checked=sentence.checked,
                    sample=item.sample,
                ),
            )
        return tuple(seen.values())


def _with_question(text: str, answer: Answer) -> str:
    return f"{text}\n{answer.question.text}" if answer.question else text


def _focus(item: ServiceItem, facet: str, facts: Mapping[str, Any], question: CaseQuestion | None) -> dict[str, Any]:
    """Return what the conversation is about from now on, and the number that it waits for."""
    asked = question.about if question is not None and not question.options else None
    return {"item": item.item_id, "facet": facet, "facts": dict(facts), **({"asked": asked} if asked else {})}


def _number_asked_for(text: str, focus: Mapping[str, Any]) -> dict[str, float]:
    """Return the number that was asked for, when the text tells one (61, 六十一, 我今年70了)."""
    number = the_number(normalise(text).strip(PUNCTUATION)) if focus.get("asked") else None
    return {str(focus["asked"]): number} if number is not None else {}


class ActionClarify(WenbanAction):
    """Offer the items a question may be about, each with what tells it apart."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_clarify"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Offer two to four items."""
        turn = Turn.of(tracker)
        texts = self.services.texts
        choices = item_choices(self.services.catalogue.items, turn, texts)
        lines = [texts("clarify"), *self._differences([choice.item or "" for choice in choices])]
        other = Choice(texts("clarify_none"), does="none")
        reply = Reply(AnswerStatus.CLARIFIED, "\n".join(lines), facet=turn.facet, choices=(*choices, other))
        return [*self.say(dispatcher, turn, reply), SlotSet("clarifying", turn.text)]

    def _differences(self, items: list[str]) -> list[str]:
        """Return a line for each item that its guide tells apart from another one offered."""
        lines = []
        for item_id in items:
            item = self.services.catalogue.items.get(item_id)
            told = next((near.difference for near in item.neighbours if near.item in items), None) if item else None
            if item and told:
                lines.append(self.services.texts("clarify_line", name=item.name, difference=told))
        return lines[:2]


def item_choices(items: Mapping[str, ServiceItem], turn: Turn, texts: Texts, most: int = 3) -> tuple[Choice, ...]:
    """Return choices for the likeliest items: at least two, more only while they are nearly as likely."""
    ranked = [found for found in turn.candidates if found["item"] in items]
    likely = [found for place, found in enumerate(ranked) if place < 2 or found["score"] >= 0.25 * ranked[0]["score"]]
    does = "apply" if turn.intent == "apply" else "ask"
    offered = [items[found["item"]] for found in likely[:most]]
    return tuple(Choice(_label(item, offered, texts), item.item_id, turn.facet, does=does) for item in offered)


def _label(item: ServiceItem, offered: Sequence[ServiceItem], texts: Texts) -> str:
    """Return an item's name, told apart from others of the same name by its department."""
    if sum(other.name == item.name for other in offered) == 1:
        return item.name
    return texts("choice_of_department", name=item.name, department=item.department)
