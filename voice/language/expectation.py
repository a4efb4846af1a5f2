"""What the dialogue expects to hear next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ExpectationKind(str, Enum):
    """What kind of answer is expected."""

    anything = "anything"
    yes_no = "yes_no"
    choice = "choice"
    digits = "digits"
    date = "date"
    name = "name"
    address = "address"
    item = "item"


@dataclass(frozen=True)
class Expectation:
    """What the dialogue expects next: a yes or no, one of some options, a number, an item."""

    kind: ExpectationKind = ExpectationKind.anything
    options: tuple[str, ...] = ()
    """the answers offered, as written"""
    items: tuple[str, ...] = ()
    """names of items that are likely to be said; numerals in them are kept as written"""
    length: int | None = None
    """how many digits the number has: 11 for a mobile number, 18 for an ID"""


ANYTHING = Expectation()
"""nothing is expected: a conversation begins, or goes where it likes"""
