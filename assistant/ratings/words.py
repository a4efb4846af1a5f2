"""Ratings in words: what a citizen types or says while a rating is asked for, understood by rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhconv import convert

from actions.fixed_words import any_of, bare

_LONGEST = 40
"""characters of a message that is a level and nothing else"""
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
            levels={int(level): any_of(one["words"]) for level, one in raw["levels"].items()},
            reasons={code: any_of(one["words"]) for code, one in reasons.items() if one["words"]},
            labels={bare(one["label"]): code for code, one in reasons.items()},
            declining=any_of(raw["declines"]),
        )

    def level(self, text: str) -> int | None:
        """Return the level that a message is, or None where it says anything else."""
        words = bare(text) if len(text) <= _LONGEST else ""
        return next((level for level, pattern in self.levels.items() if pattern.fullmatch(words)), None)

    def level_and_why(self, text: str) -> tuple[int, str] | None:
        """Return the level that a message begins with and the words after it, where those give a reason."""
        clauses = _FIRST_CLAUSE.fullmatch(text)
        level = self.level(clauses[1]) if clauses else None
        return (level, clauses[2].strip()) if clauses and level is not None and self.why(clauses[2]) else None

    def why(self, text: str) -> tuple[str, ...]:
        """Return the codes of the reasons that a message gives."""
        label = self.labels.get(bare(text))
        if label is not None:
            return (label,)
        simplified = convert(text, "zh-cn")
        return tuple(code for code, pattern in self.reasons.items() if pattern.search(simplified))

    def is_label(self, text: str) -> bool:
        """Tell whether a message is the label of a reason and nothing else."""
        return bare(text) in self.labels

    def declines(self, text: str) -> bool:
        """Tell whether the citizen says no more of it."""
        return self.declining.fullmatch(bare(text)) is not None
