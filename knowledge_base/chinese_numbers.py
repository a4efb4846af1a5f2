"""Numbers as people write them in Chinese sentences."""

from __future__ import annotations

import re

_DIGIT_SIGNS = ("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九")
_DIGITS = {sign: value for value, signs in enumerate(_DIGIT_SIGNS) for sign in signs}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_HALF = "半"
_NUMBER = re.compile(rf"\d+(?:\.\d+)?[{''.join(_UNITS)}]?|[{''.join(_DIGITS)}{''.join(_UNITS)}]{{2,}}")


def read_number(text: str) -> float | None:
    """Return the value of digits (`61`, `2.5`, `1万`) or a numeral (六十一, 一万五, 半), else None."""
    if text == _HALF:
        return 0.5
    head, unit = text[:-1], text[-1:]
    if unit in _UNITS and head.replace(".", "", 1).isdecimal():
        return float(head) * _UNITS[unit]
    if text.replace(".", "", 1).isdecimal():
        return float(text)
    return _numeral(text)


def the_number(text: str) -> float | None:
    """Return the one number a short sentence tells (我今年70了); None where there is none or more than one.

    A numeral of one sign counts only when it is all there is: 一 stands in too many words (一般, 看一下).
    """
    alone = read_number(text)
    if alone is not None:
        return alone
    found = _NUMBER.findall(text)
    return read_number(found[0]) if len(found) == 1 else None


def _numeral(text: str) -> float | None:
    if not text or any(sign not in _DIGITS and sign not in _UNITS for sign in text):
        return None
    if all(sign in _DIGITS for sign in text):
        return float("".join(str(_DIGITS[sign]) for sign in text))
    total, section, digit, last_unit = 0, 0, 0, 1
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
            last_unit = 1 if digit == 0 else last_unit
            continue
        unit = _UNITS[sign]
        if unit == 10000:
            total, section = (total + section + digit) * unit, 0
        else:
            section += (digit or (1 if section == 0 else 0)) * unit
        digit, last_unit = 0, unit
    # 一万五 and 两百三: a last digit without its unit counts one place below the unit before it.
    return float(total + section + digit * (last_unit // 10 if last_unit > 10 else 1))
