"""Messages in the middle of an application: replies to it, and what clearly is something else."""

from __future__ import annotations

from collections.abc import Mapping

from actions.application_form import RESUME
from actions.flows.definition import Flow
from actions.flows.fields import finds_value
from actions.flows.steps import Phase
from actions.flows.words import FlowWords, matches
from assistant.nlu.decision import Decision, Outcome
from assistant.nlu.follow_ups import FollowUps
from assistant.nlu.reading import ConversationState, Reading
from assistant.nlu.signs import Signs

FLOW_REPLIES = frozenset({"inform", "affirm", "deny", "correct", "cancel", "wait"})


class ApplicationTurns:
    """Judge a message while an application waits for a reply."""

    def __init__(self, flows: Mapping[str, Flow], words: FlowWords, signs: Signs, follow_ups: FollowUps) -> None:
        """Keep the flows, the words by which they are understood, and what tells of the message."""
        self._flows = flows
        self._words = words
        self._signs = signs
        self._cues = signs.cues
        self._follow_ups = follow_ups

    def decide(self, reading: Reading, state: ConversationState) -> Decision:
        """Return a reply to the application, unless the message clearly is something else."""
        linking, intent = reading.linking, reading.intent
        reply = Decision(Outcome.REPLY, intent, state.expecting.get("item"))
        free_text = state.expecting.get("type") == "text"
        if matches(self._words.cancel, reading.text):
            return reply
        asks = self._signs.asks(reading)
        states = state.expecting.get("phase") == Phase.AUTHORISE.value
        if (states or not asks) and self._answers(reading.text, state):
            return reply
        if self._cues.resumes(reading.words):
            return Decision(Outcome.REPLY, RESUME, state.expecting.get("item"))
        if self._signs.is_(reading, "harmful", self._signs.sure.harmful) and linking.verdict != "answer":
            return Decision(Outcome.REFUSE, intent)
        if asks and not (free_text and linking.verdict == "unsure"):
            aside = self._aside(reading, state)
            if aside is not None:
                return aside
        if intent in FLOW_REPLIES or free_text:
            return reply
        if self._signs.chats(reading, self._signs.sure.chatter_in_application):
            return Decision(Outcome.CHAT, intent)
        if linking.verdict == "answer" and intent in ("ask", "apply", "track"):
            return Decision(Outcome.ANSWER, intent, linking.best, linking.facet)
        return reply

    def _aside(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return what a question in the middle of an application is about, or None if that is unclear."""
        linking, intent = reading.linking, reading.intent
        applied_for = state.expecting.get("item")
        if self._cues.without_subject(reading.words) and not self._cues.tracks(reading.words):
            about = state.focus.get("item") or applied_for
            return Decision(Outcome.ANSWER, intent, about, linking.facet)
        if linking.verdict == "answer":
            return Decision(Outcome.ANSWER, intent, linking.best, linking.facet)
        if linking.passage is not None:
            return Decision(Outcome.PASSAGE, intent, passage=linking.passage)
        if self._cues.tracks(reading.words):
            return Decision(Outcome.TRACK, intent)
        if linking.verdict == "clarify" and linking.facet_probability >= 0.5:
            # An unclear question inside an application most likely is about the item being applied for.
            return Decision(Outcome.ANSWER, intent, applied_for, linking.facet)
        if self._follow_ups.near_to(reading, applied_for):
            return Decision(Outcome.ANSWER, intent, applied_for, linking.facet)
        if self._signs.is_(reading, "out_of_scope", self._signs.sure.out_of_scope):
            return Decision(Outcome.DECLINE, intent)
        if self._signs.asks_facet(reading):
            return Decision(Outcome.ANSWER, intent, applied_for, linking.facet)
        return None

    def _answers(self, text: str, state: ConversationState) -> bool:
        """Tell whether the text holds a value for the field asked, or at the read-back a personal one for any field."""
        flow = self._flows.get(str(state.expecting.get("item")))
        if flow is None:
            return False
        if state.expecting.get("phase") == Phase.AUTHORISE.value:
            return flow.authorisation is not None and finds_value(flow.authorisation, text)
        if state.expecting.get("phase") == "ask":
            awaited = flow.by_name.get(str(state.expecting.get("field")))
            return awaited is not None and finds_value(awaited, text)
        return any(field.kind.personal is not None and finds_value(field, text) for field in flow.fields)
