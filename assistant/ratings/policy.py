"""How services are rated, as the operator says in data/ratings.yml: levels, reasons, when it is asked, what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from assistant.ratings.words import RatingWords
from storage.rating_records import LEVELS, LOW_LEVELS, RatedKind
from storage.ratings import RatingPeriods


class BadRatings(ValueError):
    """data/ratings.yml cannot be used: a level or its days are missing, or a reason is for a kind that is none."""


@dataclass(frozen=True)
class Reason:
    """Why a rating is low."""

    code: str
    label: str
    of: frozenset[RatedKind]


@dataclass(frozen=True)
class RatingPolicy:
    """The levels' labels are by level, 5 to 1; `working_days` by low level."""

    labels: Mapping[int, str]
    reasons: Mapping[str, Reason]
    words: RatingWords
    periods: RatingPeriods
    ended_within: timedelta
    quiet_after_emergency: timedelta
    quiet_after_asking: timedelta
    words_within: timedelta
    longest_comment: int
    """characters"""
    without_items: tuple[str, ...]
    """applications for these are not asked about"""
    working_days: Mapping[int, int]
    due_soon_days: int
    """working days"""

    @classmethod
    def load(cls, path: Path) -> RatingPolicy:
        """Read the file; raise BadRatings."""
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        levels, reasons, asking, follow_up = raw["levels"], raw["reasons"], raw["asking"], raw["follow_up"]
        if set(levels) != set(LEVELS) or set(follow_up["working_days"]) != LOW_LEVELS:
            raise BadRatings(f"{path.name}: the levels are {LEVELS}, the low ones {sorted(LOW_LEVELS)}.")
        return cls(
            labels={level: str(levels[level]["label"]) for level in LEVELS},
            reasons={code: _reason(code, one) for code, one in reasons.items()},
            words=RatingWords.of(raw),
            periods=RatingPeriods(
                give=timedelta(days=asking["give_within_days"]), change=timedelta(hours=asking["change_within_hours"])
            ),
            ended_within=timedelta(hours=asking["ended_within_hours"]),
            quiet_after_emergency=timedelta(hours=asking["quiet_after_emergency_hours"]),
            quiet_after_asking=timedelta(hours=asking["quiet_after_asking_hours"]),
            words_within=timedelta(minutes=asking["words_within_minutes"]),
            longest_comment=int(asking["longest_comment"]),
            without_items=tuple(asking["without_items"]),
            working_days={int(level): int(days) for level, days in follow_up["working_days"].items()},
            due_soon_days=int(follow_up["due_soon_days"]),
        )

    def reasons_for(self, kind: RatedKind) -> tuple[Reason, ...]:
        """Return the reasons that are offered for a kind of service."""
        return tuple(reason for reason in self.reasons.values() if kind in reason.of)


def _reason(code: str, raw: Mapping[str, Any]) -> Reason:
    try:
        return Reason(code, str(raw["label"]), frozenset(map(RatedKind, raw.get("of") or RatedKind)))
    except ValueError as error:
        raise BadRatings(f"The reason {code}: {error}.") from error
