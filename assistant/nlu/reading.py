"""What was read from a message and what the conversation is waiting for: the gate's two inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.nlu.joints import Joint

if TYPE_CHECKING:
    from knowledge_base.passages.index import FoundPassage
    from knowledge_base.search import SearchResult

WORDS = "words"
"""the message key under which the sentence featurizer leaves the text in its normal form"""
ITEMS = "items"
"""the message key under which the item linker leaves its `Linking`"""
PIECES = "pieces"
"""the message key under which the item linker leaves what it found for the pieces of a sentence that has a joint"""
GATE = "gate"
"""the message key under which the confidence gate leaves its `Decision`"""
HEARD = "heard"
"""the key of a message's metadata that tells how surely its words are those that were said, 0 to 1"""


@dataclass(frozen=True)
class Ranked:
    """An item with its fused score and the probability that it is the one meant."""

    item: str
    score: float
    probability: float


@dataclass(frozen=True)
class Quoted:
    """A passage that surely answers a message, and the sentences of it that do."""

    id: str
    said: str | None
    """None for the whole passage"""

    @classmethod
    def of(cls, found: Sequence[FoundPassage]) -> Quoted | None:
        """Quote the first passage found, where it surely answers."""
        return cls(found[0].passage.passage_id, found[0].said) if found and found[0].answers else None


@dataclass(frozen=True)
class Linking:
    """The items a message may be about, best first, and how sure that is."""

    candidates: tuple[Ranked, ...] = ()
    confidence: float = 0.0
    """calibrated probability (0 to 1) that the first item is right and the question is for the desk"""
    in_scope: float = 0.0
    """probability (0 to 1) that the question is for the desk at all"""
    facet: str = "general"
    facet_probability: float = 0.0
    familiar: float = 1.0
    """share (0 to 1) of its pairs of characters that anybody else ever wrote to the desk"""
    verdict: str = "unsure"
    """answer, clarify or unsure: the confidence held against the index's thresholds"""
    passage: Quoted | None = None
    """the passage that answers where no item surely does"""

    @classmethod
    def of(cls, result: SearchResult, verdict: str) -> Linking:
        """Take over a search result, rounded for the tracker."""
        return cls(
            candidates=tuple(
                Ranked(found.item_id, round(float(found.score), 4), round(float(found.probability), 4))
                for found in result.candidates
            ),
            confidence=round(float(result.confidence), 4),
            in_scope=round(float(result.in_scope), 4),
            facet=result.facet,
            facet_probability=round(float(result.facet_probability), 4),
            familiar=round(float(result.evidence.as_dict().get("familiar", 1.0)), 4),
            verdict=verdict,
        )

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | None) -> Linking:
        """Read what `as_json` wrote; nothing gives an empty linking."""
        if not value:
            return cls()
        passage = value.get("passage")
        return cls(
            **{
                **value,
                "candidates": tuple(Ranked(**ranked) for ranked in value["candidates"]),
                "passage": Quoted(**passage) if passage else None,
            }
        )

    def as_json(self) -> dict[str, Any]:
        """Return the linking as plain dictionaries and lists."""
        candidates = [{**vars(ranked)} for ranked in self.candidates]
        return {**vars(self), "candidates": candidates, "passage": {**vars(self.passage)} if self.passage else None}

    @property
    def best(self) -> str | None:
        """The first item, if any was found."""
        return self.candidates[0].item if self.candidates else None

    def probability_of(self, item: str | None) -> float:
        """Return the probability of an item among the candidates, 0 where it is not one of them."""
        return next((found.probability for found in self.candidates if found.item == item), 0.0)


@dataclass(frozen=True)
class Part:
    """A piece of a sentence and what was found for it; without text it points to the conversation."""

    text: str
    linking: Linking = Linking()


@dataclass(frozen=True)
class Reading:
    """A message as the classifiers read it, before the conversation is considered."""

    text: str
    words: str
    """the text in its normal form: simplified, dialect and English words replaced"""
    intent: str
    intent_confidence: float
    linking: Linking
    joint: Joint | None = None
    """what holds the parts together, where the sentence has a joint"""
    parts: tuple[Part, ...] = ()
    asks_each: bool = False
    """whether the last part asks the same of every part"""

    @classmethod
    def of(
        cls, text: str, words: str, intent: Mapping[str, Any], items: Mapping[str, Any] | None, pieces: Any
    ) -> Reading:
        """Read what the components before the gate left on a message."""
        found = pieces or {}
        return cls(
            text=text,
            words=words,
            intent=intent.get("name") or "out_of_scope",
            intent_confidence=float(intent.get("confidence") or 0.0),
            linking=Linking.from_json(items),
            joint=Joint(found["joint"]) if found else None,
            parts=tuple(Part(part["text"], Linking.from_json(part["items"])) for part in found.get("parts", ())),
            asks_each=bool(found.get("asks_each")),
        )


@dataclass(frozen=True)
class ConversationState:
    """What the conversation stands at when a message comes."""

    in_application: bool = False
    expecting: Mapping[str, Any] = field(default_factory=dict)
    """{item, phase, field, type} of what the application asked last"""
    offered: Sequence[Mapping[str, Any]] = ()
    """the choices of the last reply: {label, item, facet, facts, does}"""
    focus: Mapping[str, Any] = field(default_factory=dict)
    """{item, facet, facts, also, earlier, asked, choosing}: what the conversation is about"""
    misunderstood: int = 0
    clarifying: bool = False
    """whether the last reply asked which item is meant"""

    @classmethod
    def of(cls, slots: Mapping[str, Any], active_loop: str | None) -> ConversationState:
        """Read the state from Rasa's slots."""
        return cls(
            in_application=active_loop == "application_form",
            expecting=slots.get("expecting") or {},
            offered=slots.get("offered") or (),
            focus=slots.get("focus") or {},
            misunderstood=int(slots.get("misunderstood") or 0),
            clarifying=bool(slots.get("clarifying")),
        )
