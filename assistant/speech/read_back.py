"""Numbers that were said and may have been misheard: their digits are counted, they are read back, asked for again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

from actions.flows.number_fields import NumberType
from actions.flows.steps import Expected
from actions.texts import Texts
from assistant.speech.expectations import expectation
from assistant.speech.hall import SpokenIdNumbers
from assistant.speech.spoken_digits import (
    FIGURES_APART,
    LENGTHS,
    asks_for_number,
    digits_in,
    joined_figures,
    must_be_typed,
)
from voice.language.expectation import Expectation, ExpectationKind
from voice.language.numerals import in_groups
from voice.session.reply import SpokenReply
from voice.synthesis.sentences import sentences

LEAST_CHANCE = 0.9
"""how likely every digit must be right for a number not to be read back

A confidence is the mean (geometric) probability of a token, about one a digit: of n digits it is the nth root of the
chance that all are right. Eleven digits pass from a confidence of 0.990, eighteen from 0.994; at 0.98, which is high
for a sentence, one mobile number in five is wrong. A number read back costs a yes, a wrong one the citizen's news."""

OFFER_TYPING_FROM = 2
"""failures in a row from which the citizen is told to type"""

_GROUPS = {"cn_mobile": (3, 4), "cn_id_number": (6, 4, 4, 4), "bank_account": (4,)}
_EDGES = " \t\n,，。.!！;；:：、"
_SHORTEST, _SHORTEST_IN_A_HALL = 4, 3
"""digits among other words from which they are meant as the number"""


@dataclass(frozen=True)
class Said:
    """A turn on its way to the assistant."""

    text: str = dataclass_field(repr=False)
    confidence: float
    """0 to 1"""
    typed: bool = False


@dataclass(frozen=True)
class HeardSoFar:
    """What was said of a number that the assistant has not been given."""

    stands: tuple[str, ...] = ()
    """where the application stood"""
    field: str | None = None
    """the field it is for, where another one is asked for, or none"""
    text: str = dataclass_field(default="", repr=False)
    """the turn that the assistant is given when a yes comes"""
    failures: int = 0
    """in a row"""


class ReadBack:
    """Let a turn pass to the assistant, or ask something else first, where the running application is told a number.

    In a hall others listen: no number is read aloud, and an ID number is not taken when it is said.
    """

    def __init__(self, texts: Texts, is_yes: Callable[[str], bool], least_chance: float = LEAST_CHANCE) -> None:
        """Keep the wording (data/texts/speech.yml), what tells a plain yes, and the chance that counts as sure."""
        self.hall = False
        self.so_far = HeardSoFar()
        self._texts = texts
        self._is_yes = is_yes
        self._no = re.compile(texts("read_back_denial"))
        self._id_numbers = SpokenIdNumbers(texts)
        self._least_chance = least_chance

    def take(self, said: Said, stands: Expected | None, corrected: Expected | None = None) -> Said | SpokenReply:
        """Return the turn as the assistant is to have it, or what to ask instead.

        `stands` tells what the application waits for, None without one; `corrected` is a number that is told meanwhile.
        """
        self._follow(stands)
        number = stands if asks_for_number(stands) else corrected
        if number is not None and self.so_far.text and self._is_yes(said.text):
            return self._pass(replace(said, text=self.so_far.text, confidence=1.0))
        if number is not None and self.so_far.text and self._no.fullmatch(said.text.strip(_EDGES)):
            return self._again(number, "read_back_again")
        if said.typed:
            return self._pass(said)
        if self.hall and not must_be_typed(number, self.hall) and self._id_numbers.among(said.text, number):
            return SpokenReply(tuple(sentences(self._texts("hall_id_number_later"))), expectation(stands))
        return said if number is None else self._spoken(said, number, is_asked=number is stands)

    def _spoken(self, said: Said, number: Expected, is_asked: bool) -> Said | SpokenReply:
        typed_only = must_be_typed(number, self.hall)
        found = digits_in(said.text, _SHORTEST_IN_A_HALL if typed_only else _SHORTEST)
        self.so_far = replace(self.so_far, text="", field=self.so_far.field if found else None)
        if not found:
            return said
        if typed_only:
            return self._reply(number, self._texts("hall_id_number"))
        digits = number.kind.normal(found) if isinstance(number.kind, NumberType) else found
        shortest, longest = LENGTHS[number.type or ""]
        if not shortest <= len(digits) <= longest:
            return self._again(number, "read_back_wrong_length", heard=len(digits))
        turn = digits if is_asked else self._correction(said.text, number, digits)
        if said.confidence ** len(digits) >= self._least_chance:
            is_readable = not FIGURES_APART.search(said.text) if is_asked else turn == said.text
            return self._pass(said if is_readable else replace(said, text=turn))
        self.so_far = replace(self.so_far, field=number.field, text=turn)
        return self._question(digits, number)

    def _correction(self, text: str, number: Expected, digits: str) -> str:
        """Return a turn that corrects a number: the words that were said, or words of ours where it stood alone."""
        joined = joined_figures(text)
        is_alone = not re.search(r"[^\W\dxX]", joined)
        return self._texts("read_back_correction", name=self._name(number), number=digits) if is_alone else joined

    def _follow(self, stands: Expected | None) -> None:
        """Forget what was said while the application stood elsewhere."""
        now = () if stands is None else (stands.item_id, stands.phase.value, stands.field or "")
        if now != self.so_far.stands:
            self.so_far = HeardSoFar(now)

    def _pass(self, said: Said) -> Said:
        self.so_far = HeardSoFar(self.so_far.stands)
        return said

    def _question(self, digits: str, number: Expected) -> SpokenReply:
        aloud = "read_back_on_screen" if self.hall else "read_back_aloud"
        return SpokenReply(
            tuple(sentences(self._texts(aloud, name=self._name(number), number=digits))),
            Expectation(ExpectationKind.yes_no),
            (self._texts("read_back_right"), self._texts("read_back_wrong")),
            read_back=" ".join(in_groups(digits, _GROUPS[number.type or ""])),
        )

    def _again(self, number: Expected, key: str, **told: int) -> SpokenReply:
        self.so_far = replace(self.so_far, field=number.field, text="", failures=self.so_far.failures + 1)
        length = self._texts(f"read_back_lengths_{number.type}")
        text = self._texts(key, name=self._name(number), length=length, **told)
        offer = self._texts("read_back_type_instead") if self.so_far.failures >= OFFER_TYPING_FROM else ""
        return self._reply(number, f"{text}{offer}")

    def _reply(self, number: Expected, text: str) -> SpokenReply:
        return SpokenReply(tuple(sentences(text)), expectation(number), by_keypad=must_be_typed(number, self.hall))

    def _name(self, number: Expected) -> str:
        return self._texts(f"read_back_names_{number.type}")
