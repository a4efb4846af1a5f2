"""Digits as they stand in what was heard: which are meant as a number, and where pauses stand between them."""

from __future__ import annotations

import re

from actions.flows.fields import readable
from actions.flows.number_fields import runs
from actions.flows.steps import Expected
from assistant.citizen.awaited import ID_NUMBER_END
from assistant.speech.expectations import expectation
from voice.language.expectation import ExpectationKind
from voice.language.normalizer_words import normalizer_words

ID_NUMBER = "cn_id_number"
LENGTHS = {"cn_mobile": (11, 11), ID_NUMBER: (18, 18), ID_NUMBER_END: (4, 4), "bank_account": (16, 19)}
"""the least and the most digits"""
_NEVER_ALOUD = (ID_NUMBER, ID_NUMBER_END)
LONGEST_AMOUNT = 6
"""digits of an amount, a year, a postcode: what is longer is a number whatever is said of it"""
PAUSE = "[，、。,.…]"
FIGURES_APART = re.compile(rf"\d{PAUSE}+[\dxX]")
"""pauses that field types do not read over"""
_PAUSES = re.compile(f"{PAUSE}+")
_PAUSE_BETWEEN = re.compile(rf"(?<=\d){PAUSE}+(?=[\dxX])")


def asks_for_number(expected: Expected | None) -> bool:
    """Tell whether a running application asks for a number that is told digit by digit."""
    return expected is not None and expected.type in LENGTHS and expectation(expected).kind is ExpectationKind.digits


def must_be_typed(expected: Expected | None, hall: bool) -> bool:
    """Tell whether what is expected is not to be said where others listen."""
    return hall and expected is not None and asks_for_number(expected) and expected.type in _NEVER_ALOUD


def joined_figures(text: str) -> str:
    """Return a text with the pauses between its figures left out."""
    return _PAUSE_BETWEEN.sub("", text)


def digits_in(text: str, least: int) -> str:
    """Return the longest run of digits that is meant as a number: all that is said, or so many that are no amount.

    Hotlines are none: whoever calls for help while a number is asked is heard.
    """
    plain, words = _PAUSES.sub(" ", readable(text)).strip(), normalizer_words()
    measures = (*words.measures, *words.measures_of_more)
    found = [
        run.digits
        for run in runs(plain)
        if (run.start, run.end) == (0, len(plain))
        or len(run.digits) > LONGEST_AMOUNT
        or (len(run.digits) >= least and not plain.startswith(measures, run.end))
    ]
    longest = max(found, key=len, default="")
    return "" if longest in words.hotlines else longest
