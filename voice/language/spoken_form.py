"""The way back: how a written reply is said aloud.

Numbers that identify (ID, telephone, receipt) are said digit by digit in groups, dates and money by value; brackets,
list marks, pictures and addresses of pages are not said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from voice.language.numerals import as_year, by_digit, by_value, in_groups

_PAUSE = "，"
_HIDDEN = "*＊•●"
_NUMBER = r"\d+(?:\.\d+)?"
_HAN = "\u4e00-\u9fff"
_WIDE = {wide: chr(wide - 0xFEE0) for wide in map(ord, "％＋－．／＜＞＝０１２３４５６７８９")}
_BRACKETED = re.compile(r"(?P<before>\d?)[（(【\[〔]([^（()）【】\[\]〔〕]*)[）)】\]〕](?P<after>\d?)")
_AS_IT_IS_UP_TO = 4
_AT_A_STRETCH = 6
_LIST_MARK = re.compile(r"(?m)^\s*(?:-(?!\d)|[*•·●○■◆▪]|[（(]?\d{1,2}[)）]|\d{1,2}[.、](?!\d)|[①-⑳])\s*")
_NOT_SAID = re.compile(
    r"[（）()【】\[\]〔〕《》「」『』“”\"'‘’<>〈〉#*_`|~～^√"
    r"\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\u200d\ufe0f\U0001f000-\U0001faff]"
)
_SPACE = re.compile(r"(?<=[^\x00-\x7f])[ \t\u3000]+|[ \t\u3000]+(?=[^\x00-\x7f])")
_LINE_END = re.compile(r"(?<![。！？；，：、])\s*\n+\s*")

_IDENTIFIES = "(?:尾号|编号|邮编|编码|代码|号码|单号|账号|卡号|学号|密码|验证码)[是为：:]?"
_COUNTED = "[元天个人年月日岁万亿千百块分号平米次套周件张名位家项条户本份辆台笔字亩间场吨页多余来]|小时|公"

_MEASURES = {
    **{"㎡": "平方米", "m²": "平方米", "km/h": "公里每小时", "km": "公里", "cm": "厘米", "mm": "毫米", "m": "米"},
    **{
        "kg": "公斤",
        "g": "克",
        "ml": "毫升",
        "mL": "毫升",
        "MB": "兆",
        "min": "分钟",
        "h": "小时",
        "℃": "度",
        "°C": "度",
    },
}


def _value(number: str, following: str = "") -> str:
    """Say a number by its value, two thousand as 两千; one that is too long for it, digit by digit."""
    try:
        return re.sub("^二(?=[千万亿])", "两", by_value(number, following))
    except ValueError:
        return by_digit(number)


def _identifying(number: str) -> str:
    return by_digit(number.upper()).replace("X", "叉")


def _masked(found: re.Match[str]) -> str:
    start, end = found["start"] or "", found["end"] or ""
    said = [f"{by_digit(start)}开头"] if start else []
    said += [f"尾号{_identifying(end)}"] if end else []
    return _PAUSE.join(said) or "已隐去"


def _identity_number(found: re.Match[str]) -> str:
    return _PAUSE.join(map(_identifying, in_groups(found[0], (6, 4, 4, 4))))


def _telephone(found: re.Match[str]) -> str:
    number = re.sub(r"\D", "", found[0])
    return _PAUSE.join(map(by_digit, in_groups(number, (3, 3, 4) if len(number) == 10 else (3, 4))))


def _area_and_telephone(found: re.Match[str]) -> str:
    return _PAUSE.join(map(by_digit, [found["area"], *in_groups(found["number"], (4,))]))


def _in_fours(found: re.Match[str]) -> str:
    return _PAUSE.join(" ".join(by_digit(group)) for group in in_groups(found[0].replace(" ", ""), (4,)))


def _named(found: re.Match[str]) -> str:
    """Say the number after what it is called, a short one at a stretch."""
    number = found["number"]
    groups = in_groups(number, (4,)) if len(number) > _AT_A_STRETCH else [number]
    return found["named"] + _PAUSE.join(map(_identifying, groups))


def _code(found: re.Match[str]) -> str:
    """Say a receipt number or a code: letters one by one, digits in groups of four."""
    parts = re.findall(r"[A-Za-z]+|\d+", found[0])
    said = [
        " ".join(part.upper()) if part.isalpha() else _PAUSE.join(map(by_digit, in_groups(part, (4,))))
        for part in parts
    ]
    return _PAUSE.join(said)


def _standard(found: re.Match[str]) -> str:
    """Say the number of a standard (GB/T 39554.1-2020), its year apart."""
    letters = " ".join(by_digit(one) for one in found["body"] if one.isalnum())
    year = f"{_PAUSE}{as_year(found['year'])}" if found["year"] else ""
    return f"{letters} {by_digit(found['number']).replace('.', '点')}{year}"


def _date(found: re.Match[str]) -> str:
    month, day = by_value(str(int(found["month"]))), by_value(str(int(found["day"])))
    return f"{as_year(found['year'])}年{month}月{day}日"


def _counted(found: re.Match[str]) -> str:
    """Say a number by its value; 第2个 is 第二个, where 2个 and 2到3个 are 两个 and 两到三个."""
    return found["ordinal"] + _value(found["number"], "" if found["ordinal"] else found["after"])


def _time(found: re.Match[str]) -> str:
    hour, minute, second = by_value(str(int(found[1])), "点"), int(found[2]), found[3]
    if minute == 0 and not second:
        return f"{hour}点"
    told = f"{hour}点{'零' if minute < 10 else ''}{by_value(str(minute))}分"
    return f"{told}{by_value(second)}秒" if second else told


def _percentage(found: re.Match[str]) -> str:
    return f"百分之{'百' if found[1] == '100' else _value(found[1])}"


def _numeral(found: re.Match[str]) -> str:
    return by_value(str(int(unicodedata.numeric(found[0]))))


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])"), lambda found: found[0].replace(",", "")),
    (re.compile(r"[\w.%+*-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+", re.ASCII), "屏幕上的邮箱地址"),
    (re.compile(r"(?:https?://|www\.)(?:[!-~]*[A-Za-z\d/])?"), "屏幕上的网址"),
    (
        re.compile(r"(?<![\w.-])(?:[A-Za-z\d-]+\.)+(?:cn|com|net|org)\b(?:/(?:[!-~]*[A-Za-z\d/])?)?", re.ASCII),
        "屏幕上的网址",
    ),
    (re.compile(rf"(?<=[{_HAN}])[{_HIDDEN}]{{1,2}}(?![\d{_HIDDEN}])"), "某"),
    (re.compile(rf"(?P<start>[\dA-Za-z]*)[{_HIDDEN}]{{2,}}(?P<end>[\dXx]*)"), _masked),
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), _identity_number),
    # a unified social credit code (GB 32100)
    (re.compile(r"(?<![A-Za-z\d])(?=\d*[A-Z])[\dA-HJ-NPQRTUWXY]{18}(?![A-Za-z\d])"), _in_fours),
    (re.compile(r"\+86[- ]?(?=1\d{2})"), ""),
    (re.compile(r"(?<!\d)1\d{2}(?:\d{8}|[- ]\d{4}[- ]\d{4})(?!\d)|(?<!\d)[48]00-?\d{3,4}-?\d{3,4}(?!\d)"), _telephone),
    (re.compile(r"(?<!\d)\d{4}(?: \d{4}){2,}(?: \d{1,4})?(?!\d)"), _in_fours),
    (re.compile(r"(?<![\d-])(?:\d{8}-\d{7}|\d{3}-\d{3}-\d{3})(?![\d-])"), _code),
    (re.compile(r"(?<!\d)(?P<area>0\d{2,3})-(?P<number>\d{5,8})(?!\d)"), _area_and_telephone),
    (re.compile(rf"(?<=转)\d{{2,5}}(?!\d|{_COUNTED})"), lambda found: by_digit(found[0])),
    (
        re.compile(
            r"(?<![A-Za-z])(?P<body>(?:GB|ISO|DB\d\d)(?:/[A-Z]+)?)[ -]?"
            r"(?P<number>\d+(?:\.\d+)*)(?:-(?P<year>(?:19|20)\d\d))?(?!\d)"
        ),
        _standard,
    ),
    (re.compile(r"(?<![A-Za-z\d])(?=[A-Za-z\d-]*\d)(?:[A-Za-z]+-?)+\d{4,}[A-Za-z\d-]*"), _code),
    (re.compile(r"(?<=\d) +(?=\d)"), _PAUSE),
    (re.compile(r"(?<!\d)(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"), _date),
    (re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"), _date),
    (
        re.compile(r"(?<!\d)(?:(?:19|20)\d\d(?=学?年|[-—~～至到]+(?:19|20)\d\d学?年)|[05-9][05](?=后))"),
        lambda f: as_year(f[0]),
    ),
    (re.compile(r"(?<!\d)([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：]([0-5]\d))?(?!\d)"), _time),
    (re.compile(r"(?<=\d)[:：](?=\d)"), "比"),
    (re.compile(r"(?:^|(?<=[\s，。；：、（(为是至到约增降差额~～])|(?<=[气室水体]温)|(?<=温度))[-−](?=\d)"), "负"),
    (re.compile(rf"负(?={_NUMBER}(?:[至到~～-]负?{_NUMBER})?度)"), "零下"),
    (
        re.compile(
            r"(?<=[点分时天年月日个岁度万亿米\d元%％零一二三四五六七八九])\s*[-–—~～]+\s*(?=[\d负零一二三四五六七八九十两]|周|星期)"
        ),
        "到",
    ),
    (re.compile(r"(?<=([号楼层项条级期页周次人米]))[-–—~～]+(?=第?\d+号?\1)"), "到"),
    (re.compile(r"(?<=\d)×(?=\d)"), "乘"),
    (re.compile(r"(?:>=|≥)(?=\d)"), "大于等于"),
    (re.compile(r"(?:<=|≤)(?=\d)"), "小于等于"),
    (re.compile(r">(?=\d)"), "大于"),
    (re.compile(r"<(?=\d)"), "小于"),
    (re.compile(r"±(?=\d)"), "正负"),
    (re.compile(r"(?<=\d)\+(?=\d)"), "加"),
    (re.compile(r"(?<=\d)\+"), "多"),
    (re.compile(r"(?<=[元次天个度米])/(?=[年月天次个人本份小分平吨户台辆件张套周])"), "每"),
    (re.compile(r"(?<=[^\W\d])/(?=[^\W\d])"), "、"),
    (re.compile(rf"[¥￥]\s*({_NUMBER})([万亿]?)元?"), lambda found: f"{_value(found[1], found[2])}{found[2]}元"),
    (re.compile(rf"({_NUMBER})\s*[%％]"), _percentage),
    (re.compile(rf"({_NUMBER})\s*‰"), lambda found: f"千分之{_value(found[1])}"),
    (re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,3})(?![\d/])"), lambda f: f"{by_value(f[2])}分之{by_value(f[1])}"),
    (re.compile(r"\d+(?:\.\d+){2,}"), lambda found: "点".join(map(_value, found[0].split(".")))),
    (re.compile(rf"(?P<named>{_IDENTIFIES})(?P<number>\d{{3,}}[Xx]?)(?![\dA-Za-z])"), _named),
    (re.compile(r"(?<![\d.])\d{3,4}(?=室|房|窗口)"), lambda found: by_digit(found[0])),
    # the numbers one calls, and whatever is too long to have a value or begins with a nought
    (
        re.compile(rf"(?<![\d.])(?:11[0129]|12[02]|12\d{{3}}|9[56]\d{{3,4}})(?![\d.]|{_COUNTED})"),
        lambda f: by_digit(f[0]),
    ),
    (
        re.compile(rf"(?<![\d.])(?:(?:0\d+|\d{{8,}})(?![\d.]|{_COUNTED})|\d{{13,}}(?![\d.]))"),
        lambda f: _PAUSE.join(map(by_digit, in_groups(f[0], (4,)))),
    ),
    (re.compile(rf"(?P<ordinal>第?)(?P<number>{_NUMBER})(?=(?:[到至]{_NUMBER})?(?P<after>.{{0,2}}))"), _counted),
    (re.compile("[①-⑳Ⅰ-Ⅻ]"), _numeral),
)


def spoken_form(text: str) -> str:
    """Return a written text as it is said aloud; what has no sound of its own is left out."""
    text = _LIST_MARK.sub("", text.translate(_WIDE))
    text = re.sub(r"[（(](0\d{2,3})[)）][- ]?(?=\d{7,8})", r"\1-", text)
    text = re.sub(
        r"[〔\[（(【]((?:19|20)\d\d)[〕\]）)】](?=第?\d+号)", lambda found: f"{as_year(found[1])}{_PAUSE}", text
    )
    text = re.sub(r"(?<=[周期拜][一二三四五六])\s*(?=\d)", _PAUSE, text)
    text = _SPACE.sub("", _BRACKETED.sub(_bracketed, text))
    for measure, said in _MEASURES.items():
        text = re.sub(rf"(?<=\d)\s*{re.escape(measure)}(?![A-Za-z\d])", said, text)
    for pattern, said_as in _RULES:
        text = pattern.sub(said_as, text)
    text = _LINE_END.sub("。", text.strip()).replace("\n", "")
    return re.sub(r"，{2,}", _PAUSE, _SPACE.sub("", _NOT_SAID.sub("", text))).strip("，")


def _bracketed(found: re.Match[str]) -> str:
    """Leave the brackets out; a pause stands for them around more words, and beside figures."""
    inside, before, after = found[2], found["before"], found["after"]
    if len(inside) > _AS_IT_IS_UP_TO:
        return f"{before}{_PAUSE}{inside}{_PAUSE}{after}"
    pause_before = _PAUSE if before and inside[:1].isnumeric() else ""
    pause_after = _PAUSE if after and inside[-1:].isnumeric() else ""
    return f"{before}{pause_before}{inside}{pause_after}{after}"
