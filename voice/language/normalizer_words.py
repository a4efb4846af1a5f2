"""The words that tell what a spoken number is: read from `resources/normalizer.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True)
class NormalizerWords:
    """Words that stand beside numbers, and words that hold numerals and are none."""

    kept: tuple[str, ...]
    hotlines: tuple[str, ...]
    before_digits: tuple[str, ...]
    before_calls: tuple[str, ...]
    letter_x: tuple[str, ...]
    measures: tuple[str, ...]
    measures_of_more: tuple[str, ...]
    places: tuple[str, ...]
    rooms: tuple[str, ...]
    before_money: tuple[str, ...]
    between: tuple[str, ...]
    day_parts: tuple[str, ...]
    clock: tuple[str, ...]
    after_hour: tuple[str, ...]


@cache
def normalizer_words() -> NormalizerWords:
    """Read the words once."""
    listed = yaml.safe_load(resources.files("voice").joinpath("resources/normalizer.yml").read_text(encoding="utf-8"))
    return NormalizerWords(**{one.name: tuple(listed[one.name]) for one in fields(NormalizerWords)})


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of these words, the longest first."""
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"
