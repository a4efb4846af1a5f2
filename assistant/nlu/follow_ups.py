"""Messages about what the conversation is about already: answers to its question, ellipsis, why, going back."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.nlu.decision import Decision, Outcome, Wish
from assistant.nlu.reading import ConversationState, Reading
from assistant.nlu.signs import Signs
from assistant.nlu.topics import Topics
from knowledge_base.chinese_numbers import the_number

BASIS = "basis"
"""the facet that a question for reasons asks for"""
FOLLOW_UPS = frozenset({"ask", "apply", "inform", "track", "out_of_scope", "unclear"})
STATEMENTS = frozenset({"inform", "affirm", "deny", "correct", "cancel", "wait"})
_LEAST_NAME = 2
"""characters"""
_LONGEST_ADDITION = 12
"""characters of a question that may leave out what it is about; a longer one says it"""
_LONGEST_NUMBER_ANSWER = 16
"""characters; a longer sentence with a number in it tells more than the number"""


@dataclass(frozen=True)
class Nearness:
    """How near (0 to 1) a message must be to the item in focus to be about it though it does not say so."""

    weak_rival: float = 0.85
    """probability below which another item that is not named does not take the topic away"""
    spoken_of: float = 0.2
    """share of what is said that the guide speaks of, from which it competes with a sure other item"""
    spoken_of_alone: float = 0.25
    """the same, from which a message that seems to be for nobody's desk is about the guide"""
    told: float = 0.15
    """the same, from which a statement tells something of the case"""
    likely: float = 0.3
    """probability of the item among the candidates that says the same"""
    possible: float = 0.15
    """probability from which the item stays in play beside a likelier one"""
    surely_other: float = 0.5
    """confidence from which one of the candidates is meant, so that the item must at least be in play"""
    nothing: float = 0.01
    """probability of being for the desk below which a question must show some nearness"""
    beyond: float = 0.1
    """probability of being for the desk below which the classifier's word that it is not counts"""
    some: float = 0.05
    """probability of being for the desk from which a message may be the next topic"""
    only_one: float = 0.9
    """probability from which no second item comes to mind"""
    hint: float = 0.1
    """the least that counts as some nearness"""


