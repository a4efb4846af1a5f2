"""Words by which turns are taken: what is only a sign of listening, and what says that more will come or not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import yaml

from voice.endpointing.settings import PatienceHint
from voice.language.expectation import Expectation, ExpectationKind

_DIGITS = "0-9零〇一二两三四五六七八九幺"
_LAST = "[xX叉]"
"""the last sign of some ID numbers"""
_DIGIT = re.compile(f"[{_DIGITS}]|(?<=[{_DIGITS}]){_LAST}$")
_DIGITS_AT_THE_END = re.compile(f"[{_DIGITS}]+{_LAST}?$")
_DIGITS_OF_A_NUMBER = 3
"""from which digits in a row are a number that is told, not a value"""
_WHOLE_NUMBERS = (11, 18)
"""digits of a mobile number and of an ID"""


@dataclass(frozen=True)
class TurnWords:
    """The words, as a data file lists them."""

    fillers: frozenset[str] = frozenset()
    complete_answers: frozenset[str] = frozenset()

    @classmethod
    def load(cls, path: Path | None = None) -> TurnWords:
        """Read the words from a YAML file, the shipped one by default."""
        file = path or resources.files("voice").joinpath("resources/turn_words.yml")
        words = yaml.safe_load(file.read_text(encoding="utf-8"))
        return cls(frozenset(words["fillers"]), frozenset(words["complete_answers"]))

    def is_filler(self, text: str) -> bool:
        """Tell whether a text is made of fillers alone, in any number and order."""
        said = _letters(text)
        ends = {0}
        for end in range(1, len(said) + 1):
            if any(end - len(word) in ends and said.endswith(word, 0, end) for word in self.fillers):
                ends.add(end)
        return bool(said) and len(said) in ends

    def hint(self, text: str, expectation: Expectation) -> PatienceHint:
        """Return what the words so far say about whether more will come."""
        said = _letters(text)
        kind = expectation.kind
        if kind is ExpectationKind.yes_no and said in self.complete_answers:
            return PatienceHint.COMPLETE_ANSWER
        if kind is ExpectationKind.choice and said in _all_letters(expectation.options):
            return PatienceHint.COMPLETE_ANSWER
        if kind is ExpectationKind.digits and expectation.length:
            return _digits_hint(len(_DIGIT.findall(said)), expectation.length)
        number = _DIGITS_AT_THE_END.search(said)
        if number and len(number[0]) >= _DIGITS_OF_A_NUMBER and len(number[0]) not in _WHOLE_NUMBERS:
            return PatienceHint.DIGITS_UNFINISHED
        return PatienceHint.NONE


def _digits_hint(said: int, expected: int) -> PatienceHint:
    if said == expected:
        return PatienceHint.COMPLETE_ANSWER
    return PatienceHint.DIGITS_UNFINISHED if 0 < said < expected else PatienceHint.NONE


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _all_letters(texts: Iterable[str]) -> set[str]:
    return {_letters(text) for text in texts}
