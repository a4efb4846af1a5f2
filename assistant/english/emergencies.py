"""Emergencies told of in English: recognised by cues, beside what the classifier of all messages makes of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.citizen.emergencies import load_kinds
from assistant.english.words import is_latin
from knowledge_base.checks import Finding

FILE = "emergencies.yml"


@dataclass(frozen=True)
class EnglishEmergency:
    """A kind of danger, the number to call and what to do until help comes, in English."""

    name: str
    number: str
    reply: str
    cues: tuple[re.Pattern[str], ...]


class EnglishEmergencies:
    """Tell who is in danger now; a word of the past or of paperwork beside a cue makes it none."""

    def __init__(self, kinds: Sequence[EnglishEmergency], unless: Sequence[re.Pattern[str]]) -> None:
        """Keep the kinds, in the order in which they are tried."""
        self._kinds = {kind.name: kind for kind in kinds}
        self._unless = tuple(unless)

    @classmethod
    def load(cls, data: Path) -> EnglishEmergencies:
        """Read data/english/emergencies.yml, with the numbers of data/emergencies/kinds.yml; raise KeyError."""
        raw = yaml.safe_load((data / "english" / FILE).read_text(encoding="utf-8"))
        numbers = {name: kind.number for name, kind in load_kinds(data / "emergencies" / "kinds.yml").items()}
        kinds = [
            EnglishEmergency(name, numbers[name], kind["reply"], tuple(map(re.compile, kind["cues"])))
            for name, kind in raw["kinds"].items()
        ]
        return cls(kinds, [re.compile(cue) for cue in raw["unless"]])

    def recognise(self, text: str) -> EnglishEmergency | None:
        """Return the emergency that a message in English tells of by a cue, or None."""
        said = text.lower().replace("\u2019", "'")
        if not is_latin(said) or any(cue.search(said) for cue in self._unless):
            return None
        return next((kind for kind in self._kinds.values() if any(cue.search(said) for cue in kind.cues)), None)

    def named(self, name: str) -> EnglishEmergency | None:
        """Return what is said in English to a kind of danger."""
        return self._kinds.get(name)


def check_english_emergencies(data: Path) -> list[Finding]:
    """Return which kinds of danger are answered in one language only."""
    told = set(yaml.safe_load((data / "english" / FILE).read_text(encoding="utf-8"))["kinds"])
    kinds = set(load_kinds(data / "emergencies" / "kinds.yml"))
    where = f"english/{FILE}"
    return [
        *(Finding("error", where, f"says nothing of {kind}.") for kind in sorted(kinds - told)),
        *(Finding("error", where, f"names {kind}, which is no kind of danger.") for kind in sorted(told - kinds)),
    ]
