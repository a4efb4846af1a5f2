"""Chinese numerals, as written and as spoken."""

from __future__ import annotations

_DIGITS = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
}
_DIGITS.update({"〇": 0, "○": 0, "两": 2, "幺": 1, "俩": 2})

DIGIT_CLASS = "0-9零〇○一二三四五六七八九幺"
"""characters that stand for one digit when numbers are read out one by one"""
NUMBER_CLASS = DIGIT_CLASS + "两十廿卅百"


def digits_of(text: str) -> str:
    """Return the digits that the characters of a text stand for, one by one; others are left out."""
    return "".join(str(_DIGITS[character]) for character in text if character in _DIGITS)


def number_of(text: str) -> int | None:
    """Return the number a text stands for: 23, 二十三, 廿三, 二三, 一百零五, 二〇二六; None when it is none."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text:
        return None
    if "十" not in text and "百" not in text:
        return int(digits_of(text)) if all(character in _DIGITS for character in text) else None
    hundreds, _, rest = text.rpartition("百")
    total = 100 * (_digit(hundreds, 1) or 0) if "百" in text else 0
    if "十" in rest:
        tens, _, ones = rest.partition("十")
        parts = (_digit(tens.strip("零〇"), 1), _digit(ones, 0))
    else:
        parts = (0, _digit(rest.strip("零〇"), 0))
    if None in parts:
        return None
    return total + 10 * (parts[0] or 0) + (parts[1] or 0)


def _digit(text: str, empty: int) -> int | None:
    return empty if not text else _DIGITS.get(text)
