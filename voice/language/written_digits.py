"""Digits said one by one written in figures: telephone, ID and receipt numbers, codes, hotlines, room numbers."""

from __future__ import annotations

import re

from voice.language.expectation import Expectation, ExpectationKind
from voice.language.normalizer_words import NormalizerWords, any_of
from voice.language.numerals import digits_of, value_of

_DIGITS = "零〇○洞一幺二两三四五六七八九0-9"
_UNITS = "十百千万亿点"
_PAUSE = "[，、 -]"
_IN_GROUPS = re.compile(r"1[3-9]\d{9}|\d{17}[\dX]|20\d\d(?:0[1-9]|1[0-2])[0-3]\d{8}")
"""mobile, ID and receipt numbers"""
_THREE_THREES = re.compile(rf"\d{{3}}(?:{_PAUSE}{{1,2}}\d{{3}}){{2}}")
"""a number that was kept for somebody"""
_BEFORE_X = 17
_SURE = frozenset("零〇○洞幺")
"""characters that make three in a row a number read digit by digit"""
_LONG = 4
"""so many digits in a row are read one by one whatever stands beside them"""
_LONG_IN_A_NAME = 7


class DigitWriter:
    """Write digits said one by one in figures."""

    def __init__(self, words: NormalizerWords) -> None:
        """Take the words that stand beside digits."""
        run, letter = f"(?!洞)[{_DIGITS}]+", any_of(words.letter_x)
        alone, ended = f"(?<![{_DIGITS}{_UNITS}老])", f"(?![{_DIGITS}{_UNITS}年月])"
        self._hotlines = frozenset(words.hotlines)
        self._before_digits, self._before_calls, self._rooms = words.before_digits, words.before_calls, words.rooms
        self._repeated = re.compile(
            rf"(?<=[{_DIGITS}]{{2}})([两二三四五六])个([零〇幺一二三四五六七八九])(?![{_UNITS}年月岁个])"
        )
        self._groups = re.compile(rf"{alone}{run}(?:{_PAUSE}{{1,2}}{run})+(?:{_PAUSE}*{letter})?{ended}")
        self._run = re.compile(rf"{alone}{run}{ended}")
        self._x = re.compile(
            rf"(?<!\d)(\d{{{_BEFORE_X}}}){_PAUSE}*{letter}(?![A-Za-z])|(?<!\d)(\d{{3}}){letter}(?=[，。、的]|$)"
        )

    def write(self, text: str, expectation: Expectation) -> str:
        """Return the text with its digits in figures; pauses inside a number are dropped where its length is known."""
        if expectation.kind is ExpectationKind.digits and (value := value_of(text.strip("，。"))):
            return value
        text = self._repeated.sub(lambda found: digits_of(found[2]) * int(digits_of(found[1])), text)
        text = self._groups.sub(lambda found: self._joined(found[0], expectation), text)
        text = self._run.sub(lambda found: self._in_figures(found, expectation), text)
        return self._x.sub(_with_x, text)

    def _joined(self, said: str, expectation: Expectation) -> str:
        number = self._x.sub(_with_x, digits_of(re.sub(_PAUSE, "", said)))
        if expectation.kind is ExpectationKind.digits:
            fits = number[:-1].isdecimal() and len(number) <= (expectation.length or len(number))
        else:
            groups = digits_of(said)
            kept = _THREE_THREES.fullmatch(groups) and self._hotlines.isdisjoint(re.split(_PAUSE, groups))
            fits = bool(_IN_GROUPS.fullmatch(number) or kept)
        return number if fits else said

    def _in_figures(self, found: re.Match[str], expectation: Expectation) -> str:
        said, number = found[0], digits_of(found[0])
        before, after = found.string[: found.start()], found.string[found.end() :]
        in_a_room = after.startswith(self._rooms)
        if expectation.kind is ExpectationKind.name:
            sure = len(said) >= _LONG_IN_A_NAME
        elif len(said) >= _LONG or number in self._hotlines:
            sure = True
        elif len(said) == 1:
            sure = False
        elif expectation.kind is ExpectationKind.digits or before.endswith(self._before_digits):
            sure = True
        elif len(said) == 2:
            sure = in_a_room and (said[0] in _SURE or expectation.kind is ExpectationKind.address)
        else:
            sure = in_a_room or before.endswith(self._before_calls) or not _SURE.isdisjoint(said)
        return number if sure else said


def _with_x(found: re.Match[str]) -> str:
    return f"{found[1] or found[2]}X"
