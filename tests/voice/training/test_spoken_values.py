"""Drawn values are said as people say them."""

from __future__ import annotations

import re
from random import Random

import pytest

from voice.language.numerals import digits_of
from voice.training.spoken_values import SpokenValues

TEXTS = {
    "money_units": ["元"],
    "surnames": ["王", "欧阳"],
    "given": ["明", "芳"],
    "roads": ["人民路"],
    "districts": ["静安区"],
    "place_names": ["阳光"],
    "places": ["小区"],
}


@pytest.fixture
def values() -> SpokenValues:
    return SpokenValues(TEXTS, Random(2))


def _drawn(draw: object, count: int = 300) -> list[str]:
    assert callable(draw)
    return [draw() for _ in range(count)]


def test_given_phone_numbers_then_each_has_eleven_digits_and_some_have_pauses(values: SpokenValues) -> None:
    phones = _drawn(values.phone)
    assert all(re.fullmatch(r"1[3-9]\d{9}", digits_of(one.replace("，", ""))) for one in phones)
    assert 0.3 < sum("，" in one for one in phones) / len(phones) < 0.6
    assert any("幺" in one for one in phones) and any("一" in one for one in phones)


def test_given_identity_numbers_then_each_has_eighteen_digits_or_seventeen_and_an_x(values: SpokenValues) -> None:
    numbers = [digits_of(one.replace("，", "")) for one in _drawn(values.identity_number)]
    assert all(re.fullmatch(r"\d{18}|\d{17}(叉|艾克斯)", one) for one in numbers)
    assert 0.04 < sum(not one.isdigit() for one in numbers) / len(numbers) < 0.2


def test_given_codes_then_they_are_digits_of_many_lengths(values: SpokenValues) -> None:
    codes = [digits_of(one.replace("，", "")) for one in _drawn(values.code)]
    assert all(re.fullmatch(r"\d{2,19}", one) for one in codes)
    assert len({len(one) for one in codes}) >= 10


def test_given_dates_then_a_year_is_digits_and_a_day_a_value(values: SpokenValues) -> None:
    dates = _drawn(values.date)
    year = "[零一二三四五六七八九]{2,4}年|[今明去后前]年"
    assert all(
        re.fullmatch(rf"({year})?[一二三四五六七八九十]+月([一二三四五六七八九十]+[日号])?", one) for one in dates
    )


def test_given_sums_then_they_end_with_a_unit(values: SpokenValues) -> None:
    assert all(re.fullmatch("[零一二三四五六七八九十百千万]+元", one) for one in _drawn(values.money))


def test_given_names_and_addresses_then_they_are_made_of_the_lists(values: SpokenValues) -> None:
    assert all(re.fullmatch("(王|欧阳)[明芳]{1,2}", one) for one in _drawn(values.name))
    assert all(re.match("(静安区)?人民路.+[号弄]", one) for one in _drawn(values.address))
