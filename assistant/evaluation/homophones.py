"""Noise as speech recognition makes it: characters become others that sound alike, the same ones in every run.

It shares nothing with `knowledge_base.noise`, whose noise the confidence is fitted on: a character is read in its
sentence, not alone, and replaced from a standard list of common characters, not from our own sentences.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from random import Random

from pypinyin import lazy_pinyin

_SEED = 2026
_COMMON_ROWS, _LAST_CELL = range(0xB0, 0xD8), {0xD7: 0xF9}
"""level 1 of GB/T 2312-1980, the 3,755 most common characters, in its GB code"""


def with_homophones(text: str, share: float) -> str:
    """Replace about that share of the Chinese characters by common ones of the same toneless sound.

    What a smaller share replaces, a larger one replaces by the same character. A character that alone has its sound
    stays.
    """
    dice = Random(f"{_SEED}:{text}")
    written = []
    for character, sound in zip(text, _sounds(text), strict=True):
        alike = [other for other in common_characters().get(sound, ()) if other != character]
        chance, choice = dice.random(), dice.random()
        is_replaced = character != sound and alike and chance < share
        written.append(alike[int(choice * len(alike))] if is_replaced else character)
    return "".join(written)


def _sounds(text: str) -> list[str]:
    """Return the toneless sound of each character in its sentence; what is not Chinese stands for itself."""
    return lazy_pinyin(text, errors=list)  # type: ignore[arg-type]  # a list gives a sound for each of them


@lru_cache(maxsize=1)
def common_characters() -> dict[str, list[str]]:
    """Return the common characters by their toneless sound."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    for row in _COMMON_ROWS:
        for cell in range(0xA1, _LAST_CELL.get(row, 0xFE) + 1):
            character = bytes((row, cell)).decode("gb2312")
            by_sound[lazy_pinyin(character)[0]].append(character)
    return dict(by_sound)
