"""The words of a question in English that tell what is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

_WORD = re.compile(r"[a-zé]+|\d+")
_CHINESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PLACEHOLDER = re.compile(r"\[[\u3400-\u9fff]+\d+\]")
"""personal data that was hidden"""
_SHORTEST_PLURAL = 4


@dataclass(frozen=True)
class EnglishWords:
    """Words that say nothing, and words that mean the same."""

    empty: frozenset[str]
    commands: frozenset[str]
    """what alone answers something"""
    same: Mapping[str, str]
    """word → the one that stands for all that mean the same"""

    @classmethod
    def load(cls, path: Path) -> EnglishWords:
        """Read data/english/words.yml."""
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        same = {str(word): str(words[0]) for words in raw["same"] for word in words}
        return cls(frozenset(map(str, raw["empty"])), frozenset(map(str, raw["commands"])), same)

    def of(self, text: str) -> list[str]:
        """Return the words of a text that say something, each as the one that stands for it."""
        return [self._standing(word) for word in split(text) if word not in self.empty]

    def asks(self, text: str) -> bool:
        """Tell whether a text may ask for something: it says more than a command does."""
        return any(word not in self.empty and word not in self.commands for word in split(text))

    def _standing(self, word: str) -> str:
        return self.same.get(word) or self.same.get(_singular(word), _singular(word))


def split(text: str) -> list[str]:
    """Return the words of a text in small letters, in their order."""
    return _WORD.findall(_PLACEHOLDER.sub(" ", text).lower())


def is_latin(text: str) -> bool:
    """Tell whether a text, but for hidden personal data, has no Chinese, Japanese or Korean in it."""
    return not _CHINESE.search(_PLACEHOLDER.sub("", text))


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]
