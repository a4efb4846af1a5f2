"""The words in which citizens tell facts about themselves, from data/texts/facts.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Derivation:
    """A value that a number settles: an age below 18 makes a minor."""

    quantity: str
    dimension: str
    value: str
    at_least: float | None = None
    below: float | None = None

    def holds(self, number: float) -> bool:
        """Tell whether the number lies within the bounds."""
        return (self.at_least is None or number >= self.at_least) and (self.below is None or number < self.below)


@dataclass(frozen=True)
class NumberWords:
    """How a quantity is said; patterns have a group `number`, or `years`, `half` and `months` for a span."""

    patterns: tuple[re.Pattern[str], ...]
    least: float
    most: float
    each: bool = False
    """whether several values are said of as many people, rather than two ways at once"""


@dataclass(frozen=True)
class FactWords:
    """Patterns for facts; all of them read normalised text."""

    negated: re.Pattern[str] | None = None
    """ends right before a word that is denied"""
    silent: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    """dimension, or `any` → stretches that say nothing of it although they hold its words"""
    values: Mapping[str, Mapping[str, re.Pattern[str]]] = field(default_factory=dict)
    """dimension → value → pattern, besides the plain words of the dimension"""
    numbers: Mapping[str, NumberWords] = field(default_factory=dict)
    hedge_before: re.Pattern[str] | None = None
    hedge_after: re.Pattern[str] | None = None
    """a number next to these is a rule or a guess, not a fact"""
    same_if_unsaid: Mapping[str, str] = field(default_factory=dict)
    """quantity → the one it stands for where an item's conditions know only that"""
    derived: tuple[Derivation, ...] = ()
    districts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    depends: re.Pattern[str] | None = None
    """a numeric condition with these words cannot be judged by its number alone"""
    asked_for: tuple[str, ...] = ()
    """the dimensions that a condition may ask one value of"""
    alternatives: re.Pattern[str] = re.compile(",")
    """parts what a dimension's question offers"""
    clause: re.Pattern[str] | None = None
    """parts one clause of a condition from the next"""
    required: re.Pattern[str] | None = None
    """stands before or after the value that a clause asks for and says no more"""
    alternative: re.Pattern[str] | None = None
    """a condition with these words can be met in another way"""


NO_FACT_WORDS = FactWords()


def load_fact_words(path: Path) -> FactWords:
    """Load the patterns; `{number}` and `{duration}` inside one stand for the file's own definitions."""
    import yaml

    raw: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    duration = raw["duration"].replace("{number}", raw["number"])

    def compiled(pattern: str) -> re.Pattern[str]:
        number = f"(?P<number>{raw['number']})"
        return re.compile(pattern.replace("{duration}", duration).replace("{number}", number))

    return FactWords(
        negated=re.compile(f"(?:{raw['negated']})$"),
        silent={key: re.compile("|".join(patterns)) for key, patterns in raw["silent"].items()},
        values={
            dimension: {value: re.compile("|".join(patterns)) for value, patterns in values.items()}
            for dimension, values in raw["values"].items()
        },
        numbers={
            quantity: NumberWords(
                tuple(compiled(pattern) for pattern in said["patterns"]),
                said["least"],
                said["most"],
                said.get("each", False),
            )
            for quantity, said in raw["quantities"].items()
        },
        hedge_before=re.compile(f"(?:{raw['hedge_before']})$"),
        hedge_after=re.compile(raw["hedge_after"]),
        same_if_unsaid=raw["same_if_unsaid"],
        derived=tuple(Derivation(**one) for one in raw["derived"]),
        districts={name: (name, *words) for name, words in raw["districts"].items()},
        depends=re.compile(raw["depends"]),
        asked_for=tuple(raw["conditions"]["dimensions"]),
        alternatives=re.compile(raw["alternatives"]),
        clause=re.compile(raw["conditions"]["clause"]),
        required=re.compile(raw["conditions"]["required"]),
        alternative=re.compile(raw["conditions"]["alternative"]),
    )
