"""Emergencies: recognised at the gate, before the dialogue, and answered with the number to call."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.citizen.emergency_classifier import LOOK_ALIKES, EmergencyClassifier, load_examples
from knowledge_base.checks import Finding
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
    answering: float = 0.9
    """for a text that is what an application asked for: 「我家楼下」 is a place"""


def load_kinds(path: Path) -> dict[str, EmergencyKind]:
    """Read the kinds of danger from data/emergencies/kinds.yml, in their order."""
    kinds = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        name: EmergencyKind(name, str(kind["number"]), kind["reply"], re.compile("|".join(kind["cues"])))
        for name, kind in kinds.items()
    }


def check_emergencies(folder: Path) -> list[Finding]:
    """Return what is wrong with data/emergencies: kinds without examples, examples of no kind."""
    kinds = set(load_kinds(folder / "kinds.yml"))
    told = set(load_examples(folder / "examples.yml")) - {LOOK_ALIKES}
    return [
        *(Finding("error", "emergencies/examples.yml", f"has no examples of {kind}.") for kind in sorted(kinds - told)),
        *(Finding("error", "emergencies/kinds.yml", f"has no kind {kind}.") for kind in sorted(told - kinds)),
    ]


class KindsDiffer(ValueError):
    """data/emergencies/kinds.yml and examples.yml name different kinds: mend them, then run `wenban prepare`."""


class EmergencyRecogniser:
    """Tell who is in danger now from who does paperwork about one, tells of the past or uses a figure of speech."""

    def __init__(
        self,
        kinds: dict[str, EmergencyKind],
        classifier: EmergencyClassifier,
        levels: AlarmLevels = AlarmLevels(),
    ) -> None:
        """Keep the kinds and the classifier that reads what no cue tells; raise KindsDiffer."""
        if set(classifier.names) != set(kinds):
            raise KindsDiffer(KindsDiffer.__doc__)
        self._kinds = kinds
        self._classifier = classifier
        self._levels = levels

    @classmethod
    def load(cls, data: Path, model: Path) -> EmergencyRecogniser:
        """Read the kinds from the data folder and the classifier from the folder of its model."""
        return cls(load_kinds(data / "emergencies" / "kinds.yml"), EmergencyClassifier.load(model))

    def recognise(self, text: str, is_answer: bool = False) -> EmergencyKind | None:
        """Return the emergency that a text tells of, or None; an answer that was asked for seldom tells of one."""
        text = normalise(text)
        cued = any(kind.cue.search(text) for kind in self._kinds.values())
        uncued = self._levels.answering if is_answer else self._levels.alone
        level = self._levels.beside_cue if cued else uncued
        if self._classifier.danger(text) < level:
            return None
        return self._kinds[self._classifier.kind(text)]
