"""Fixed words: patterns that a message is held against with its punctuation and spaces left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import yaml
from zhconv import convert

_NOT_WORDS = re.compile(r"[\W_]+")


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of any among several."""
    return re.compile("|".join(f"(?:{one})" for one in patterns))


def read_patterns(path: Path, names: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """Return by its name a pattern of any in each of these lists of a YAML file."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: any_of(raw[name]) for name in names}


def bare(text: str) -> str:
    """Return a text in simplified script without punctuation and spaces."""
    return _NOT_WORDS.sub("", convert(text, "zh-cn"))
