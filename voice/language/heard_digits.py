"""Characters that sound like digits, read as digits where a number is expected."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voice.language.pronunciation import confusables, sounds, syllable_distance

_SPOKEN = "零一二三四五六七八九幺洞两"
_DIGITS = frozenset(_SPOKEN + "〇0123456789")
_NEVER = frozenset("十百千万亿点个号")
_RUN = re.compile(r"d(?:[dp]*d)?")
_PAUSES = "，、 -"
_NEAR = 0.2
_SHORTEST = 3


@dataclass(frozen=True)
class DigitRun:
    """Digits said one by one, some of them heard as other characters."""

    start: int
    end: int
    meant: str
    cost: float


class HeardDigits:
    """Find runs of characters that sound like digits."""

    def __init__(self) -> None:
        """Learn the sounds of the digits."""
        self._sounds = tuple(zip(sounds(_SPOKEN), _SPOKEN, strict=True))
        self._before = frozenset(confusables()["before_digits"])
        self._after = frozenset(confusables()["after_digits"])

    def find(self, text: str, length: int | None) -> list[DigitRun]:
        """Return the runs that are a number though not every character is a digit.

        A run of the expected length is one; so is one that is all that was said, or a third of which are digits.
        """
        read = [self._digit(one, sound) for one, sound in zip(text, sounds(text), strict=True)]
        kinds = "".join(
            "d" if meant else "p" if one in _PAUSES else "-" for one, (meant, _) in zip(text, read, strict=True)
        )
        runs = (self._without_neighbours(text, *found.span(), length) for found in _RUN.finditer(kinds))
        return [
            DigitRun(
                start,
                end,
                "".join(meant or text[start + i] for i, (meant, _) in enumerate(read[start:end])),
                sum(cost for _, cost in read[start:end]),
            )
            for start, end in runs
            if self._is_number(text, start, end, length)
        ]

    def _digit(self, character: str, sound: str) -> tuple[str, float]:
        """Return the digit a character is or sounds like, and how far apart they are; nothing where it is none."""
        if character in _DIGITS:
            return character, 0.0
        if character in _NEVER:
            return "", 0.0
        cost, digit = min((syllable_distance(sound, other), digit) for other, digit in self._sounds)
        return (digit, cost) if cost <= _NEAR else ("", 0.0)

    def _without_neighbours(self, text: str, start: int, end: int, length: int | None) -> tuple[int, int]:
        """Leave out words at either end that only sound like digits, down to the expected length."""
        enough = length or _SHORTEST
        while _count(text, start, end) > enough and text[start] in self._before:
            start += 1
        while _count(text, start, end) > enough and text[end - 1] in self._after:
            end -= 1
        return start, end

    @staticmethod
    def _is_number(text: str, start: int, end: int, length: int | None) -> bool:
        count, sure = _count(text, start, end), sum(one in _DIGITS for one in text[start:end])
        if sure == count or not sure:
            return False
        whole = not text[:start].strip(_PAUSES) and not text[end:].strip(_PAUSES)
        return count == length or (count >= _SHORTEST and (whole or 3 * sure >= count))


def _count(text: str, start: int, end: int) -> int:
    return sum(one not in _PAUSES for one in text[start:end])
