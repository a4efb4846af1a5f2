"""The cue words that tie a turn to the conversation: ordinals, questions without a subject."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.receipts import receipt_in

_PUNCTUATION = re.compile(r"[\s,.;!?:，。；！？：、…~“”\"'《》()（）]+")


_PLACES = {"first": 0, "second": 1, "third": 2, "last": -1}


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", text)


@dataclass(frozen=True)
class DialogueCues:
    """Compiled cue words; the words themselves stand in data/texts/dialogue.yml."""

    ordinals: tuple[tuple[re.Pattern[str], int], ...]
    none_of_them: re.Pattern[str]
    subjectless_words: re.Pattern[str]
    facet_carriers: re.Pattern[str]
    questions: re.Pattern[str]
    wishes: re.Pattern[str]
    addressing: re.Pattern[str]
    politeness: re.Pattern[str]
    tracking: re.Pattern[str]
    resuming: re.Pattern[str]
    complaining: re.Pattern[str]
    withdrawing: re.Pattern[str]
    persons: re.Pattern[str]
    facts: re.Pattern[str]
    reasons: re.Pattern[str]
    unknown: re.Pattern[str]
    openings: re.Pattern[str]
    ordinal_subject: re.Pattern[str]
    checklist: re.Pattern[str]
    no_checklist: re.Pattern[str]

    @classmethod
    def from_mapping(cls, cues: Mapping[str, Any]) -> DialogueCues:
        """Compile the cues of the YAML file."""
        words = sorted({word for line in cues["without_subject"] for word in line.split("|")}, key=len)
        return cls(
            ordinals=tuple((re.compile(pattern), place) for pattern, place in cues["ordinals"].items()),
            none_of_them=re.compile(cues["none_of_them"]),
            subjectless_words=re.compile("|".join([*map(re.escape, reversed(words)), r"\d+"])),
            facet_carriers=re.compile(cues["carries_facet"]),
            questions=re.compile(cues["question"]),
            wishes=re.compile(cues["wants"]),
            addressing=re.compile(cues["addresses"]),
            politeness=re.compile(cues["politeness"]),
            tracking=re.compile(cues["tracking"]),
            resuming=re.compile(cues["resumes"]),
            complaining=re.compile(cues["complains"]),
            withdrawing=re.compile(cues["withdraws"]),
            persons=re.compile(cues["person"], re.IGNORECASE),
            facts=re.compile(cues["facts"]),
            reasons=re.compile(cues["asks_why"]),
            unknown=re.compile(cues["unknown"]),
            openings=re.compile(cues["opens_topic"]),
            ordinal_subject=re.compile(cues["ordinal_subject"]),
            checklist=re.compile(cues["checklist"]),
            no_checklist=re.compile(cues["no_checklist"]),
        )

    def choice(self, text: str, offered: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
        """Return the offered choice that the text names by its label or its place, or None."""
        bare = _bare(text)
        real = [choice for choice in offered if choice.get("does") != "none"]
        for choice in offered:
            if bare and bare == _bare(str(choice.get("label", ""))):
                return choice
        for pattern, place in self.ordinals:
            if pattern.match(bare) and -len(real) <= place < len(real):
                return real[place]
        named = [choice for choice in offered if bare and bare in _bare(str(choice.get("label", "")))]
        return named[0] if len(named) == 1 and len(bare) >= 2 else None

    def pointed_at(self, text: str, offered: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
        """Return the offered item that a question begins with by its place, or None."""
        items = list({choice["item"]: choice for choice in offered if choice.get("item")}.values())
        found = self.ordinal_subject.match(_bare(text))
        place = _PLACES[str(found.lastgroup)] if found else len(items)
        return items[place] if len(items) > 1 and -len(items) <= place < len(items) else None

    def is_none_of_them(self, text: str) -> bool:
        """Tell whether the text says that no offered choice is meant."""
        return bool(self.none_of_them.match(_bare(text)))

    def does_not_know(self, text: str) -> bool:
        """Tell whether the text says that the citizen cannot tell which choice is theirs."""
        return bool(self.unknown.match(_bare(text)))

    def asks_why(self, text: str) -> bool:
        """Tell whether the text asks on what something rests."""
        return bool(self.reasons.search(text))

    def without_subject(self, text: str) -> bool:
        """Tell whether the text asks something and names no service of its own."""
        return len(self.content(text)) <= 1

    def content(self, text: str) -> str:
        """Return what of a text names things, without the words that only ask."""
        return self.subjectless_words.sub("", _bare(text))

    def carries_facet(self, text: str) -> bool:
        """Tell whether the text only names a new subject for the last question."""
        return bool(self.facet_carriers.match(_bare(text)))

    def wants(self, text: str) -> bool:
        """Tell whether the text asks for something to be done now."""
        return bool(self.wishes.search(text))

    def addresses(self, text: str) -> bool:
        """Tell whether the text speaks to the assistant itself."""
        return bool(self.addressing.search(text))

    def is_polite_wish(self, text: str) -> bool:
        """Tell whether the text is a wish that only ends like a question."""
        return self.wants(text) and bool(self.politeness.search(_bare(text)))

    def tracks(self, text: str) -> bool:
        """Tell whether the text asks what became of an application, or names one by its receipt number."""
        return bool(self.tracking.search(text)) or self.names_receipt(text)

    def names_receipt(self, text: str) -> bool:
        """Tell whether the text names an application by its receipt number."""
        return receipt_in(text) is not None

    def resumes(self, text: str) -> bool:
        """Tell whether the text goes on with the application where it stood."""
        return bool(self.resuming.search(text))

    def without_resuming(self, text: str) -> str:
        """Return the text without the words that only go back to something."""
        return self.resuming.sub("", text)

    def opens_topic(self, text: str) -> bool:
        """Tell whether the text begins something new."""
        return bool(self.openings.match(text))

    def complains(self, text: str) -> bool:
        """Tell whether the text asks for something to be reported or looked into."""
        return bool(self.complaining.search(text)) and not self.withdraws(text)

    def withdraws(self, text: str) -> bool:
        """Tell whether the text says that nothing is to be complained of."""
        return bool(self.withdrawing.search(text))

    def names_person(self, text: str) -> bool:
        """Tell whether the text speaks of somebody to talk to."""
        return bool(self.persons.search(text))

    def tells_facts(self, text: str) -> bool:
        """Tell whether the text tells an age, a time or an amount."""
        return bool(self.facts.search(text))

    def asks_checklist(self, text: str) -> bool:
        """Tell whether the text asks for the list of everything that is needed."""
        return bool(self.checklist.search(text)) and not self.no_checklist.search(text)

    def without_checklist(self, text: str) -> str:
        """Return what of a text names things, without the words that ask for the list."""
        return self.content(self.checklist.sub("", text))

    def is_question(self, text: str) -> bool:
        """Tell whether the text asks something."""
        return "?" in text or "？" in text or bool(self.questions.search(text))
