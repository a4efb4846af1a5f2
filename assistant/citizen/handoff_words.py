"""The fixed words around a conversation with a person: leaving the queue, asking what was said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from actions.fixed_words import bare, read_patterns

_LONGEST = 40
"""characters"""


@dataclass(frozen=True)
class HandoffWords:
    """Patterns that must match the whole of a message."""

    leave: re.Pattern[str]
    """back to the assistant"""
    leave_message: re.Pattern[str]
    """a message with a telephone number instead of waiting"""
    message: re.Pattern[str]
    """a message is left, though nobody is waited for"""
    said: re.Pattern[str]
    """what the person said"""
    person: re.Pattern[str]
    """a person is asked for"""

    @classmethod
    def load(cls, path: Path) -> HandoffWords:
        """Read the patterns from a YAML file of lists."""
        return cls(**read_patterns(path, cls.__annotations__))

    def leaves(self, text: str) -> bool:
        """Tell whether somebody who waits goes back to the assistant."""
        return self.leave.fullmatch(_words(text)) is not None

    def leaves_message(self, text: str) -> bool:
        """Tell whether somebody who waits wants to leave a message instead."""
        return self.leave_message.fullmatch(_words(text)) is not None

    def begins_message(self, text: str) -> bool:
        """Tell whether a message does nothing but ask to leave one for the staff."""
        return self.message.fullmatch(_words(text)) is not None

    def asks_what_was_said(self, text: str) -> bool:
        """Tell whether the citizen asks what the person said."""
        return self.said.fullmatch(_words(text)) is not None

    def asks_for_person(self, text: str) -> bool:
        """Tell whether a message does nothing but ask for a person."""
        return self.person.fullmatch(_words(text)) is not None


def _words(text: str) -> str:
    """Return a text simplified, without punctuation and spaces; nothing of a long one, which says more than this."""
    return bare(text) if len(text) <= _LONGEST else ""
