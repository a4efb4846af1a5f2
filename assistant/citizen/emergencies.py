"""Emergencies: answered by rule, before any model, with the number to call at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Emergency:
    """A kind of emergency, the number to call and what to say."""

    kind: str
    number: str
    reply: str
    cues: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]


class EmergencyRules:
    """Recognise an emergency that is happening now; paperwork about one is not."""

    def __init__(self, emergencies: tuple[Emergency, ...]) -> None:
        """Keep the rules in their order: the first that fits is answered."""
        self._emergencies = emergencies

    @classmethod
    def load(cls, path: Path) -> EmergencyRules:
        """Read the rules from data/emergencies.yml."""
        return cls(
            tuple(
                Emergency(
                    kind=entry["kind"],
                    number=str(entry["number"]),
                    reply=entry["reply"],
                    cues=tuple(re.compile(cue) for cue in entry["cues"]),
                    unless=tuple(re.compile(cue) for cue in entry.get("unless") or ()),
                )
                for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
            )
        )

    def recognise(self, text: str) -> Emergency | None:
        """Return the emergency that the text (simplified script) tells of, or None."""
        if any(pattern.search(text) for emergency in self._emergencies for pattern in emergency.unless):
            return None
        return next(
            (one for one in self._emergencies if any(cue.search(text) for cue in one.cues)),
            None,
        )
