"""Emergencies: answered by rule, before any model, with the number to call at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

_WORD = re.compile(r"\{([a-z_]+)\}")
_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])|[…~～、]+|\.{2,}")
_PUNCTUATION = str.maketrans(",;:!?；：", "，，，！？，，")
_ERASED = "＿"

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Emergency:
    """A kind of emergency, the number to call and what to say."""

    kind: str
    number: str
    reply: str
    cues: Patterns


@dataclass(frozen=True)
class LookAlike:
    """A way of speaking about danger without being in it; `despite` are the signs that it is real all the same."""

    cues: Patterns
    despite: Patterns

    def fits(self, text: str) -> bool:
        """Return whether the text only sounds like an emergency."""
        return _found(self.cues, text) and not _found(self.despite, text)


class EmergencyRules:
    """Recognise an emergency that is happening now; paperwork about one is not."""

    def __init__(
        self, emergencies: tuple[Emergency, ...], look_alikes: tuple[LookAlike, ...], idioms: Patterns
    ) -> None:
        """Keep the rules in their order: the first emergency that fits is answered."""
        self._emergencies = emergencies
        self._look_alikes = look_alikes
        self._idioms = idioms

    @classmethod
    def load(cls, path: Path) -> EmergencyRules:
        """Read the rules from data/emergencies.yml."""
        rules = yaml.safe_load(path.read_text(encoding="utf-8"))
        words: dict[str, str] = {}
        for name, pattern in rules["words"].items():
            words[name] = f"(?:{_spelled_out(pattern, words)})"
        return cls(
            tuple(
                Emergency(one["kind"], str(one["number"]), one["reply"], _compiled(one["cues"], words))
                for one in rules["emergencies"]
            ),
            tuple(
                LookAlike(_compiled(one["cues"], words), _compiled(one.get("despite", ()), words))
                for one in rules["look_alikes"]
            ),
            _compiled(rules["idioms"], words),
        )

    def recognise(self, text: str) -> Emergency | None:
        """Return the emergency that the text (simplified script) tells of, or None."""
        text = _GAP.sub("，", text.strip().translate(_PUNCTUATION))
        told = text
        for idiom in self._idioms:
            told = idiom.sub(_ERASED, told)
        emergency = next((one for one in self._emergencies if _found(one.cues, told)), None)
        if emergency is not None and any(look_alike.fits(text) for look_alike in self._look_alikes):
            return None
        return emergency


def _spelled_out(pattern: str, words: Mapping[str, str]) -> str:
    """Replace every {name} in the pattern by the vocabulary of that name."""
    return _WORD.sub(lambda match: words[match[1]], pattern)


def _compiled(patterns: Iterable[str], words: Mapping[str, str]) -> Patterns:
    return tuple(re.compile(_spelled_out(pattern, words), re.IGNORECASE) for pattern in patterns)


def _found(patterns: Patterns, text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)
