"""Numbers said by value written in figures by what stands beside them: dates, times, money, percentages, measures."""

from __future__ import annotations

import re
from collections.abc import Callable

from voice.language.normalizer_words import NormalizerWords, any_of
from voice.language.numerals import digits_of, value_of

_DIGIT = "[零〇○一二三四五六七八九]"
_COUNT = "[一二三四五六七八九]"
_NUMERALS = "零〇○一二三四五六七八九两十百千万亿"
_ALONE = f"(?<![{_NUMERALS}点第头初几数\\d])"
_VALUE = f"(?P<value>[{_NUMERALS}]+(?:点{_DIGIT}+)?)"
_MORE = "(?P<more>[多来余]?)"
_SMALL = "[零〇一二三四五六七八九十0-9]{1,3}"
_MONTH_AND_DAY = f"(?P<month>{_SMALL})月份?(?P<day>{_SMALL})(?P<mark>[号日])"
_YEAR = f"(?P<year>[零〇○一二两三四五六七八九0-9]{{4}}|[零〇○一二五六七八九]{_DIGIT}|[0-9]{{2}})年"
_HOUR = "(?P<hour>[一二三四五六七八九十两]{1,3}|[0-9]{1,2})点"
_MINUTE = f"(?P<minute>[零〇]{_COUNT}|[二三四五]?十{_COUNT}?|[0-9]{{2}})"
_YUAN = "(?P<unit>块钱|元钱|块(?![牌地砖板表田屏肉儿])|[元圆](?![素件化宵旦桥路里街]))"
_ENDED = "(?=[，。！？；、吗呢吧啊呀了的]|$)"
_HUNDREDTH = f"(?:(?P<hundredth>{_COUNT})(?:分|{_ENDED}))?"
_TENTH = f"(?:(?:零(?={_COUNT}[毛角]))?(?P<tenth>{_COUNT})(?:[毛角]{_HUNDREDTH}钱?|钱?{_ENDED}))?"
_UNTIL_THEN = re.compile("[0-9]点(?:半|[0-9]{2}分?|[一三]刻)?[到至]$")
_NOT_A_FEW = "(?![以之]?[内上下]|左右|[多来余几级制限期半])"
_TEN = 10

Writer = Callable[[re.Match[str]], str]


def _figures(said: str, highest: int | None = None) -> str | None:
    """Return a number said by value, or written, in figures; None where it is none, or not from one to the highest."""
    said = said[1:] if len(said) > 1 and said[0] in "零〇0" else said
    value = said if re.fullmatch("[0-9]+", said) else value_of(said)
    if highest is not None and value is not None and not (value.isdecimal() and 1 <= int(value) <= highest):
        return None
    return value


def _date(found: re.Match[str]) -> str:
    year, month, day = found["year"], _figures(found["month"], 12), _figures(found["day"], 31)
    if month is None or day is None:
        return found[0]
    spoken = re.search(_DIGIT, (year or "") + found["month"] + found["day"]) or "十" in found[0]
    return f"{_year_written(year)}{month}月{day}日" if spoken else found[0]


def _year_written(said: str | None) -> str:
    return f"{digits_of(said)}年" if said else ""


def _year_and_month(found: re.Match[str]) -> str:
    month = _figures(found["month"], 12)
    return f"{_year_written(found['year'])}{month}月" if month else found[0]


def _year_alone(found: re.Match[str]) -> str:
    """Write a year said digit by digit; 七八年 is no year but a few."""
    year = digits_of(found["year"])
    sure = "1900" <= year <= "2099" if len(year) == 4 else int(year[1]) != int(year[0]) + 1
    return f"{year}年" if sure else found[0]


def _percentage(found: re.Match[str]) -> str:
    value = "100" if found["value"] == "百" else value_of(found["value"])
    return f"{value}%" if value else found[0]


def _money(found: re.Match[str]) -> str:
    """Write money in yuan; 一块 may be no money but together, and so may other small ones before a thing."""
    value, after = value_of(found["value"], short=True), found.string[found.end() :]
    vague = found["unit"] == "块" and not found["tenth"] and value in tuple("123456789")
    if value is None or (vague and (value == "1" or not re.match(_ENDED, after))):
        return found[0]
    tenth = f".{digits_of(found['tenth'] + (found['hundredth'] or ''))}" if found["tenth"] else ""
    return f"{value}{tenth}{found['more']}元" if value.isdecimal() or not tenth else found[0]


