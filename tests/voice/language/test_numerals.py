"""Numbers as they are said, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.language.numerals import as_year, by_digit, by_value, digits_of, in_groups, value_of


@pytest.mark.parametrize(
    ("number", "following", "said"),
    [
        ("320", "元", "三百二十"),
        ("3.50", "元", "三点五"),
        ("10.00", "元", "十"),
        ("2", "个工作日", "两"),
        ("2", "小时", "两"),
        ("2", "年", "两"),
        ("2", "年级", "二"),
        ("2", "月", "二"),
        ("12", "个", "十二"),
    ],
)
def test_given_a_number_then_it_is_said_by_its_value(number: str, following: str, said: str) -> None:
    assert by_value(number, following) == said


def test_given_digits_then_one_is_yao_on_the_telephone_and_yi_in_a_year() -> None:
    assert by_digit("12345") == "幺二三四五"
    assert by_digit("001X") == "零零幺X"
    assert as_year("2011") == "二零一一"


@pytest.mark.parametrize(
    ("number", "sizes", "groups"),
    [
        ("13800138000", (3, 4), ["138", "0013", "8000"]),
        ("31010119900307001X", (6, 4, 4, 4), ["310101", "1990", "0307", "001X"]),
        ("12345", (4,), ["12345"]),
        ("123456", (4,), ["1234", "56"]),
        ("12", (3, 4), ["12"]),
        ("", (4,), []),
    ],
)
def test_given_a_number_then_it_is_cut_into_groups(number: str, sizes: tuple[int, ...], groups: list[str]) -> None:
    assert in_groups(number, sizes) == groups


@given(st.text("0123456789", min_size=1, max_size=20), st.lists(st.integers(1, 6), min_size=1, max_size=4))
def test_given_any_groups_then_no_digit_is_lost(number: str, sizes: list[int]) -> None:
    assert "".join(in_groups(number, tuple(sizes))) == number


@given(st.text("0123456789", max_size=20))
def test_given_digits_said_one_by_one_then_they_come_back(number: str) -> None:
    assert digits_of(by_digit(number)) == number
    assert digits_of(as_year(number)) == number


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("三百二十", "320"),
        ("十五", "15"),
        ("两百", "200"),
        ("一千零五十", "1050"),
        ("三点五", "3.5"),
        ("零点零五", "0.05"),
        ("三点五万", "3.5万"),
        ("三万", "3万"),
        ("一万二千五百", "12500"),
        ("十五万", "15万"),
        ("七", "7"),
        ("两", "2"),
    ],
)
def test_given_a_number_said_by_value_then_it_is_written_in_figures(said: str, value: str) -> None:
    assert value_of(said) == value


@pytest.mark.parametrize(
    "said", ["三四百", "万一", "千", "五六", "十七八", "二十三四", "幺三八", "一点", "四千二", "零十零", "", "块", "3"]
)
def test_given_what_is_no_number_by_value_then_there_is_none(said: str) -> None:
    assert value_of(said) is None


def test_given_the_last_unit_left_out_then_it_is_read_only_where_that_is_meant() -> None:
    assert value_of("四千二", short=True) == "4200"
    assert value_of("三万二", short=True) == "32000"
    assert value_of("四千零二", short=True) == "4002"


@given(st.integers(1, 99_999_999))
def test_given_any_whole_number_said_by_value_then_it_comes_back(number: int) -> None:
    value = value_of(by_value(str(number)))
    assert value == (f"{number // 10_000}万" if number % 10_000 == 0 else str(number))
