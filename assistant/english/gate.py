"""Questions in English, answered at the gate: the overview of the item that is meant, before the Chinese dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk.events import EventType

from actions.application_form import asked_again
from actions.citations import citations_of
from actions.flows.fields import is_attempt
from actions.flows.place_fields import FreeText
from actions.flows.steps import Expected, Phase
from actions.focus import focus_on
from actions.reply import Choice, Reply
from actions.services import Services
from actions.status import AnswerStatus
from actions.texts import Texts
from actions.turn import remember_choices
from assistant.citizen.emergencies import EmergencyKind
from assistant.english.emergencies import EnglishEmergencies, EnglishEmergency
from assistant.english.labels import EnglishLabels
from assistant.english.matching import EnglishMatcher, Match
from assistant.english.overview import english_overview
from assistant.english.words import split
from knowledge_base.items import ServiceItem

ENGLISH = "en"
_LEAST_WORDS = 3
"""of a question in the middle of an application; what is shorter may be an answer to it"""


@dataclass(frozen=True)
class EnglishTurn:
    """What a message in English comes to: what is replied, or that a person is asked for."""

    replies: tuple[Reply, ...] = ()
    focus: str | None = None
    """the item that the conversation is about from now on"""
    applying: bool = False
    """an application goes on after it"""

    @property
    def wants_person(self) -> bool:
        """Tell whether a person is asked for."""
        return not self.replies

    def remembered(self, focus: Mapping[str, Any]) -> list[EventType]:
        """Return what the dialogue is to know: the new focus in place of this one, and what was offered."""
        offered = remember_choices(self.replies[-1].choices)
        return [offered, focus_on(focus, [self.focus], "general", {})] if self.focus else [offered]


class EnglishGate:
    """Read what is said in English; everything else is the dialogue's."""

    def __init__(self, services: Services) -> None:
        """Read data/english for the items there are when the program starts."""
        folder = services.data / "english"
        self._services = services
        self._matcher = EnglishMatcher.load(folder, services.catalogue.items)
        self._labels = EnglishLabels.load(folder / "labels.yml")
        self._texts = Texts.load(folder / "replies.yml")
        self._emergencies = EnglishEmergencies.load(services.data)

    def emergency(self, text: str, recognised: EmergencyKind | None) -> Reply | None:
        """Return the reply to the emergency that a message tells of, in the language of the message.

        `recognised` is what the classifier of all messages makes of it. It knows little English: what is plainly a
        question about an item is no emergency, whatever it says, unless a cue tells of one.
        """
        kind: EmergencyKind | EnglishEmergency | None = self._emergencies.recognise(text)
        if kind is None and recognised is not None and self._matcher.is_english(text):
            if self._item(self._matcher.match(text)) is None:
                kind = self._emergencies.named(recognised.name) or recognised
        elif kind is None:
            kind = recognised
        if kind is None:
            return None
        language = ENGLISH if isinstance(kind, EnglishEmergency) else None
        return Reply(AnswerStatus.EMERGENCY, kind.reply, urgent={"number": kind.number}, language=language)

    def take(self, conversation_id: str, text: str, has_draft: bool) -> EnglishTurn | None:
        """Return what a message in English comes to, or None for the dialogue to find out.

        In the middle of an application only a clear question about an item is taken, and the application goes on.
        """
        if self._is(text, "person"):
            return EnglishTurn()
        none = self._is(text, "none_of_these")
        if not none and not self._matcher.is_english(text):
            return None
        match = self._matcher.match(text)
        expected = self._services.engine.expected(conversation_id) if has_draft else None
        if expected is not None:
            return self._beside(conversation_id, text, match, expected)
        item = self._item(match)
        if item is not None:
            return EnglishTurn((self._answered(item, match),), item.item_id)
        return EnglishTurn((self._unknown(match) if none else self._which(match),))

    def _beside(self, conversation_id: str, text: str, match: Match, expected: Expected) -> EnglishTurn | None:
        """Answer a question beside the application under way, unless it may be what that waits for."""
        item = self._item(match)
        if item is None or len(split(text)) < _LEAST_WORDS or expected.phase is Phase.CANCEL:
            return None
        if expected.kind is not None and (isinstance(expected.kind, FreeText) or is_attempt(expected.kind, text)):
            return None
        answer = self._overview(item, match, (self._texts("goes_on"),))
        return EnglishTurn((answer, asked_again(self._services, conversation_id)), applying=True)

    def _is(self, text: str, label: str) -> bool:
        return split(text) == split(self._texts(label))

    def _item(self, match: Match) -> ServiceItem | None:
        return self._services.catalogue.items.get(match.item or "")

    def _answered(self, item: ServiceItem, match: Match) -> Reply:
        apply: tuple[Choice, ...] = ()
        if item.item_id in self._services.flows:
            apply = (Choice(self._services.texts("can_apply"), item.item_id, "apply", does="apply"),)
        below = self._texts("below", apply=self._texts("below_apply") if apply else "")
        return self._overview(
            item, match, (below,), (Choice(item.name, item.item_id, "general"), *apply, self._person())
        )

    def _overview(
        self, item: ServiceItem, match: Match, more: tuple[str, ...], choices: tuple[Choice, ...] = ()
    ) -> Reply:
        sentences = english_overview(item, self._labels)
        return Reply(
            AnswerStatus.ANSWERED,
            "\n".join([*(sentence.text for sentence in sentences), *more]),
            item=item.item_id,
            item_name=item.name,
            facet="general",
            confidence=match.ranked[0][1],
            candidates=_candidates(match),
            choices=choices,
            citations=citations_of(sentences, self._services.catalogue.items, self._labels),
            notice=self._texts("sample") if item.sample else None,
            language=ENGLISH,
        )

    def _which(self, match: Match) -> Reply:
        """Ask which item is meant; where none comes near, say so."""
        known = self._services.catalogue.items
        items = [known[one] for one in match.choices if one in known]
        if not items:
            return self._unknown(match)
        choices = [Choice(item.english_name, item.item_id, "general") for item in items]
        return Reply(
            AnswerStatus.CLARIFIED,
            self._texts("clarify"),
            confidence=match.ranked[0][1],
            candidates=_candidates(match),
            choices=(*choices, Choice(self._texts("none_of_these"), does="none")),
            language=ENGLISH,
        )

    def _unknown(self, match: Match) -> Reply:
        return Reply(
            AnswerStatus.NOT_UNDERSTOOD if match.ranked else AnswerStatus.OUT_OF_SCOPE,
            self._texts("unknown"),
            candidates=_candidates(match),
            choices=(self._person(),),
            language=ENGLISH,
        )

    def _person(self) -> Choice:
        return Choice(self._texts("person"), does="person")


def _candidates(match: Match) -> tuple[dict[str, Any], ...]:
    return tuple({"item": item, "score": round(nearness, 3)} for item, nearness in match.ranked)
