"""Numbers as they are said, by value (三百二十) or digit by digit (幺三八), and the way back."""

from __future__ import annotations

import re
from itertools import accumulate

import cn2an

_DIGITS = "零一二三四五六七八九"
_ON_THE_PHONE = str.maketrans("0123456789", "零幺二三四五六七八九")
_IN_A_YEAR = str.maketrans("0123456789", _DIGITS)
_DIGIT_OF = str.maketrans("零〇○洞一幺二两三四五六七八九", "000011223456789")
_VALUE = re.compile(
    "[零一二三四五六七八九两]|(?=.*[十百千万亿点])[零〇一二三四五六七八九两十百千万亿]+(?:点[零一二三四五六七八九]+[万亿]?)?"
)
_SHORT = re.compile("[百千万亿][一二三四五六七八九]$")
_SIZES = {"万": 10**4, "亿": 10**8}
_COUNTED = re.compile(
    "[个位份张次天周种项部名家户本岁元块万千亿人套间件条遍寸倍台辆秒只支封所笔吨亩]|年(?!级)|小时|分钟|点|平[方米]|公[里斤]|[厘毫]?米"
)
"""words before which two is 两"""


def by_value(number: str, following: str = "") -> str:
    """Return a number by its value: 320 三百二十, 3.50 三点五; 2 before a measure word is 两."""
    if number == "2" and _COUNTED.match(following):
        return "两"
    said: str = cn2an.an2cn(number.rstrip("0").rstrip(".") if "." in number else number, "low")
    return said


def by_digit(number: str) -> str:
    """Return the digits one by one as on the telephone, with 幺 for one; what is no digit stays."""
    return number.translate(_ON_THE_PHONE)


def as_year(number: str) -> str:
    """Return the digits one by one as in a year: 2026 二零二六."""
    return number.translate(_IN_A_YEAR)


def in_groups(number: str, sizes: tuple[int, ...]) -> list[str]:
    """Cut a number into groups of these sizes; the last size repeats until the end, and no digit is left alone."""
    remaining = max(0, len(number) - sum(sizes))
    every = (*sizes, *([sizes[-1]] * -(-remaining // sizes[-1])))
    ends = accumulate(every)
    groups = [group for end, size in zip(ends, every, strict=True) if (group := number[end - size : end])]
    if len(groups) > 1 and len(groups[-1]) == 1 < every[len(groups) - 1]:
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups


def digits_of(said: str) -> str:
    """Return digits said one by one in figures, 幺, 洞 and 两 among them; what is no digit stays."""
    return said.translate(_DIGIT_OF)


def value_of(said: str, short: bool = False) -> str | None:
    """Return a number said by value in figures, whole ten thousands as 3万; None where it is none (三四百, 万一).

    With `short`, the last unit may be left out: 四千二 is 4200.
    """
    if not _VALUE.fullmatch(said) or (not short and _SHORT.search(said)):
        return None
    unit = said[-1] if said[-1] in _SIZES else ""
    try:
        value = cn2an.cn2an((said[:-1] if unit and "点" in said else said).replace("〇", "零"), "normal")
    except (ValueError, KeyError):
        return None
    if "点" in said:
        return f"{value:.10g}{unit}"
    size = _SIZES.get(unit, 0)
    return f"{value // size}{unit}" if size and value % size == 0 else str(value)
