"""How a text is read: one syllable a character, with the words of our texts that a dictionary reads wrong put right."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml
from pypinyin import Style, lazy_pinyin, load_phrases_dict


@cache
def _polyphones_loaded() -> bool:
    text = resources.files("voice").joinpath("resources/polyphones.yml").read_text(encoding="utf-8")
    load_phrases_dict(
        {word: [[syllable] for syllable in said.split()] for word, said in yaml.safe_load(text).items()}, style="tone3"
    )
    return True


def syllables(text: str, sandhi: bool = False) -> list[str]:
    """Return the syllables of a text with tone numbers, the neutral tone as 5; what is not Chinese stays as it is.

    With `sandhi`, 一, 不 and third tones change as they do before other syllables.
    """
    _polyphones_loaded()
    read: list[str] = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=sandhi)
    return read


def toneless(text: str) -> list[str]:
    """Return the syllables of a text without their tones; every character has one, what is not Chinese is its own."""
    _polyphones_loaded()
    read: list[str] = lazy_pinyin(text, style=Style.NORMAL, errors=list)  # type: ignore[arg-type]
    return read