class FollowUps:
    """Decide what a message says about the item in focus."""

    def __init__(self, signs: Signs, topics: Topics, near: Nearness = Nearness()) -> None:
        """Keep the signs of a message, what the guides tell, and how near is near."""
        self._signs = signs
        self._cues = signs.cues
        self._topics = topics
        self._near = near

    def plain(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return the decision for a message that by its form is about what was talked of, or None."""
        if not state.focus.get("item"):
            return None
        return (
            self._went_back(reading, state)
            or self._asked_why(reading, state)
            or self._carried(reading, state)
            or self._without_subject(reading, state)
        )

    def stays(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return an answer about the item in focus for a message that names no other one clearly, or None."""
        item = state.focus.get("item")
        if not item or state.clarifying or self._signs.chats(reading) or self._signs.is_gibberish(reading):
            return None
        linking = reading.linking
        if self._opens_topic(reading) or self._names_other(reading, item):
            return None
        if linking.verdict == "answer":
            stays = linking.best != item and self._outweighs(reading, item, str(linking.best), state)
        elif linking.verdict == "clarify":
            other = self._recalled(reading, state)
            if other is not None:
                return self._about(reading, state, other)
            possible = linking.probability_of(item) >= self._near.possible
            named = self._topics.names(reading.words, str(linking.best), beside=item)
            short = len(reading.words) <= _LONGEST_ADDITION
            adds = reading.intent in STATEMENTS or (short and self._signs.asks_facet(reading))
            stays = possible or ((adds or linking.confidence < self._near.surely_other) and not named)
        else:
            stays = self._is_near(reading, item)
        return self._about(reading, state, item) if stays else None

    def near_to(self, reading: Reading, item: str | None) -> bool:
        """Tell whether a message that is unclear by itself plainly has to do with an item."""
        if not item:
            return False
        likely = reading.linking.probability_of(item) >= self._near.likely
        return likely or self._topics.bears(reading.words, item) >= self._near.spoken_of_alone

    def is_next_topic(self, reading: Reading, state: ConversationState) -> bool:
        """Tell whether one item is so likely that, in the middle of a conversation, it is what comes next."""
        near, linking = self._near, reading.linking
        in_scope = linking.in_scope >= near.some and reading.intent != "harmful"
        best = linking.best
        return bool(state.focus.get("item")) and in_scope and linking.probability_of(best) >= near.only_one

    def replied(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return the decision for a reply to the one question that decides the case, or None."""
        item, facet = state.focus.get("item"), state.focus.get("facet") or "general"
        if not item:
            return None
        answer = Decision(Outcome.ANSWER, reading.intent, item, facet)
        linking = reading.linking
        names_another = linking.verdict == "answer" and linking.best != item
        if state.focus.get("asked") and not self._signs.asks(reading) and not names_another:
            short = len(reading.words) <= _LONGEST_NUMBER_ANSWER
            return answer if short and the_number(reading.words) is not None else None
        choosing = state.focus.get("choosing")
        if not choosing:
            return None
        if self._cues.does_not_know(reading.text) or self._cues.is_none_of_them(reading.text):
            return Decision(Outcome.ANSWER, reading.intent, item, facet, {choosing: None})
        sure_of_another = names_another and linking.confidence >= self._signs.sure.new_topic
        statement = reading.intent in ("inform", "affirm", "deny", "correct", "unclear")
        return answer if statement and not self._signs.asks(reading) and not sure_of_another else None

    def _went_back(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return an answer about an earlier item that the citizen goes back to by name, or None."""
        if not self._cues.resumes(reading.words):
            return None
        earlier = [state.focus["item"], *(state.focus.get("also") or ()), *(state.focus.get("earlier") or ())]
        if reading.linking.verdict == "answer" and reading.linking.best not in earlier:
            return None
        found = max(earlier, key=lambda item: self._recall(reading, item), default=None)
        return self._about(reading, state, found) if found and self._recall(reading, found) > 0 else None

    def _recall(self, reading: Reading, item: str) -> float:
        """Return how much a message that goes back speaks of an item: 0 for nothing, above 1 where it is called so."""
        said = self._cues.without_resuming(reading.words)
        alone = self._cues.content(said)
        called = len(alone) >= _LEAST_NAME and self._topics.is_called(alone, item)
        spoken = self._topics.bears(said, item)
        named = spoken if spoken >= self._near.spoken_of_alone else 0.0
        return called + named + reading.linking.probability_of(item)

    def _recalled(self, reading: Reading, state: ConversationState) -> str | None:
        """Return an item of the conversation that is likelier than the one in focus, or None."""
        others = [*(state.focus.get("also") or ()), *(state.focus.get("earlier") or ())]
        best = max(others, key=reading.linking.probability_of, default=None)
        least = max(self._near.hint, reading.linking.probability_of(state.focus.get("item")))
        return best if best is not None and reading.linking.probability_of(best) > least else None

    def _carried(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return the answer for a newly named thing of which the same is asked, or None.

        Of its items the one is meant that is the same step as the item in focus (both for what was lost).
        """
        item, linking = state.focus["item"], reading.linking
        alone = self._cues.content(reading.words)
        if state.clarifying or not alone:
            return None
        named = [found for found in linking.candidates if self._topics.is_called(alone, found.item, beside=item)]
        if not named:
            return None
        likely = [found.item for found in named if found.probability >= self._near.hint]
        alike = next((other for other in likely if self._topics.alike(item, other)), None)
        alike = alike if len(alone) >= _LEAST_NAME else None
        only = named[0].item if linking.verdict != "answer" and named[0].probability >= self._near.only_one else None
        meant = alike or only
        if meant is None:
            return None
        facet = reading.linking.facet if self._signs.asks_facet(reading) else state.focus.get("facet") or "general"
        return Decision(Outcome.ANSWER, reading.intent, meant, facet)

    def _asked_why(self, reading: Reading, state: ConversationState) -> Decision | None:
        """Return the legal basis for a question for reasons; a surely named item answers for itself."""
        if not self._cues.asks_why(reading.words) or self._signs.complains(reading):
            return None
        linking, item = reading.linking, state.focus.get("item")
        if linking.verdict == "answer" and self._topics.names(reading.words, str(linking.best), beside=item):
            return None
        return Decision(Outcome.ANSWER, reading.intent, item, BASIS)

    def _without_subject(self, reading: Reading, state: ConversationState) -> Decision | None:
        item, linking = state.focus.get("item"), reading.linking
        if not self._cues.without_subject(reading.words) or self._signs.chats(reading):
            return None
        if self._cues.tracks(reading.words) and not self._signs.asks_how_long(reading):
            return None
        if linking.verdict == "answer" and linking.best != item and linking.confidence >= self._signs.sure.new_topic:
            return None
        if self._signs.applies(reading, item):
            return Decision(Outcome.APPLICATION, reading.intent, item, "apply")
        if reading.intent in FOLLOW_UPS or self._signs.asks(reading):
            facet = linking.facet if linking.facet != "general" else state.focus.get("facet") or "general"
            also = tuple(Wish(other, facet) for other in state.focus.get("also") or ())
            return Decision(Outcome.ANSWER, reading.intent, item, facet, also=also)
        return None

    def _names_other(self, reading: Reading, item: str) -> bool:
        """Tell whether the message is little more than the name of another item."""
        alone, best = self._cues.content(reading.words), reading.linking.best
        return len(alone) >= _LEAST_NAME and best is not None and self._topics.is_called(alone, best, beside=item)

    def _opens_topic(self, reading: Reading) -> bool:
        linking = reading.linking
        likely = linking.verdict != "unsure" or linking.probability_of(linking.best) >= self._near.only_one
        return likely and self._cues.opens_topic(reading.words)

    def _outweighs(self, reading: Reading, item: str, other: str, state: ConversationState) -> bool:
        """Tell whether the item in focus is nearer to the message than another one that seems sure."""
        earlier = (*(state.focus.get("also") or ()), *(state.focus.get("earlier") or ()))
        if other in earlier or self._topics.names(reading.words, other, beside=item):
            return False
        if self._cues.carries_facet(reading.words):
            return False
        if reading.linking.probability_of(other) < self._near.weak_rival:
            return True
        own = self._topics.bears(reading.words, item)
        return own >= max(self._near.spoken_of, 2 * self._topics.bears(reading.words, other))

    def _is_near(self, reading: Reading, item: str) -> bool:
        """Tell whether a message that is sure of nothing is about the item in focus."""
        near, linking = self._near, reading.linking
        likely = linking.probability_of(item) >= near.likely
        spoken = self._topics.bears(reading.words, item)
        if self._signs.complains(reading):
            return likely and not self._cues.complains(reading.words)
        if self._signs.is_beyond(reading) and (linking.in_scope < near.beyond or reading.intent == "harmful"):
            return likely or spoken >= near.spoken_of_alone
        if reading.intent in STATEMENTS and not self._signs.asks(reading):
            return likely or spoken >= near.told
        hinted = linking.probability_of(item) >= near.hint or spoken >= near.hint
        return linking.in_scope >= near.nothing or hinted or self._signs.asks_facet(reading)

    def _about(self, reading: Reading, state: ConversationState, item: str) -> Decision:
        """Return an answer about an item of the conversation: what is asked of it, else what was asked last."""
        if self._signs.applies(reading, item):
            return Decision(Outcome.APPLICATION, reading.intent, item, "apply")
        told = reading.intent in STATEMENTS and not self._signs.asks(reading)
        if self._signs.asks_facet(reading) and not told:
            facet = reading.linking.facet
        else:
            facet = state.focus.get("facet") or "general" if told else "general"
        return Decision(Outcome.ANSWER, reading.intent, item, facet)
