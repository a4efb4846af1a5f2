"""What staff choose from, as the operator says: departments, and how a conversation ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.staff.labelled import labelled

_LONGEST_OUTCOME = 32
"""characters of a key"""


@dataclass(frozen=True)
class DeskChoices:
    """Labels by key, in the order in which they are offered."""

    departments: Mapping[str, str]
    outcomes: Mapping[str, str]

    @classmethod
    def load(cls, data: Path) -> DeskChoices:
        """Read `departments.yml` and `handoff_outcomes.yml`; raise BadList."""
        return cls(load_departments(data), labelled(data / "handoff_outcomes.yml", _LONGEST_OUTCOME))


def load_departments(data: Path) -> Mapping[str, str]:
    """Read `departments.yml`; raise BadList."""
    return labelled(data / "departments.yml")
