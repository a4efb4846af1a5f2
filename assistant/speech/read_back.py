"""Numbers that were said and may have been misheard: their digits are counted, they are read back, asked for again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from actions.flows.fields import readable
from actions.flows.number_fields import NumberType, runs
from actions.flows.steps import Expected
from actions.texts import Texts
from assistant.speech.expectations import expectation
from voice.language.expectation import Expectation, ExpectationKind
from voice.language.normalizer_words import normalizer_words
from voice.language.numerals import in_groups
from voice.session.events import SpokenReply
from voice.synthesis.sentences import sentences

LEAST_CHANCE = 0.9
"""how likely every digit must be right for a number not to be read back

A confidence is the mean (geometric) probability of a token, about one a digit: of n digits it is the nth root of the
chance that all are right. Eleven digits pass from a confidence of 0.990, eighteen from 0.994; at 0.98, which is high
for a sentence, one mobile number in five is wrong. A number read back costs a yes, a wrong one the citizen's news."""

OFFER_TYPING_FROM = 2
"""failures in a row from which the citizen is told to type"""

_ID_NUMBER = "cn_id_number"
_LENGTHS = {"cn_mobile": (11, 11), _ID_NUMBER: (18, 18), "bank_account": (16, 19)}
_GROUPS = {"cn_mobile": (3, 4), _ID_NUMBER: (6, 4, 4, 4), "bank_account": (4,)}
_PAUSES = re.compile("[，、。,.…]+")
_EDGES = " \t\n,，。.!！;；:：、"
_SHORTEST, _SHORTEST_IN_A_HALL = 4, 3
"""digits among other words from which they are meant as the number"""
_LONGEST_AMOUNT = 6
"""digits of an amount, a year, a postcode: what is longer is a number whatever is said of it"""
_FIGURES_APART = re.compile(r"\d[，、。,.…]+\d")
"""pauses that field types do not read over"""


@dataclass(frozen=True)
class Said:
    """A turn on its way to the assistant."""

    text: str = field(repr=False)
    confidence: float
    """0 to 1"""
    typed: bool = False


class ReadBack:
    """Let a turn pass to the assistant, or ask something else first, where the running application asks for a number.

    In a hall others listen: no number is read aloud, and an ID number is not taken when it is said.
    """

    def __init__(self, texts: Texts, is_yes: Callable[[str], bool], least_chance: float = LEAST_CHANCE) -> None:
        """Keep the wording (data/texts/speech.yml), what tells a plain yes, and the chance that counts as sure."""
        self.hall = False
        self._texts = texts
        self._is_yes = is_yes
        self._no = re.compile(texts("read_back_denial"))
        self._least_chance = least_chance
        self._field: tuple[str, str | None] | None = None
        self._pending: str | None = None
        self._failures = 0

    def take(self, said: Said, asked: Expected | None) -> Said | SpokenReply:
        """Return the turn as the assistant is to have it, or what to ask instead; `asked` is a number, or None."""
        self._follow(asked)
        if asked is None:
            return said
        if self._pending is not None and self._is_yes(said.text):
            return self._pass(replace(said, text=self._pending, confidence=1.0))
        if self._pending is not None and self._no.fullmatch(said.text.strip(_EDGES)):
            return self._again(asked, "read_back_again")
        if said.typed:
            return self._pass(said)
        return self._spoken(said, asked)

    def _spoken(self, said: Said, asked: Expected) -> Said | SpokenReply:
        self._pending = None
        typed_only = must_be_typed(asked, self.hall)
        found = _digits(said.text, _SHORTEST_IN_A_HALL if typed_only else _SHORTEST)
        if not found:
            return said
        if typed_only:
            return self._reply(asked, self._texts("hall_id_number"))
        number = asked.kind.normal(found) if isinstance(asked.kind, NumberType) else found
        shortest, longest = _LENGTHS[asked.type or ""]
        if not shortest <= len(number) <= longest:
            return self._again(asked, "read_back_wrong_length", heard=len(number))
        if said.confidence ** len(number) >= self._least_chance:
            return self._pass(said if _FIGURES_APART.search(said.text) is None else replace(said, text=number))
        self._pending = number
        return self._question(number, asked)

    def _follow(self, asked: Expected | None) -> None:
        """Forget what was said for another field."""
        now = None if asked is None else (asked.item_id, asked.field)
        if now != self._field:
            self._field, self._pending, self._failures = now, None, 0

    def _pass(self, said: Said) -> Said:
        self._pending, self._failures = None, 0
        return said

    def _question(self, number: str, asked: Expected) -> SpokenReply:
        name = self._name(asked)
        aloud = "read_back_on_screen" if self.hall else "read_back_aloud"
        return SpokenReply(
            tuple(sentences(self._texts(aloud, name=name, number=number))),
            Expectation(ExpectationKind.yes_no),
            (self._texts("read_back_right"), self._texts("read_back_wrong")),
            read_back=" ".join(in_groups(number, _GROUPS[asked.type or ""])),
        )

    def _again(self, asked: Expected, key: str, **told: int) -> SpokenReply:
        self._pending = None
        self._failures += 1
        length = self._texts(f"read_back_lengths_{asked.type}")
        text = self._texts(key, name=self._name(asked), length=length, **told)
        offer = self._texts("read_back_type_instead") if self._failures >= OFFER_TYPING_FROM else ""
        return self._reply(asked, f"{text}{offer}")

    def _reply(self, asked: Expected, text: str) -> SpokenReply:
        return SpokenReply(tuple(sentences(text)), expectation(asked), by_keypad=must_be_typed(asked, self.hall))

    def _name(self, asked: Expected) -> str:
        return self._texts(f"read_back_names_{asked.type}")


def asks_for_number(expected: Expected | None) -> bool:
    """Tell whether a running application asks for a number that is told digit by digit."""
    return expected is not None and expected.type in _LENGTHS and expectation(expected).kind is ExpectationKind.digits


def must_be_typed(expected: Expected | None, hall: bool) -> bool:
    """Tell whether what is expected is not to be said where others listen."""
    return hall and expected is not None and asks_for_number(expected) and expected.type == _ID_NUMBER


def _digits(text: str, least: int) -> str:
    """Return the longest run of digits that is meant as a number: all that is said, or so many that are no amount.

    Hotlines are none: whoever calls for help while a number is asked is heard.
    """
    plain, words = _PAUSES.sub(" ", readable(text)).strip(), normalizer_words()
    measures = (*words.measures, *words.measures_of_more)
    found = [
        run.digits
        for run in runs(plain)
        if (run.start, run.end) == (0, len(plain))
        or len(run.digits) > _LONGEST_AMOUNT
        or (len(run.digits) >= least and not plain.startswith(measures, run.end))
    ]
    longest = max(found, key=len, default="")
    return "" if longest in words.hotlines else longest
