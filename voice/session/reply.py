"""An answer of the assistant, as a spoken session knows it, and how much of it a citizen has been given.

Texts are kept out of `repr`, so that no log of an answer holds what it says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from voice.language.expectation import ANYTHING, Expectation


@dataclass(frozen=True)
class SpokenReply:
    """An answer of the assistant, as far as a spoken session needs to know it."""

    sentences: tuple[str, ...] = field(repr=False)
    """what is said, in order, as written"""
    expectation: Expectation = field(default=ANYTHING, repr=False)
    """what is expected next"""
    choices: tuple[str, ...] = field(default=(), repr=False)
    """what may be touched in answer"""
    with_person: bool = False
    """whether a person has the conversation, who answers when they can"""
    read_back: str = field(default="", repr=False)
    """the number that is asked to be confirmed, in groups, for the screen of whoever said it"""
    by_keypad: bool = False
    """whether what is asked is not to be said here, where others listen"""
    kept: bool = True
    """whether it stands in the conversation's transcript, from which a client may have it as well"""


class Heard(str, Enum):
    """How much of the reply before it a citizen had been given when a turn began."""

    NOTHING = "nothing"
    """a yes cannot have been meant for its question"""
    PART = "part"
    WHOLE = "whole"
