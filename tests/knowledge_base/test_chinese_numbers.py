"""Numbers as people write them in Chinese sentences."""

import pytest

from knowledge_base.chinese_numbers import read_number, the_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("61", 61),
        ("2.5", 2.5),
        ("1万", 10000),
        ("六十一", 61),
        ("一万五", 15000),
        ("两百三", 230),
        ("半", 0.5),
        ("二〇一", 201),
    ],
)
def test_given_a_number_alone_when_it_is_read_then_its_value_comes(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["", "很多", "6a", "六十岁"])
def test_given_no_number_alone_when_it_is_read_then_none_comes(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("我今年70了", 70), ("六十一岁", 61), ("61", 61), ("五", 5), ("大概交了十八个月吧", 18), ("30来万", 30)],
)
def test_given_a_sentence_with_one_number_when_it_is_looked_for_then_it_is_found(text, value):
    assert the_number(text) == value


@pytest.mark.parametrize("text", ["我想问一下", "一般要多久", "61或者62", "不知道", ""])
def test_given_none_or_several_numbers_when_the_one_is_looked_for_then_none_is_found(text):
    assert the_number(text) is None
