"""What a rating is, and what is followed up of a low one.

The State Council Office's opinion on rating government services (国办发〔2019〕51号) has five levels, and asks for a
follow-up (回访) of each of the low ones; a second rating (二次评价) tells what came of it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

LEVELS = (5, 4, 3, 2, 1)
"""非常满意, 满意, 基本满意, 不满意, 非常不满意"""
LOW_LEVELS = frozenset({1, 2})
"""差评"""


class RatedKind(str, Enum):
    """What is rated."""

    CONVERSATION = "conversation"
    HANDOFF = "handoff"
    """what a person said, until it was handed back or closed"""
    APPLICATION = "application"
    FOLLOW_UP = "follow_up"
    """the second rating: what became of a low one"""


class Awaits(str, Enum):
    """What the citizen's next words may answer of a question."""

    LEVEL = "level"
    REASON = "reason"


@dataclass(frozen=True)
class Subject:
    """A service that may be rated."""

    kind: RatedKind
    id: str
    conversation_id: str
    item_id: str | None = None
    staff_id: str | None = None


@dataclass(frozen=True)
class Given:
    """What a citizen says of a service; personal data in the comment is masked."""

    level: int
    reasons: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True)
class Rating:
    """A question and, once it is answered, its answer."""

    id: str
    subject: Subject
    asked_at: datetime
    awaits: Awaits | None
    given: Given | None
    rated_at: datetime | None
    """when it was answered first"""

    @property
    def is_low(self) -> bool:
        """Tell whether it is one of the two low levels."""
        return self.given is not None and self.given.level in LOW_LEVELS


class FollowUpState(str, Enum):
    """Where a follow-up stands."""

    OPEN = "open"
    CONTACTED = "contacted"
    CLOSED = "closed"


class FollowUpOutcome(str, Enum):
    """How a follow-up ended."""

    RECTIFIED = "rectified"
    """整改"""
    EXPLAINED = "explained"
    """解释"""
    UNREACHABLE = "unreachable"
    CHANGED = "changed"
    """the citizen has raised the rating"""


@dataclass(frozen=True)
class FollowUp:
    """What is done about a low rating."""

    id: str
    rating: Rating
    state: FollowUpState
    due_on: date
    opened_at: datetime
    assigned_to: str | None
    contacted_at: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    outcome: FollowUpOutcome | None
    agrees: bool | None
    """whether the citizen agrees with it; None where it was not said"""
    findings: str
    second_level: int | None = None
    """of the second rating, once it is given"""


@dataclass(frozen=True)
class FollowUpNote:
    """What a member of staff wrote in a follow-up."""

    seq: int
    staff_id: str
    text: str
    told: bool
    """whether the citizen was told it"""
    at: datetime


def joined(reasons: Collection[str]) -> str:
    """Return the codes of reasons as they are kept."""
    return ",".join(reasons)
