"""What a turn comes to: the decision between answering, asking back, an application, a person and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from actions.flows.definition import Flow, load_flows
from actions.flows.fields import finds_value
from assistant.nlu.dialogue_cues import DialogueCues
from assistant.nlu.reading import ConversationState, Linking, Reading

REPORT_FLOW = "citizen-report"
"""the flow that takes a complaint or a report as a message"""


class Outcome(str, Enum):
    """What a turn comes to; the values are the intents that data/rules/ reads."""

    ANSWER = "turn_answer"
    CLARIFY = "turn_clarify"
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

    def as_json(self) -> dict[str, Any]:
        """Return the decision as plain values for the tracker."""
        return {**asdict(self), "outcome": self.outcome.value}


CHATTER = frozenset({"greet", "goodbye", "thanks", "smalltalk", "abuse"})
FLOW_REPLIES = frozenset({"inform", "affirm", "deny", "correct", "cancel", "wait"})


@dataclass(frozen=True)
class Certainty:
    """How sure the intent classifier must be (0 to 1) before its word alone decides."""

    person: float = 0.5
    harmful: float = 0.5
    chatter: float = 0.45
    complaint: float = 0.5
    track: float = 0.45
    apply: float = 0.4
    out_of_scope: float = 0.5
    new_topic: float = 0.9
    """item confidence from which a message without a subject is taken for a new topic all the same"""


class OutcomeJudge:
    """Decide the outcome of a turn from its reading and the state of the conversation."""

    def __init__(
        self,
        flows: Mapping[str, Flow],
        cues: DialogueCues,
        certainty: Certainty = Certainty(),
    ) -> None:
        """Keep the flows that can be applied for and the cue words."""
        self._flows = flows
        self._cues = cues
        self._certainty = certainty

    @classmethod
    def load(cls, data: Path) -> OutcomeJudge:
        """Load flows and cue words from the data folder."""
        cues = yaml.safe_load((data / "texts" / "dialogue.yml").read_text(encoding="utf-8"))
        return cls(load_flows(data / "flows"), DialogueCues.from_mapping(cues))

    def decide(self, reading: Reading, state: ConversationState) -> Decision:
        """Return what the turn comes to."""
        chosen = self._chosen(reading, state)
        if chosen is not None:
            return chosen
        if self._is(reading, "human", self._certainty.person):
            return Decision(Outcome.PERSON, reading.intent)
        if state.in_application:
            return self._within_application(reading, state)
        return self._outside_application(reading, state)

    def _chosen(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return the decision for an offered choice that was named, or None."""
        choice = self._cues.choice(reading.text, state.offered)
        if choice is None and state.offered and reading.intent in ("affirm", "deny") and not state.in_application:
            answering = "affirm" if reading.intent == "affirm" else "deny"
            choice = next((offer for offer in state.offered if offer.get("answers") == answering), None)
        if choice is None or choice.get("does") == "reply":
            return None
        does = choice.get("does", "ask")
        if does == "person":
            return Decision(Outcome.PERSON, reading.intent)
        if does == "chat":
            return Decision(Outcome.CHAT, reading.intent)
        item = choice.get("item")
        facet = choice.get("facet") or "general"
        if does == "apply" and item in self._flows:
            return Decision(Outcome.APPLICATION, reading.intent, item, "apply")
        return Decision(Outcome.ANSWER, reading.intent, item, facet, choice.get("facts") or {})

    def _within_application(self, reading: Reading, state: ConversationState) -> Decision:
        """Judge a message in the middle of an application: a reply, unless it clearly is something else."""
        reply = Decision(Outcome.REPLY, reading.intent, state.expecting.get("item"))
        expected_type = state.expecting.get("type")
        linking = reading.linking
        asks = self._asks(reading)
        if state.expecting.get("phase") == "ask" and not asks and self._answers(reading.text, state):
            return reply
        if self._is(reading, "harmful", self._certainty.harmful) and linking.verdict != "answer":
            return Decision(Outcome.REFUSE, reading.intent)
        if reading.intent in ("cancel", "correct", "wait") and not asks:
            return reply
        if asks:
            if self._without_subject(reading) and linking.facet_probability >= 0.3:
                return Decision(Outcome.ANSWER, reading.intent, state.expecting.get("item"), linking.facet)
            if linking.verdict == "answer":
                return Decision(Outcome.ANSWER, reading.intent, linking.best, linking.facet)
            if reading.intent == "track" and reading.intent_confidence >= self._certainty.track:
                return Decision(Outcome.TRACK, reading.intent)
            if linking.verdict == "clarify" and linking.facet_probability >= 0.5 and expected_type != "text":
                # An unclear question inside an application most likely is about the item being applied for.
                return Decision(Outcome.ANSWER, reading.intent, state.expecting.get("item"), linking.facet)
        if reading.intent in FLOW_REPLIES or expected_type == "text":
            return reply
        if reading.intent in CHATTER and reading.intent_confidence >= self._certainty.chatter:
            return Decision(Outcome.CHAT, reading.intent)
        if linking.verdict == "answer" and reading.intent in ("ask", "apply", "track"):
            return Decision(Outcome.ANSWER, reading.intent, linking.best, linking.facet)
        if asks and self._is(reading, "out_of_scope", self._certainty.out_of_scope):
            return Decision(Outcome.DECLINE, reading.intent)
        return reply

    def _outside_application(self, reading: Reading, state: ConversationState) -> Decision:
        linking = reading.linking
        sure = linking.verdict == "answer"
        intent = reading.intent
        if self._is(reading, "harmful", self._certainty.harmful) and not (sure and linking.confidence > 0.9):
            return Decision(Outcome.REFUSE, intent)
        if self._cues.is_none_of_them(reading.text) and state.offered:
            return Decision(Outcome.NOT_UNDERSTOOD, intent)
        if self._names_what_was_done(reading) and not (sure and intent != "track"):
            return Decision(Outcome.TRACK, intent)
        if self._is(reading, "complain", self._certainty.complaint) and not sure and REPORT_FLOW in self._flows:
            return Decision(Outcome.MESSAGE, intent, REPORT_FLOW)
        followed = self._follow_up(reading, state)
        if followed is not None:
            return followed
        if sure:
            return self._about(linking, reading, state)
        if intent in CHATTER and reading.intent_confidence >= self._certainty.chatter:
            return Decision(Outcome.CHAT, intent)
        if intent in ("affirm", "deny", "wait", "cancel", "inform") and not self._asks(reading):
            return Decision(Outcome.CHAT if not state.offered else Outcome.NOT_UNDERSTOOD, intent)
        if self._is(reading, "complain", self._certainty.complaint) and REPORT_FLOW in self._flows:
            return Decision(Outcome.MESSAGE, intent, REPORT_FLOW)
        if linking.verdict == "clarify":
            return Decision(Outcome.CLARIFY, intent, facet=linking.facet)
        if intent == "unclear":
            return Decision(Outcome.NOT_UNDERSTOOD, intent)
        if intent in ("out_of_scope", "harmful", "smalltalk") or linking.in_scope < 0.3:
            return Decision(Outcome.DECLINE, intent)
        return Decision(Outcome.NOT_UNDERSTOOD, intent)

    def _about(self, linking: Linking, reading: Reading, state: ConversationState) -> Decision:
        """Return an answer or an application for the item that is surely meant."""
        item = linking.best
        facet = linking.facet
        wants = reading.intent == "apply" and reading.intent_confidence >= self._certainty.apply
        if item in self._flows and (wants or facet == "apply") and not self._asks(reading):
            return Decision(Outcome.APPLICATION, reading.intent, item, "apply")
        if facet == "general" and self._cues.carries_facet(reading.text) and state.focus.get("facet"):
            facet = state.focus["facet"]
        return Decision(Outcome.ANSWER, reading.intent, item, facet)

    def _follow_up(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return an answer about the item in focus when the message names no service of its own."""
        item = state.focus.get("item")
        if not item or not self._without_subject(reading):
            return None
        linking = reading.linking
        if reading.intent in CHATTER and reading.intent_confidence >= self._certainty.chatter:
            return None
        if linking.verdict == "answer" and linking.best != item and linking.confidence >= self._certainty.new_topic:
            return None
        if reading.intent == "apply" and item in self._flows and not self._asks(reading):
            return Decision(Outcome.APPLICATION, reading.intent, item, "apply")
        if reading.intent in ("ask", "apply", "inform", "track", "out_of_scope") or self._asks(reading):
            facet = linking.facet if linking.facet_probability >= 0.3 else "general"
            if facet == "general":
                facet = state.focus.get("facet") or facet
            return Decision(Outcome.ANSWER, reading.intent, item, facet)
        return None

    def _names_what_was_done(self, reading: Reading) -> bool:
        return self._is(reading, "track", self._certainty.track)

    def _without_subject(self, reading: Reading) -> bool:
        return self._cues.without_subject(reading.text)

    def _asks(self, reading: Reading) -> bool:
        return self._cues.is_question(reading.text)

    def _answers(self, text: str, state: ConversationState) -> bool:
        flow = self._flows.get(str(state.expecting.get("item")))
        name = state.expecting.get("field")
        awaited = next((one for one in flow.fields if one.name == name), None) if flow and name else None
        return awaited is not None and finds_value(awaited, text)

    @staticmethod
    def _is(reading: Reading, intent: str, least: float) -> bool:
        return reading.intent == intent and reading.intent_confidence >= least
