"""What a message gives away by itself: the classifiers' words held against how sure they must be, and the cue words."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from assistant.nlu.dialogue_cues import DialogueCues
from assistant.nlu.reading import Reading

CHATTER = frozenset({"greet", "goodbye", "thanks", "smalltalk", "abuse"})
BEYOND = ("out_of_scope", "harmful", "smalltalk")
_FOR_THE_DESK = 0.75
"""probability of being for the desk from which a harmful wish must be plainly one to be refused"""
_LEAST_GIBBERISH = 3
"""characters"""
_GIBBERISH = 0.2
"""share of familiar pairs of characters below which a text is taken for noise"""
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True)
class Certainty:
    """How sure a classifier must be (0 to 1) before its word alone decides."""

    person: float = 0.5
    person_unnamed: float = 0.9
    """the same where the words speak of nobody"""
    harmful: float = 0.6
    plainly_harmful: float = 0.95
    """from here a wish is refused even when it names an item"""
    chatter: float = 0.45
    chatter_in_application: float = 0.6
    likely_applied_for: float = 0.9
    """probability of the item from which what is wanted done now is taken for it, though the search is not sure"""
    complaint: float = 0.5
    plain_complaint: float = 0.9
    """from here a complaint is taken as one even when items come to mind"""
    track: float = 0.6
    apply: float = 0.4
    out_of_scope: float = 0.45
    beyond: float = 0.15
    """probability of being for the desk below which a clear question is declined"""
    facet: float = 0.6
    """probability from which a facet counts as asked for"""
    new_topic: float = 0.9
    """item confidence from which a message without a subject is taken for a new topic all the same"""
    chosen: float = 0.5
    """probability from which an offered item is taken as chosen by a description of it"""


class Signs:
    """Read the signs of a message, wherever the conversation stands."""

    def __init__(self, cues: DialogueCues, applicable: Container[str], certainty: Certainty = Certainty()) -> None:
        """Keep the cue words, the items that can be applied for here, and how sure is sure."""
        self.cues = cues
        self.sure = certainty
        self._applicable = applicable

    def is_(self, reading: Reading, intent: str, least: float) -> bool:
        """Tell whether the classifier is that sure of an intent."""
        return reading.intent == intent and reading.intent_confidence >= least

    def asks(self, reading: Reading) -> bool:
        """Tell whether something is asked; a wish that ends politely asks nothing."""
        asks = self.cues.is_question(reading.text) or self.cues.is_question(reading.words)
        return asks and not self.cues.is_polite_wish(reading.words)

    def asks_facet(self, reading: Reading) -> bool:
        """Tell whether a certain part of a guide is asked for."""
        return reading.linking.facet != "general" and reading.linking.facet_probability >= self.sure.facet

    def applies(self, reading: Reading, item: str | None) -> bool:
        """Tell whether an item that can be applied for here is wanted now rather than asked about."""
        wants = self.cues.wants(reading.words)
        said = wants or reading.linking.facet == "apply" or self.is_(reading, "apply", self.sure.apply)
        return item in self._applicable and said and not self.asks(reading)

    def wants_person(self, reading: Reading) -> bool:
        """Tell whether somebody is asked for; where the words name nobody, the classifier must be surer."""
        named = self.cues.names_person(reading.words)
        return self.is_(reading, "human", self.sure.person if named else self.sure.person_unnamed)

    def chats(self, reading: Reading, least: float | None = None) -> bool:
        """Tell whether the message is small talk with the assistant.

        A question about the world is not, nor is what tells something of the citizen's case.
        """
        if reading.intent == "smalltalk" and self.asks(reading) and not self.cues.addresses(reading.words):
            return False
        if self.cues.tells_facts(reading.words):
            return False
        return reading.intent in CHATTER and reading.intent_confidence >= (least or self.sure.chatter)

    def tracks(self, reading: Reading) -> bool:
        """Tell whether the state of an application is asked for."""
        if self.cues.names_receipt(reading.words):
            return True
        asks_how_long = reading.linking.verdict == "answer" and reading.linking.facet == "time"
        if self.cues.tracks(reading.words) and reading.intent == "track" and not asks_how_long:
            return True
        if reading.linking.verdict == "answer" and reading.linking.facet not in ("general", "apply", "track", "time"):
            return False
        if self.cues.tracks(reading.words):
            return reading.linking.verdict != "answer"
        return self.is_(reading, "track", self.sure.track) and reading.linking.verdict == "unsure"

    def asks_how_long(self, reading: Reading) -> bool:
        """Tell whether it is asked how long something takes, rather than what became of an application."""
        asks_time = reading.linking.facet == "time" and self.asks_facet(reading) and self.asks(reading)
        return asks_time and reading.intent != "track" and not self.cues.names_receipt(reading.words)

    def harms(self, reading: Reading) -> bool:
        """Tell whether the wish would harm somebody; an item that is surely meant needs more to be refused."""
        named = (
            reading.linking.verdict == "answer" or reading.linking.in_scope > _FOR_THE_DESK or self.asks_facet(reading)
        )
        return self.is_(reading, "harmful", self.sure.plainly_harmful if named else self.sure.harmful)

    def complains(self, reading: Reading) -> bool:
        """Tell whether something is reported or complained of."""
        least = self.sure.complaint if reading.linking.verdict == "unsure" else self.sure.plain_complaint
        if self.cues.withdraws(reading.words):
            return False
        return self.cues.complains(reading.words) or self.is_(reading, "complain", least)

    def is_beyond(self, reading: Reading) -> bool:
        """Tell whether the message plainly is not for the desk."""
        return any(self.is_(reading, beyond, self.sure.out_of_scope) for beyond in BEYOND)

    def is_gibberish(self, reading: Reading) -> bool:
        """Tell whether hardly two characters stand together as people ever write them."""
        text = reading.words
        return len(text) >= _LEAST_GIBBERISH and not _LATIN.search(text) and reading.linking.familiar < _GIBBERISH
