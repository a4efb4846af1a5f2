"""When people are on duty to take a conversation over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

import yaml


@dataclass(frozen=True)
class OpeningHours:
    """Opening and closing time of each weekday (0 is Monday); a weekday left out is closed."""

    days: Mapping[int, tuple[time, time]]
    label: str
    """the hours as the citizen reads them"""

    @classmethod
    def load(cls, path: Path) -> OpeningHours:
        """Read the hours from a YAML file."""
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        days = {
            int(day): (time.fromisoformat(opens), time.fromisoformat(closes))
            for day, (opens, closes) in raw["days"].items()
        }
        return cls(days, raw["label"])

    def is_open(self, now: datetime) -> bool:
        """Tell whether somebody is on duty at this local time."""
        hours = self.days.get(now.weekday())
        return hours is not None and hours[0] <= now.time().replace(tzinfo=None) < hours[1]
