"""The judge of a turn: between answering, asking back, an application, a person and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from actions.application_form import RESUME
from actions.catalogue_holder import CatalogueHolder
from actions.flows.definition import Flow, load_flows
from actions.flows.words import FlowWords
from assistant.nlu.application_turns import FLOW_REPLIES, ApplicationTurns
from assistant.nlu.checklist_wishes import ChecklistWishes
from assistant.nlu.decision import Decision, Outcome, Wish
from assistant.nlu.dialogue_cues import DialogueCues
from assistant.nlu.follow_ups import BASIS, FollowUps
from assistant.nlu.reading import ConversationState, Quoted, Reading
from assistant.nlu.signs import Certainty, Signs
from assistant.nlu.topics import Topics
from assistant.nlu.wishes import compared_items, several_wishes

REPORT_FLOW = "citizen-report"
"""the flow that takes a complaint or a report as a message"""


class OutcomeJudge:
    """Decide the outcome of a turn from its reading and the state of the conversation."""

    def __init__(
        self,
        flows: Mapping[str, Flow],
        cues: DialogueCues,
        words: FlowWords,
        topics: Topics,
        certainty: Certainty = Certainty(),
    ) -> None:
        """Keep the flows that can be applied for, the cue words, the flows' words, and what the guides tell."""
        self._flows = flows
        self._cues = cues
        self._sure = certainty
        self._topics = topics
        self._signs = Signs(cues, flows, certainty)
        self._follow_ups = FollowUps(self._signs, topics)
        self._application = ApplicationTurns(flows, words, self._signs, self._follow_ups)
        self._checklists = ChecklistWishes(self._signs, topics)

    @classmethod
    def load(cls, data: Path, guides: CatalogueHolder) -> OutcomeJudge:
        """Load flows and words from the data folder."""
        texts = data / "texts"
        cues = yaml.safe_load((texts / "dialogue.yml").read_text(encoding="utf-8"))
        return cls(
            load_flows(data / "flows"),
            DialogueCues.from_mapping(cues),
            FlowWords.load(texts / "flow_words.yml"),
            Topics.load(data, guides),
        )

    def decide(self, reading: Reading, state: ConversationState) -> Decision:
        """Return what the turn comes to."""
        return self._checklists.settle(self._decide(reading, state), reading, state)

    def _decide(self, reading: Reading, state: ConversationState) -> Decision:
        chosen = self._chosen(reading, state)
        if chosen is not None:
            return chosen
        if self._signs.wants_person(reading):
            return Decision(Outcome.PERSON, reading.intent)
        if state.in_application:
            return self._application.decide(reading, state)
        decision = self._outside_application(reading, state)
        wants_it_now = decision.outcome is Outcome.ANSWER and decision.facet in ("general", "apply")
        if wants_it_now and not decision.also and self._signs.applies(reading, decision.item):
            return replace(decision, outcome=Outcome.APPLICATION, facet="apply")
        return decision

    def _chosen(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return the decision for an offered choice that was named, or None."""
        pointed_at = self._pointed_at(reading, state)
        if pointed_at is not None:
            return pointed_at
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

    def _pointed_at(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return an answer to a question about an offered item that is named by its place, or None."""
        together = [{"item": item} for item in state.focus.get("together") or ()]
        choice = self._cues.pointed_at(reading.text, state.offered) or self._cues.pointed_at(reading.text, together)
        if choice is None or not self._signs.asks(reading) or not self._signs.asks_facet(reading):
            return None
        facts = choice.get("facts") or {}
        return Decision(Outcome.ANSWER, reading.intent, choice["item"], reading.linking.facet, facts)

    def _outside_application(self, reading: Reading, state: ConversationState) -> Decision:
        linking, intent = reading.linking, reading.intent
        sure = linking.verdict == "answer"
        if self._signs.harms(reading):
            return Decision(Outcome.REFUSE, intent)
        if state.offered and not state.focus.get("choosing") and self._cues.is_none_of_them(reading.text):
            return Decision(Outcome.NOT_UNDERSTOOD, intent)
        followed = self._follow_ups.replied(reading, state) or self._several(reading, state)
        followed = followed or self._follow_ups.plain(reading, state)
        if followed is not None:
            return followed
        if self._cues.resumes(reading.words) and not sure and not self._signs.asks_facet(reading):
            return Decision(Outcome.APPLICATION, RESUME)
        if self._signs.tracks(reading) and not (state.focus.get("item") and self._signs.asks_how_long(reading)):
            return Decision(Outcome.TRACK, intent)
        narrowed = self._narrowed(reading, state)
        if narrowed is not None:
            return narrowed
        stays = self._follow_ups.stays(reading, state)
        if stays is not None:
            return stays
        if sure:
            return self._about(reading, state)
        if self._signs.applies(reading, linking.best) and self._is_likely(reading):
            return Decision(Outcome.APPLICATION, intent, linking.best, "apply")
        if linking.passage is not None and not self._signs.is_(reading, "complain", self._signs.sure.plain_complaint):
            return Decision(Outcome.PASSAGE, intent, passage=linking.passage)
        if self._signs.chats(reading):
            return Decision(Outcome.CHAT, intent)
        if REPORT_FLOW in self._flows and self._signs.complains(reading):
            return Decision(Outcome.MESSAGE, intent, REPORT_FLOW)
        if self._signs.is_gibberish(reading):
            return Decision(Outcome.NOT_UNDERSTOOD, intent)
        if intent in FLOW_REPLIES and not self._signs.asks(reading) and linking.verdict == "unsure":
            return Decision(Outcome.NOT_UNDERSTOOD if state.offered else Outcome.CHAT, intent)
        if linking.verdict == "clarify":
            carried = state.focus.get("facet") if self._carries_facet(reading) else None
            return Decision(Outcome.CLARIFY, intent, facet=carried or linking.facet)
        if self._follow_ups.is_next_topic(reading, state):
            return self._about(reading, state)
        if self._signs.is_beyond(reading):
            return Decision(Outcome.DECLINE, intent)
        if intent in ("ask", "apply") and linking.in_scope < self._sure.beyond:
            return Decision(Outcome.DECLINE, intent)
        return Decision(Outcome.NOT_UNDERSTOOD, intent)

    def _several(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return a comparison, or an answer to each of several wishes; None where the message holds one."""
        compared = compared_items(reading, state, self._topics)
        if compared:
            first, *others = compared
            also = tuple(Wish(other, "general") for other in others)
            return Decision(Outcome.COMPARE, reading.intent, first, also=also)
        wishes = several_wishes(reading, self._topics)
        if not wishes:
            return None
        first_wish, *more = wishes
        return Decision(Outcome.ANSWER, reading.intent, first_wish.item, first_wish.facet, also=tuple(more))

    def _about(self, reading: Reading, state: ConversationState) -> Decision:
        """Return an answer or an application for the item that is surely meant."""
        item, facet = reading.linking.best, reading.linking.facet
        if self._signs.applies(reading, item):
            return Decision(Outcome.APPLICATION, reading.intent, item, "apply")
        if self._cues.asks_why(reading.words) and not self._signs.asks_facet(reading):
            facet = BASIS
        elif state.focus.get("facet") and self._carries_facet(reading):
            facet = state.focus["facet"]
        return Decision(Outcome.ANSWER, reading.intent, item, facet)

    def _is_likely(self, reading: Reading) -> bool:
        linking = reading.linking
        alone = linking.probability_of(linking.best) >= self._sure.likely_applied_for
        return alone and linking.in_scope >= self._sure.beyond

    def _carries_facet(self, reading: Reading) -> bool:
        return self._cues.carries_facet(reading.words) and not self._signs.asks_facet(reading)

    def _narrowed(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return an answer for the offered item that the message describes, or None."""
        offered = {choice["item"]: choice for choice in state.offered if choice.get("item")}
        beyond = self._signs.is_(reading, "out_of_scope", self._sure.harmful)
        if len(offered) < 2 or self._signs.chats(reading) or beyond:
            return None
        ranked = [found for found in reading.linking.candidates if found.item in offered]
        if not ranked or ranked[0].item != reading.linking.best:
            return None
        rest = ranked[1].probability if len(ranked) > 1 else 0.0
        if ranked[0].probability < max(self._sure.chosen, 2 * rest):
            return None
        choice = offered[ranked[0].item]
        facet = reading.linking.facet if self._signs.asks_facet(reading) else choice.get("facet") or "general"
        if choice.get("does") == "apply" and ranked[0].item in self._flows:
            return Decision(Outcome.APPLICATION, reading.intent, ranked[0].item, "apply")
        return Decision(Outcome.ANSWER, reading.intent, ranked[0].item, facet, choice.get("facts") or {})
