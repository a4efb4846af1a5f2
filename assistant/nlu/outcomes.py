"""What a turn comes to: the decision between answering, asking back, an application, a person and the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from actions.application_form import RESUME
from actions.flows.definition import Flow, load_flows
from actions.flows.fields import finds_value
from actions.flows.words import FlowWords, matches
from assistant.nlu.dialogue_cues import DialogueCues
from assistant.nlu.reading import ConversationState, Quoted, Reading
from knowledge_base.chinese_numbers import the_number

REPORT_FLOW = "citizen-report"
"""the flow that takes a complaint or a report as a message"""


class Outcome(str, Enum):
    """What a turn comes to; the values are the intents that data/rules/ reads."""

    ANSWER = "turn_answer"
    CLARIFY = "turn_clarify"
    PASSAGE = "turn_passage"
    APPLICATION = "turn_application"
    REPLY = "turn_reply"
    TRACK = "turn_track"
    MESSAGE = "turn_message"
    PERSON = "turn_person"
    CHAT = "turn_chat"
    DECLINE = "turn_decline"
    REFUSE = "turn_refuse"
    NOT_UNDERSTOOD = "turn_not_understood"


@dataclass(frozen=True)
class Decision:
    """An outcome with what the action needs to carry it out."""

    outcome: Outcome
    intent: str
    """the classifier's intent"""
    item: str | None = None
    facet: str = "general"
    facts: Mapping[str, Any] = field(default_factory=dict)
    """case facts that a choice has settled"""
    passage: Quoted | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the decision as plain values for the tracker."""
        return {**asdict(self), "outcome": self.outcome.value}


CHATTER = frozenset({"greet", "goodbye", "thanks", "smalltalk", "abuse"})
FLOW_REPLIES = frozenset({"inform", "affirm", "deny", "correct", "cancel", "wait"})
FOLLOW_UPS = frozenset({"ask", "apply", "inform", "track", "out_of_scope", "unclear"})
_LEAST_GIBBERISH = 3
"""characters"""
_GIBBERISH = 0.2
"""share of familiar pairs of characters below which a text is taken for noise"""
_LONGEST_NUMBER_ANSWER = 16
"""characters; a longer sentence with a number in it tells more than the number"""
_LATIN = re.compile("[A-Za-z]")
BEYOND = ("out_of_scope", "harmful", "smalltalk")


@dataclass(frozen=True)
class Certainty:
    """How sure a classifier must be (0 to 1) before its word alone decides."""

    person: float = 0.5
    harmful: float = 0.6
    plainly_harmful: float = 0.95
    """from here a wish is refused even when it names an item"""
    chatter: float = 0.45
    complaint: float = 0.5
    plain_complaint: float = 0.8
    """from here a complaint is taken as one even when items come to mind"""
    track: float = 0.6
    apply: float = 0.4
    out_of_scope: float = 0.45
    beyond: float = 0.15
    """probability of being for the desk below which a clear question is declined"""
    new_topic: float = 0.9
    """item confidence from which a message without a subject is taken for a new topic all the same"""
    chosen: float = 0.5
    """probability from which an offered item is taken as chosen by a description of it"""


class OutcomeJudge:
    """Decide the outcome of a turn from its reading and the state of the conversation."""

    def __init__(
        self, flows: Mapping[str, Flow], cues: DialogueCues, words: FlowWords, certainty: Certainty = Certainty()
    ) -> None:
        """Keep the flows that can be applied for, the cue words, and the words by which flows are understood."""
        self._flows = flows
        self._cues = cues
        self._words = words
        self._sure = certainty

    @classmethod
    def load(cls, data: Path) -> OutcomeJudge:
        """Load flows and words from the data folder."""
        texts = data / "texts"
        cues = yaml.safe_load((texts / "dialogue.yml").read_text(encoding="utf-8"))
        return cls(
            load_flows(data / "flows"), DialogueCues.from_mapping(cues), FlowWords.load(texts / "flow_words.yml")
        )

    def decide(self, reading: Reading, state: ConversationState) -> Decision:
        """Return what the turn comes to."""
        chosen = self._chosen(reading, state)
        if chosen is not None:
            return chosen
        if self._is(reading, "human", self._sure.person):
            return Decision(Outcome.PERSON, reading.intent)
        if state.in_application:
            return self._within_application(reading, state)
        return self._outside_application(reading, state)

    def _chosen(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return the decision for an offered choice that was named, or None."""
        choice = self._cues.choice(reading.text, state.offered)
        if choice is None and reading.intent in ("affirm", "deny") and not state.in_application:
            choice = next((offer for offer in state.offered if offer.get("answers") == reading.intent), None)
        if choice is None or choice.get("does") in ("reply", "none"):
            return None
        does, item = choice.get("does", "ask"), choice.get("item")
        if does == "person":
            return Decision(Outcome.PERSON, reading.intent)
        if does == "chat":
            return Decision(Outcome.CHAT, reading.intent)
        if does == "apply" and item in self._flows:
            return Decision(Outcome.APPLICATION, reading.intent, item, "apply")
        if does == "read":
            return Decision(Outcome.PASSAGE, reading.intent, passage=Quoted(choice["passage"], None))
        facet = choice.get("facet") or "general"
        return Decision(Outcome.ANSWER, reading.intent, item, facet, choice.get("facts") or {})

    def _within_application(self, reading: Reading, state: ConversationState) -> Decision:
        """Judge a message in the middle of an application: a reply, unless it clearly is something else."""
        linking, intent = reading.linking, reading.intent
        reply = Decision(Outcome.REPLY, intent, state.expecting.get("item"))
        free_text = state.expecting.get("type") == "text"
        if matches(self._words.cancel, reading.text):
            return reply
        asks = self._asks(reading)
        if state.expecting.get("phase") == "ask" and not asks and self._answers(reading.text, state):
            return reply
        if self._cues.resumes(reading.words):
            return Decision(Outcome.REPLY, RESUME, state.expecting.get("item"))
        if self._is(reading, "harmful", self._sure.harmful) and linking.verdict != "answer":
            return Decision(Outcome.REFUSE, intent)
        if asks and not (free_text and linking.verdict == "unsure"):
            aside = self._aside(reading, state)
            if aside is not None:
                return aside
        if intent in FLOW_REPLIES or free_text:
            return reply
        if self._chats(reading):
            return Decision(Outcome.CHAT, intent)
        if linking.verdict == "answer" and intent in ("ask", "apply", "track"):
            return Decision(Outcome.ANSWER, intent, linking.best, linking.facet)
        return reply

    def _aside(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return what a question in the middle of an application is about, or None if that is unclear."""
        linking, intent = reading.linking, reading.intent
        if self._cues.without_subject(reading.words) and not self._cues.tracks(reading.words):
            about = state.focus.get("item") or state.expecting.get("item")
            return Decision(Outcome.ANSWER, intent, about, linking.facet)
        if linking.verdict == "answer":
            return Decision(Outcome.ANSWER, intent, linking.best, linking.facet)
        if linking.passage is not None:
            return Decision(Outcome.PASSAGE, intent, passage=linking.passage)
        if self._cues.tracks(reading.words):
            return Decision(Outcome.TRACK, intent)
        if linking.verdict == "clarify" and linking.facet_probability >= 0.5:
            # An unclear question inside an application most likely is about the item being applied for.
            return Decision(Outcome.ANSWER, intent, state.expecting.get("item"), linking.facet)
        if self._is(reading, "out_of_scope", self._sure.out_of_scope):
            return Decision(Outcome.DECLINE, intent)
        return None

    def _outside_application(self, reading: Reading, state: ConversationState) -> Decision:
        linking, intent = reading.linking, reading.intent
        sure = linking.verdict == "answer"
        if self._harms(reading):
            return Decision(Outcome.REFUSE, intent)
        if state.offered and self._cues.is_none_of_them(reading.text):
            return Decision(Outcome.NOT_UNDERSTOOD, intent)
        if self._cues.resumes(reading.words) and not sure:
            return Decision(Outcome.APPLICATION, RESUME)
        if self._tells_number(reading, state):
            return Decision(Outcome.ANSWER, intent, state.focus.get("item"), state.focus.get("facet") or "general")
        followed = None if self._cues.tracks(reading.words) else self._follow_up(reading, state)
        if followed is not None:
            return followed
        if self._tracks(reading):
            return Decision(Outcome.TRACK, intent)
        narrowed = self._narrowed(reading, state)
        if narrowed is not None:
            return narrowed
        if sure:
            return self._about(reading, state)
        if linking.passage is not None and not self._is(reading, "complain", self._sure.plain_complaint):
            return Decision(Outcome.PASSAGE, intent, passage=linking.passage)
        if self._chats(reading):
            return Decision(Outcome.CHAT, intent)
        if self._complains(reading):
            return Decision(Outcome.MESSAGE, intent, REPORT_FLOW)
        if self._is_gibberish(reading):
            return Decision(Outcome.NOT_UNDERSTOOD, intent)
        if intent in FLOW_REPLIES and not self._asks(reading) and linking.verdict == "unsure":
            return Decision(Outcome.NOT_UNDERSTOOD if state.offered else Outcome.CHAT, intent)
        if linking.verdict == "clarify":
            return Decision(Outcome.CLARIFY, intent, facet=linking.facet)
        if any(self._is(reading, beyond, self._sure.out_of_scope) for beyond in BEYOND):
            return Decision(Outcome.DECLINE, intent)
        if intent in ("ask", "apply") and linking.in_scope < self._sure.beyond:
            return Decision(Outcome.DECLINE, intent)
        return Decision(Outcome.NOT_UNDERSTOOD, intent)

    def _about(self, reading: Reading, state: ConversationState) -> Decision:
        """Return an answer or an application for the item that is surely meant."""
        item, facet = reading.linking.best, reading.linking.facet
        if self._applies(reading, item):
            return Decision(Outcome.APPLICATION, reading.intent, item, "apply")
        if state.focus.get("facet") and self._cues.carries_facet(reading.words) and not self._asks_facet(reading):
            facet = state.focus["facet"]
        return Decision(Outcome.ANSWER, reading.intent, item, facet)

    def _tells_number(self, reading: Reading, state: ConversationState) -> bool:
        """Tell whether the number that decides the case in focus was asked for and is told, whatever else is said."""
        if not state.focus.get("asked") or self._asks(reading) or len(reading.words) > _LONGEST_NUMBER_ANSWER:
            return False
        names_another = reading.linking.verdict == "answer" and reading.linking.best != state.focus.get("item")
        return not names_another and the_number(reading.words) is not None

    def _follow_up(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return an answer about the item in focus when the message names no service of its own."""
        item, linking = state.focus.get("item"), reading.linking
        if not item or not self._cues.without_subject(reading.words) or self._chats(reading):
            return None
        if linking.verdict == "answer" and linking.best != item and linking.confidence >= self._sure.new_topic:
            return None
        if self._applies(reading, item):
            return Decision(Outcome.APPLICATION, reading.intent, item, "apply")
        if reading.intent in FOLLOW_UPS or self._asks(reading):
            facet = linking.facet if linking.facet != "general" else state.focus.get("facet") or "general"
            return Decision(Outcome.ANSWER, reading.intent, item, facet)
        return None

    def _narrowed(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return an answer for the offered item that the message describes, or None."""
        offered = {choice["item"]: choice for choice in state.offered if choice.get("item")}
        if len(offered) < 2 or self._chats(reading) or self._is(reading, "out_of_scope", self._sure.harmful):
            return None
        ranked = [found for found in reading.linking.candidates if found.item in offered]
        if not ranked or ranked[0].item != reading.linking.best:
            return None
        rest = ranked[1].probability if len(ranked) > 1 else 0.0
        if ranked[0].probability < max(self._sure.chosen, 2 * rest):
            return None
        choice = offered[ranked[0].item]
        facet = reading.linking.facet if self._asks_facet(reading) else choice.get("facet") or "general"
        if choice.get("does") == "apply" and ranked[0].item in self._flows:
            return Decision(Outcome.APPLICATION, reading.intent, ranked[0].item, "apply")
        return Decision(Outcome.ANSWER, reading.intent, ranked[0].item, facet)

    def _applies(self, reading: Reading, item: str | None) -> bool:
        """Tell whether an item that can be applied for here is wanted now rather than asked about."""
        wants = self._cues.wants(reading.words)
        said = wants or reading.linking.facet == "apply" or self._is(reading, "apply", self._sure.apply)
        return item in self._flows and said and not self._asks(reading)

    def _tracks(self, reading: Reading) -> bool:
        if self._cues.names_receipt(reading.words):
            return True
        asks_how_long = reading.linking.verdict == "answer" and reading.linking.facet == "time"
        if self._cues.tracks(reading.words) and reading.intent == "track" and not asks_how_long:
            return True
        if reading.linking.verdict == "answer" and reading.linking.facet not in ("general", "apply", "track", "time"):
            return False
        if self._cues.tracks(reading.words):
            return reading.linking.verdict != "answer"
        return self._is(reading, "track", self._sure.track) and reading.linking.verdict == "unsure"

    def _harms(self, reading: Reading) -> bool:
        """Tell whether the wish would harm somebody; an item that is surely meant needs more to be refused."""
        named = reading.linking.verdict == "answer" or reading.linking.in_scope > 0.9
        return self._is(reading, "harmful", self._sure.plainly_harmful if named else self._sure.harmful)

    def _is_gibberish(self, reading: Reading) -> bool:
        """Tell whether hardly two characters stand together as people ever write them."""
        text = reading.words
        return len(text) >= _LEAST_GIBBERISH and not _LATIN.search(text) and reading.linking.familiar < _GIBBERISH

    def _complains(self, reading: Reading) -> bool:
        least = self._sure.complaint if reading.linking.verdict == "unsure" else self._sure.plain_complaint
        said = self._cues.complains(reading.words) or self._is(reading, "complain", least)
        return REPORT_FLOW in self._flows and said

    def _chats(self, reading: Reading) -> bool:
        if reading.intent == "smalltalk" and self._asks(reading) and not self._cues.addresses(reading.words):
            return False  # a question about the world is not small talk with the assistant
        return reading.intent in CHATTER and reading.intent_confidence >= self._sure.chatter

    def _asks(self, reading: Reading) -> bool:
        """Tell whether something is asked; a wish that ends politely (好吗, 行不行) asks nothing."""
        asks = self._cues.is_question(reading.text) or self._cues.is_question(reading.words)
        return asks and not self._cues.is_polite_wish(reading.words)

    @staticmethod
    def _asks_facet(reading: Reading) -> bool:
        return reading.linking.facet != "general" and reading.linking.facet_probability >= 0.6

    def _answers(self, text: str, state: ConversationState) -> bool:
        flow = self._flows.get(str(state.expecting.get("item")))
        awaited = flow.by_name.get(str(state.expecting.get("field"))) if flow else None
        return awaited is not None and finds_value(awaited, text)

    @staticmethod
    def _is(reading: Reading, intent: str, least: float) -> bool:
        return reading.intent == intent and reading.intent_confidence >= least
