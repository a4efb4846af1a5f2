"""Ratings in words: what a citizen types or says while a rating is asked for, understood by rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zhconv import convert

_LONGEST = 40
"""characters of a message that is a level and nothing else"""
_NOT_WORDS = re.compile(r"[\W_]+")
_FIRST_CLAUSE = re.compile(r"\s*([^，,。；;！!？?\s]+)[，,。；;！!\s]+(.+)", re.DOTALL)


@dataclass(frozen=True)
class RatingWords:
    """Patterns of levels and declining match the whole of a message, those of reasons anywhere in it."""

    levels: Mapping[int, re.Pattern[str]]
    reasons: Mapping[str, re.Pattern[str]]
    labels: Mapping[str, str]
    """a reason's label → its code"""
    declining: re.Pattern[str]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> RatingWords:
        """Take the words from what data/ratings.yml says."""
        reasons = raw["reasons"]
        return cls(
            levels={int(level): _any(one["words"]) for level, one in raw["levels"].items()},
            reasons={code: _any(one["words"]) for code, one in reasons.items() if one["words"]},
            labels={_plain(one["label"]): code for code, one in reasons.items()},
            declining=_any(raw["declines"]),
        )

    def level(self, text: str) -> int | None:
        """Return the level that a message is, or None where it says anything else."""
        words = _plain(text) if len(text) <= _LONGEST else ""
        return next((level for level, pattern in self.levels.items() if pattern.fullmatch(words)), None)

    def level_and_why(self, text: str) -> tuple[int, str] | None:
        """Return the level that a message begins with and the words after it, where those give a reason."""
        clauses = _FIRST_CLAUSE.fullmatch(text)
        level = self.level(clauses[1]) if clauses else None
        return (level, clauses[2].strip()) if clauses and level is not None and self.why(clauses[2]) else None

    def why(self, text: str) -> tuple[str, ...]:
        """Return the codes of the reasons that a message gives."""
        label = self.labels.get(_plain(text))
        if label is not None:
            return (label,)
        simplified = convert(text, "zh-cn")
        return tuple(code for code, pattern in self.reasons.items() if pattern.search(simplified))

    def is_label(self, text: str) -> bool:
        """Tell whether a message is the label of a reason and nothing else."""
        return _plain(text) in self.labels

    def declines(self, text: str) -> bool:
        """Tell whether the citizen says no more of it."""
        return self.declining.fullmatch(_plain(text)) is not None


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns))


def _plain(text: str) -> str:
    """Return a text simplified, without punctuation and spaces."""
    return _NOT_WORDS.sub("", convert(text, "zh-cn"))
