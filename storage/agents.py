"""Who applied for another person (代办), as an application keeps it, encrypted with the rest of its content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from storage.application_records import Application

AGENT = "agent"
"""the key of an application's context"""


@dataclass(frozen=True)
class Agent:
    """The agent and what they stated; the ID number is masked, the whole one is kept nowhere."""

    name: str
    id_number: str
    relation: str
    """what the citizen is to the agent"""
    role: str
    """what the agent is to the citizen"""
    statement: str
    """the sentence that was put to the agent"""
    said: str
    """what the agent answered"""
    stated_at: datetime

    def as_mapping(self) -> dict[str, Any]:
        """Return the agent as it is kept."""
        return {**asdict(self), "stated_at": self.stated_at.isoformat()}

    @classmethod
    def from_mapping(cls, kept: Mapping[str, Any]) -> Agent:
        """Read what `as_mapping` wrote."""
        return cls(**{**kept, "stated_at": datetime.fromisoformat(kept["stated_at"])})


def agent_of(application: Application) -> Agent | None:
    """Return who submitted an application for another person; None for one's own, and for a draft."""
    kept = application.context.get(AGENT)
    return Agent.from_mapping(kept) if kept else None
