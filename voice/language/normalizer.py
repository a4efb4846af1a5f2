"""What was heard, as a citizen would have typed it: simplified script, punctuation, spoken numbers in digits."""

from __future__ import annotations

import re
from functools import lru_cache

import zhconv

from voice.language.expectation import Expectation, ExpectationKind
from voice.language.normalizer_words import any_of, normalizer_words
from voice.language.written_digits import DigitWriter
from voice.language.written_values import ValueWriter

_HAN = "\u3400-\u9fff〇"
_WIDE = {0x3000: " ", **{wide: chr(wide - 0xFEE0) for wide in map(ord, "％＋－／．＊＃＠０１２３４５６７８９")}}
_WIDE.update({wide: chr(wide - 0xFEE0) for start in (0xFF21, 0xFF41) for wide in range(start, start + 26)})
_NOT_SIMPLER = ("𠮶", "嗰")
"""a Cantonese word that few typefaces have in simplified script"""
_PUNCTUATION = {",": "，", "?": "？", "!": "！", ":": "：", ";": "；", ".": "。", "｡": "。", "､": "、"}
_STRENGTH = "、，：；…。！？"
_SPACE = re.compile(rf"(?<=[{_HAN}，。！？；：、…])\s+|\s+(?=[{_HAN}，。！？；：、…])")
_NARROW = re.compile(rf"(?<=[{_HAN}])\s*[,?!:;]|[,?!:;]\s*(?=[{_HAN}])|(?<=[{_HAN}])\.+(?=\s|$)|[｡､]")
_DOUBLED = re.compile(r"[、，：；…。！？]{2,}")
_NOT_FIRST = "，。、；：…！？ "
_NUMERAL = re.compile("[零〇一二三四五六七八九两十百千万亿幺洞0-9]")
_WEEKDAY = "(?:周|星期|礼拜)[一二三四五六日天]"
_HELD_FROM = 0xE000


def normalize(heard: str, expectation: Expectation) -> str:
    """Return what was heard as it would have been typed; what may be no number stays in words.

    Options and items of the expectation that hold numerals, and words that hold them by chance, are kept as they are.
    """
    text = tidy(heard)
    if not _NUMERAL.search(text):
        return text
    kept: list[str] = []

    def hold(found: re.Match[str]) -> str:
        kept.append(found[0])
        return chr(_HELD_FROM + len(kept) - 1)

    text = _kept(expectation.options + expectation.items).sub(hold, text)
    before = ""
    while text != before:
        before, text = text, _in_figures(text, expectation)
    return re.sub("[\ue000-\uf8ff]", lambda found: kept[ord(found[0]) - _HELD_FROM], text)


def tidy(heard: str) -> str:
    """Return a text in simplified script, with Chinese punctuation none of it doubled, and no spaces beside Chinese."""
    text = re.sub("[\ue000-\uf8ff]", "", heard)
    text = str(zhconv.convert(text, "zh-cn")).translate(_WIDE).replace(*_NOT_SIMPLER)
    text = _NARROW.sub(lambda found: _PUNCTUATION[found[0].strip()[0]], text)
    text = _SPACE.sub("", text.strip())
    text = _DOUBLED.sub(lambda found: max(found[0], key=_STRENGTH.index), text)
    return text.lstrip(_NOT_FIRST)


def _in_figures(text: str, expectation: Expectation) -> str:
    text = _digit_writer().write(text, expectation)
    return text if expectation.kind is ExpectationKind.name else _value_writer().write(text)


@lru_cache(maxsize=16)
def _kept(phrases: tuple[str, ...]) -> re.Pattern[str]:
    named = (tidy(phrase) for phrase in phrases)
    words = any_of((*filter(_NUMERAL.search, named), *normalizer_words().kept))
    return re.compile(f"(?<!{_NUMERAL.pattern}){words}(?!{_NUMERAL.pattern})|{_WEEKDAY}")


@lru_cache(maxsize=1)
def _digit_writer() -> DigitWriter:
    return DigitWriter(normalizer_words())


@lru_cache(maxsize=1)
def _value_writer() -> ValueWriter:
    return ValueWriter(normalizer_words())
