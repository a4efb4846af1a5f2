"""Characters that sound like digits, read as digits."""

from __future__ import annotations

import pytest

from voice.language.heard_digits import HeardDigits

DIGITS = HeardDigits()


def mended(text: str, length: int | None = None) -> str:
    for run in reversed(DIGITS.find(text, length)):
        text = text[: run.start] + run.meant + text[run.end :]
    return text


@pytest.mark.parametrize(
    ("heard", "length", "meant"),
    [
        ("要三吧", None, "幺三八"),
        ("要三吧零零一三吧零零林", 11, "幺三八零零一三八零零零"),
        ("我的是要三吧，零零一三，吧零零零", 11, "我的是幺三八，零零一三，八零零零"),
        ("二三儿而四是事", None, "二三二二四四四"),
        ("一三八四六刘牛起期就久", 11, "一三八四六六六七七九九"),
        ("138林零", None, "138零零"),
        ("是一三吧零零一三吧零零零", 11, "是一三八零零一三八零零零"),
        ("一三八零零一三吧零零零吧", 11, "一三八零零一三八零零零吧"),
    ],
)
def test_given_characters_that_sound_like_digits_then_they_are_digits(
    heard: str, length: int | None, meant: str
) -> None:
    assert mended(heard, length) == meant


@pytest.mark.parametrize(
    "heard",
    ["幺三八零零一三八零零零", "就是我", "我不知道", "算了吧", "一百二十八", "转人工", "有三个", "要一个", "", "，"],
)
def test_given_digits_or_no_number_then_nothing_is_changed(heard: str) -> None:
    assert DIGITS.find(heard, 11) == []
