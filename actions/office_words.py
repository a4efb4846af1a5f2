"""The fixed words about applications in the back office: reminding of one, answering what was asked for beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from actions.fixed_words import bare, read_patterns

_LONGEST = 60
"""characters of a message that does nothing else"""


@dataclass(frozen=True)
class OfficeWords:
    """`reminds` may stand anywhere in a message, the others must match the whole of it."""

    reminds: re.Pattern[str]
    reminds_only: re.Pattern[str]
    hurries: re.Pattern[str]
    supplements: re.Pattern[str]

    @classmethod
    def load(cls, path: Path) -> OfficeWords:
        """Read the patterns from a YAML file of lists."""
        return cls(**read_patterns(path, cls.__annotations__))

    def names_reminder(self, text: str) -> bool:
        """Tell whether a message about an application also reminds of it."""
        return self.reminds.search(bare(text)) is not None

    def reminds_of_application(self, text: str) -> bool:
        """Tell whether a message does nothing but remind."""
        return self._is(self.reminds_only, text)

    def wants_it_sooner(self, text: str) -> bool:
        """Tell whether a message asks for more speed and names nothing."""
        return self._is(self.hurries, text)

    def begins_supplement(self, text: str) -> bool:
        """Tell whether a message begins the answer to what was asked for beside an application."""
        return self._is(self.supplements, text)

    @staticmethod
    def _is(pattern: re.Pattern[str], text: str) -> bool:
        return len(text) <= _LONGEST and pattern.fullmatch(bare(text)) is not None
