"""Which answers wait for a member of staff's yes, as the operator says in data/approval.yml."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from actions.reply import Reply
from actions.status import AnswerStatus


class BadApproval(ValueError):
    """data/approval.yml cannot be used: an unknown key, or a value of the wrong kind."""


class HeldReason(str, Enum):
    """Why an answer waits."""

    ITEM = "item"
    CONFIDENCE = "confidence"
    PASSAGE = "passage"


@dataclass(frozen=True)
class ApprovalRules:
    """What waits, and for how long."""

    enabled: bool = False
    items: frozenset[str] = frozenset()
    """ids of the items whose answers wait"""
    below_confidence: float | None = None
    """0 to 1: answers from a guide with less confidence wait; None for no such limit"""
    passages: bool = False
    """answers from passages wait"""
    minutes: float = 10.0
    """after how long nobody's decision is one"""
    only_in_hours: bool = True
    """outside the desk's hours nothing waits"""

    @classmethod
    def load(cls, path: Path) -> ApprovalRules:
        """Read the rules from a YAML file; what it does not say is as shipped, no file is off. Raise BadApproval."""
        raw = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.exists() else {}
        if not isinstance(raw, dict) or raw.keys() - {field.name for field in fields(cls)}:
            raise BadApproval(f"{path.name}: {BadApproval.__doc__}")
        items = raw.get("items") or []
        rules = cls(**{**raw, "items": frozenset(items) if isinstance(items, list) else items})
        if not _is_sound(rules):
            raise BadApproval(f"{path.name}: {BadApproval.__doc__}")
        return rules

    @property
    def waiting_time(self) -> timedelta:
        """Return for how long an answer waits at most."""
        return timedelta(minutes=self.minutes)

    def unknown(self, items: Collection[str]) -> list[str]:
        """Return the ids that no item has, so that a misspelt one is told."""
        return sorted(self.items - set(items))

    def why_held(self, reply: Reply, is_open: bool) -> HeldReason | None:
        """Return why a reply waits, or None where it goes out at once; `is_open`: people are on duty."""
        if not self.enabled or reply.status is not AnswerStatus.ANSWERED or (self.only_in_hours and not is_open):
            return None
        drawn_on = {reply.item, *(cited.item for cited in reply.citations)} - {None}
        if not self.items.isdisjoint(drawn_on):
            return HeldReason.ITEM
        if not drawn_on:
            return HeldReason.PASSAGE if self.passages and reply.citations else None
        if self.below_confidence is not None and reply.confidence < self.below_confidence:
            return HeldReason.CONFIDENCE
        return None


def _is_sound(rules: ApprovalRules) -> bool:
    """Tell whether every value is of its kind."""
    limit = rules.below_confidence
    truths: tuple[Any, ...] = (rules.enabled, rules.passages, rules.only_in_hours)
    return (
        all(isinstance(one, bool) for one in truths)
        and isinstance(rules.items, frozenset)
        and all(isinstance(item, str) for item in rules.items)
        and (limit is None or (_is_number(limit) and 0 <= limit <= 1))
        and _is_number(rules.minutes)
        and rules.minutes > 0
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
