"""What the audit trail's codes mean: labels and groups, as data/audit_actions.yml says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

UNMASKING = "unmask"
"""the group of what shows personal data as it was given"""


class BadActions(ValueError):
    """data/audit_actions.yml cannot be used: each action has a label, and one of the groups."""


@dataclass(frozen=True)
class AuditAction:
    code: str
    label: str
    group: str
    subject: str | None = None
    """what kind of thing the entry's subject is, a key of `subject` in data/texts/audit.yml"""


@dataclass(frozen=True)
class AuditActions:
    """Actions by code; groups by key, in the order in which they are offered."""

    groups: Mapping[str, str]
    actions: Mapping[str, AuditAction]

    @classmethod
    def load(cls, path: Path) -> AuditActions:
        """Read the file; raise BadActions."""
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        try:
            groups: Mapping[str, str] = raw["groups"]
            actions = {code: AuditAction(code, **words) for code, words in raw["actions"].items()}
        except (KeyError, TypeError, AttributeError) as error:
            raise BadActions(f"{BadActions.__doc__} ({error})") from error
        for action in actions.values():
            if action.group not in groups:
                raise BadActions(f"{BadActions.__doc__} ({action.code})")
        return cls(groups, actions)

    def of(self, code: str) -> AuditAction:
        """Return an action; one that is unknown here is called by its code and is in no group."""
        return self.actions.get(code) or AuditAction(code, code, "")

    def codes(self, group: str) -> tuple[str, ...]:
        """Return the codes of a group."""
        return tuple(one.code for one in self.actions.values() if one.group == group)
