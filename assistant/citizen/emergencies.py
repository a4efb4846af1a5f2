"""Emergencies: recognised at the gate, before the dialogue, and answered with the number to call."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.citizen.emergency_classifier import EmergencyClassifier
from knowledge_base.text import normalise


@dataclass(frozen=True)
class EmergencyKind:
    """A kind of danger, the number to call and what to do until help comes."""

    name: str
    number: str
    reply: str
    cue: re.Pattern[str]
    """words that hardly ever mean anything else"""


@dataclass(frozen=True)
class AlarmLevels:
    """How likely danger must be (0 to 1) for an alarm.

    A missed emergency costs far more than a false alarm, which a word of the citizen puts right (docs/decisions/0004).
    """

    alone: float = 0.25
    beside_cue: float = 0.05


def load_kinds(path: Path) -> dict[str, EmergencyKind]:
    """Read the kinds of danger from data/emergencies/kinds.yml, in their order."""
    kinds = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        name: EmergencyKind(name, str(kind["number"]), kind["reply"], re.compile("|".join(kind["cues"])))
        for name, kind in kinds.items()
    }


class EmergencyRecogniser:
    """Tell who is in danger now from who does paperwork about one, tells of the past or uses a figure of speech."""

    def __init__(
        self,
        kinds: dict[str, EmergencyKind],
        classifier: EmergencyClassifier,
        levels: AlarmLevels = AlarmLevels(),
    ) -> None:
        """Keep the kinds and the classifier that reads what no cue tells."""
        self._kinds = kinds
        self._classifier = classifier
        self._levels = levels

    @classmethod
    def load(cls, data: Path, model: Path) -> EmergencyRecogniser:
        """Read the kinds from the data folder and the classifier from the folder of its model."""
        return cls(load_kinds(data / "emergencies" / "kinds.yml"), EmergencyClassifier.load(model))

    def recognise(self, text: str) -> EmergencyKind | None:
        """Return the emergency that a text tells of, or None."""
        text = normalise(text)
        cued = next((kind for kind in self._kinds.values() if kind.cue.search(text)), None)
        level = self._levels.beside_cue if cued else self._levels.alone
        if self._classifier.danger(text) < level:
            return None
        return self._kinds[self._classifier.kind(text)]
