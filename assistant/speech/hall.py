"""A hall, where others listen and look: what was said of an ID number is not taken there, nor shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from actions.flows.fields import ANY_DAY, readable
from actions.flows.number_fields import ChineseIdNumber
from actions.flows.numerals import DIGIT_CLASS
from actions.flows.steps import Expected
from actions.texts import Texts
from assistant.speech.spoken_digits import (
    LENGTHS,
    LONGEST_AMOUNT,
    PAUSE,
    asks_for_number,
    digits_in,
    joined_figures,
    must_be_typed,
)

_BETWEEN = f"(?:{PAUSE}|[ -])"
_DIGITS = re.compile(f"[{DIGIT_CLASS}]|(?<=[{DIGIT_CLASS}])[xX叉]")
_SHORTEST = 15
"""digits of an ID number of old; no other number of a person but a bank card's has as many"""
_SHORTEST_NAMED, _SHORTEST_TOLD = 4, 3


@dataclass(frozen=True)
class Shown:
    """Words as the screen of a hall shows them."""

    text: str = field(repr=False)
    type_instead: str | None = None
    """what the citizen is told where digits of an ID number were hidden"""


class SpokenIdNumbers:
    """Find ID numbers, and what may become one, in what was heard."""

    def __init__(self, texts: Texts) -> None:
        """Keep the wording (data/texts/speech.yml)."""
        self._texts = texts
        self._named = re.compile(f"(?:{texts('hall_id_named')})(?P<digits>{_run(1).pattern})")
        self._id_number = ChineseIdNumber()

    def among(self, text: str, asked: Expected | None) -> bool:
        """Tell whether somebody has said an ID number, or digits that they call one."""
        plain = joined_figures(readable(text))
        named = self._named.search(plain)
        if named is not None and digits_in(plain[named.start("digits") :], _SHORTEST_NAMED):
            return True
        is_account = asked is not None and asked.type == "bank_account"
        return self._id_number.find(plain, ANY_DAY) is not None or not is_account and bool(_LONG.search(plain))

    def shown(self, text: str, asked: Expected | None, is_draft: bool) -> Shown:
        """Return what is shown of it, the digits of an ID number as stars.

        A draft of speech that goes on hides all that may become one: what is called one, and what is longer than an
        amount and than the number that is asked for.
        """
        if must_be_typed(asked, hall=True):
            hidden = _DIGITS.sub("*", text)
            return Shown(hidden, self._texts("hall_id_number") if hidden.count("*") >= _SHORTEST_TOLD else None)
        is_said = self.among(text, asked)
        if not is_said and not is_draft:
            return Shown(text)
        is_number = asked is not None and asks_for_number(asked)
        longest = LENGTHS[asked.type or ""][1] if asked is not None and is_number and not is_said else LONGEST_AMOUNT
        hidden = _run(longest + 1).sub(_starred, self._named.sub(_starred, text))
        return Shown(hidden, self._texts("hall_id_number_later") if is_said else None)


def _run(least: int) -> re.Pattern[str]:
    """Return a pattern of so many digits or more, with pauses between."""
    more = f"(?:{_BETWEEN}*[{DIGIT_CLASS}]){{{least - 1},}}"
    return re.compile(f"[{DIGIT_CLASS}]{more}(?:{_BETWEEN}*[xX叉])?")


def _starred(found: re.Match[str]) -> str:
    digits = found.groupdict().get("digits") or found[0]
    return found[0][: len(found[0]) - len(digits)] + _DIGITS.sub("*", digits)


_LONG = _run(_SHORTEST)