def _in_figures(found: re.Match[str]) -> str:
    value, parts = value_of(found["value"]), found.groupdict()
    return f"{parts.get('before') or ''}{value}{parts.get('after') or ''}" if value else found[0]


def _short_in_figures(found: re.Match[str]) -> str:
    value = value_of(found["value"], short=True)
    return f"{found['before']}{value}" if value else found[0]


def _from_ten(found: re.Match[str]) -> str:
    value = value_of(found["value"])
    return _in_figures(found) if value and (value[-1] in "万亿" or float(value) >= _TEN) else found[0]


class ValueWriter:
    """Write numbers said by value in figures."""

    def __init__(self, words: NormalizerWords) -> None:
        """Take the words that stand beside numbers."""
        self._clock, self._after_hour = words.clock, (*words.clock, *words.after_hour)
        day_part, before_money, between = map(any_of, (words.day_parts, words.before_money, words.between))
        large = f"(?P<value>[{_NUMERALS}]*[百千万亿][{_NUMERALS}]*)(?![{_NUMERALS}点个张次份天年月位套])"
        rules: tuple[tuple[str, Writer], ...] = (
            (f"廿(?={_COUNT}?[号日])", lambda _: "二十"),
            ("卅(?=一?[号日])", lambda _: "三十"),
            (f"(?<=年)元月|元月(?=[{_NUMERALS}0-9]+[号日])", lambda _: "一月"),
            (f"{_ALONE}(?:{_YEAR}的?)?{_MONTH_AND_DAY}", _date),
            (f"{_ALONE}{_YEAR}(?P<month>{_SMALL})月", _year_and_month),
            (f"{_ALONE}{_YEAR}{_NOT_A_FEW}", _year_alone),
            (
                f"{_ALONE}(?P<value>[二三四五六七八九]|十[一二]?)(?P<after>月)(?![{_NUMERALS}半]|初[一二三四五六七八九十])",
                _in_figures,
            ),
            (f"{_ALONE}(?P<value>一)(?P<after>月(?=[份底初到至]))", _in_figures),
            (f"(?:(?P<part>{day_part})|{_ALONE}){_HOUR}(?:{_MINUTE}分?(?!之))?", self._time),
            (f"百分之{_VALUE}", _percentage),
            (f"{_ALONE}{_VALUE}{_MORE}{_YUAN}{_TENTH}", _money),
            (f"(?P<before>{before_money}{between}{{0,2}}){large}", _short_in_figures),
            (f"{_ALONE}{_VALUE}(?P<after>{_MORE}{any_of((*words.measures, *words.places))}(?!道))", _in_figures),
            (f"{_ALONE}{_VALUE}(?P<after>{_MORE}{any_of(words.measures_of_more)})", _from_ten),
            (f"(?P<before>今年|已经|都|快)(?P<value>{_COUNT}十{_COUNT}?)(?=了|[，。！？]|$)", _in_figures),
            (
                f"(?<!老){_ALONE}(?P<value>(?:[零二三四五六七八九十]|一[十百千万])[{_NUMERALS}]*)(?P<after>[到至](?=[0-9]))",
                _in_figures,
            ),
            (f"(?<!{_DIGIT})(?P<year>[零五六七八九][零五])后", lambda found: f"{digits_of(found['year'])}后"),
        )
        self._rules = tuple((re.compile(pattern), writer) for pattern, writer in rules)

    def write(self, text: str) -> str:
        """Return the text with its numbers in figures; what may be no number stays in words."""
        for pattern, writer in self._rules:
            text = pattern.sub(writer, text)
        return text

    def _time(self, found: re.Match[str]) -> str:
        """Write a time of day; 一点 and 三点 alone may be a little, or points."""
        hour, minute, after = _figures(found["hour"], 24), found["minute"], found.string[found.end() :]
        told = bool(found["part"] or minute or _UNTIL_THEN.search(found.string[: found.start()]))
        if found["hour"] == "一":
            told = after.startswith(self._clock) or (told and re.match(_ENDED, after) is not None)
        if hour is None or not (told or after.startswith(self._after_hour)):
            return found[0]
        part, mark = found["part"] or "", "分" if found[0].endswith("分") else ""
        return f"{part}{hour}点{(_figures(minute, 59) or '').zfill(2) if minute else ''}{mark}"
