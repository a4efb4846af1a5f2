"""The way back: how a written reply is said aloud.

Numbers that identify (ID, telephone, receipt) are said digit by digit in groups, dates and money by value; brackets,
list marks and addresses of pages are not said.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from voice.language.numerals import as_year, by_digit, by_value, in_groups

_PAUSE = "，"
_HIDDEN = "*＊•●"
_NUMBER = r"\d+(?:\.\d+)?"
_BRACKETED = re.compile(r"[（(【\[]([^（()）【】\[\]]*)[）)】\]]")
_AS_IT_IS_UP_TO = 4
_LIST_MARK = re.compile(r"(?m)^\s*(?:[-*•·●○■◆▪]|[（(]?\d{1,2}[)）]|\d{1,2}[.、](?!\d)|[①-⑳])\s*")
_NOT_SAID = re.compile(r"[（）()【】\[\]《》「」『』“”\"'‘’<>〈〉#*_`|~～^★☆→✓✔√]")
_SPACE = re.compile(r"(?<=[^\x00-\x7f])[ \t\u3000]+|[ \t\u3000]+(?=[^\x00-\x7f])")
_LINE_END = re.compile(r"(?<![。！？；，：、])\s*\n+\s*")

_IDENTIFIES = "(?:(?<=尾号)|(?<=编号)|(?<=邮编)|(?<=代码)|(?<=号码)|(?<=验证码))"
_COUNTED = "[元天个人年月日岁万千百块分号平米次套周件张名位家项条户本份辆吨页多余来]|小时|公"

_MEASURES = {"㎡": "平方米", "m²": "平方米", "km": "公里", "cm": "厘米", "mm": "毫米", "kg": "公斤", "℃": "度"}


def _masked(found: re.Match[str]) -> str:
    start, end = found["start"] or "", found["end"] or ""
    said = [f"{by_digit(start)}开头"] if start else []
    said += [f"尾号{by_digit(end)}"] if end else []
    return _PAUSE.join(said) or "已隐去"


def _identity_number(found: re.Match[str]) -> str:
    return _PAUSE.join(by_digit(group) for group in in_groups(found[0].upper(), (6, 4, 4, 4))).replace("X", "叉")


def _telephone(found: re.Match[str]) -> str:
    number = re.sub(r"\D", "", found[0])
    return _PAUSE.join(map(by_digit, in_groups(number, (3, 3, 4) if len(number) == 10 else (3, 4))))


def _area_and_telephone(found: re.Match[str]) -> str:
    return _PAUSE.join(map(by_digit, [found["area"], *in_groups(found["number"], (4,))]))


def _code(found: re.Match[str]) -> str:
    """Say a receipt number or a code: letters one by one, digits in groups of four."""
    parts = re.findall(r"[A-Za-z]+|\d+", found[0])
    said = [
        " ".join(part.upper()) if part.isalpha() else _PAUSE.join(map(by_digit, in_groups(part, (4,))))
        for part in parts
    ]
    return _PAUSE.join(said)


def _date(found: re.Match[str]) -> str:
    month, day = by_value(str(int(found["month"]))), by_value(str(int(found["day"])))
    return f"{as_year(found['year'])}年{month}月{day}日"


def _counted(found: re.Match[str]) -> str:
    """Say a number by its value; 第2个 is 第二个, where 2个 is 两个."""
    return found["ordinal"] + by_value(found["number"], "" if found["ordinal"] else found["after"])


def _time(found: re.Match[str]) -> str:
    hour, minute = by_value(str(int(found[1]))), int(found[2])
    if minute == 0:
        return f"{hour}点"
    return f"{hour}点{'零' if minute < 10 else ''}{by_value(str(minute))}分"


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<=\d),(?=\d{3})"), ""),
    (re.compile(r"(?:https?://|www\.)\S+?(?=[，。；！？、）)\s]|$)"), "屏幕上的网址"),
    (re.compile(rf"(?<=[\u4e00-\u9fff])[{_HIDDEN}]{{1,2}}(?![\d{_HIDDEN}])"), "某"),
    (re.compile(rf"(?P<start>[\dA-Za-z]*)[{_HIDDEN}]{{2,}}(?P<end>[\dXx]*)"), _masked),
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), _identity_number),
    (re.compile(r"(?<!\d)1\d{2}(?:\d{8}|[- ]\d{4}[- ]\d{4})(?!\d)|(?<!\d)[48]00-?\d{3,4}-?\d{3,4}(?!\d)"), _telephone),
    (re.compile(r"(?<![\d-])(?:\d{8}-\d{7}|\d{3}-\d{3}-\d{3})(?![\d-])"), _code),
    (re.compile(r"(?<!\d)(?P<area>0\d{2,3})-(?P<number>\d{5,8})(?!\d)"), _area_and_telephone),
    (re.compile(r"(?<![A-Za-z\d])(?=[A-Za-z\d-]*\d)(?:[A-Za-z]+-?)+\d{4,}[A-Za-z\d-]*"), _code),
    (re.compile(r"(?<!\d)(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"), _date),
    (re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"), _date),
    (
        re.compile(r"(?<!\d)(?:(?:19|20)\d\d(?=学?年|[-—~～至到]+(?:19|20)\d\d学?年)|[05-9][05](?=后))"),
        lambda f: as_year(f[0]),
    ),
    (re.compile(r"(?<!\d)([01]?\d|2[0-4])[:：]([0-5]\d)(?!\d)"), _time),
    (
        re.compile(
            r"(?<=[点分天年月日个岁\d元%％零一二三四五六七八九])\s*[-–—~～]+\s*(?=[\d零一二三四五六七八九十两])"
        ),
        "到",
    ),
    (re.compile(r"(?<=\d)×(?=\d)"), "乘"),
    (re.compile(r"(?<=[元次天个])/(?=[年月天次个人本份])"), "每"),
    (re.compile(rf"[¥￥]\s*({_NUMBER})"), lambda found: f"{by_value(found[1])}元"),
    (re.compile(rf"({_NUMBER})\s*[%％]"), lambda found: f"百分之{by_value(found[1])}"),
    (re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,3})(?![\d/])"), lambda f: f"{by_value(f[2])}分之{by_value(f[1])}"),
    (re.compile(rf"{_IDENTIFIES}\d{{3,}}(?!\d)|(?<![\d.])\d{{3,4}}(?=室)"), lambda found: by_digit(found[0])),
    # the numbers one calls, and whatever is too long to have a value or begins with a nought
    (
        re.compile(rf"(?<![\d.])(?:11[0129]|12[02]|12\d{{3}}|9[56]\d{{3,4}})(?![\d.]|{_COUNTED})"),
        lambda f: by_digit(f[0]),
    ),
    (re.compile(r"(?<![\d.])(?:0\d+|\d{8,})(?![\d.])"), lambda f: _PAUSE.join(map(by_digit, in_groups(f[0], (4,))))),
    (re.compile(rf"(?P<ordinal>第?)(?P<number>{_NUMBER})(?=(?P<after>.{{0,2}}))"), _counted),
)


def spoken_form(text: str) -> str:
    """Return a written text as it is said aloud; what has no sound of its own is left out."""
    text = _LIST_MARK.sub("", text)
    text = _BRACKETED.sub(_bracketed, text)
    for measure, said in _MEASURES.items():
        text = re.sub(rf"(?<=\d)\s*{re.escape(measure)}(?![A-Za-z])", said, text)
    for pattern, said_as in _RULES:
        text = pattern.sub(said_as, text)
    text = _LINE_END.sub("。", text.strip()).replace("\n", "")
    return re.sub(r"，{2,}", _PAUSE, _SPACE.sub("", _NOT_SAID.sub("", text))).strip("，")


def _bracketed(found: re.Match[str]) -> str:
    inside = found[1]
    return inside if len(inside) <= _AS_IT_IS_UP_TO else f"{_PAUSE}{inside}{_PAUSE}"
