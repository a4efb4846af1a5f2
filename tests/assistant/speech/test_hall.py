"""What of an ID number is said in a hall is found, and shown as stars."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.flows.number_fields import BankAccount, ChineseIdNumber, ChineseMobile, NumberType
from actions.flows.steps import Expected, Phase
from actions.texts import Texts
from assistant.speech.hall import SpokenIdNumbers

ID_NUMBER = "11010519491231002X"
TEXTS = Texts.load(Path(__file__).parents[3] / "data" / "texts" / "speech.yml")


def asked(kind: NumberType) -> Expected:
    return Expected("item", Phase.ASK, kind.name, kind.name, (), kind.personal, kind)


PHONE, ID, CARD = asked(ChineseMobile()), asked(ChineseIdNumber()), asked(BankAccount())


@pytest.fixture
def numbers() -> SpokenIdNumbers:
    return SpokenIdNumbers(TEXTS)


@pytest.mark.parametrize(
    "text",
    [
        ID_NUMBER,
        "我的身份证号是110105",
        "身份证号码就是，1101 0519",
        "310101，19930418，0027",
        "身份证1101051949",
        "110105194912310",
    ],
)
@pytest.mark.parametrize("stands", [None, PHONE])
def test_given_an_id_number_or_a_part_that_is_called_one_then_it_is_found(
    numbers: SpokenIdNumbers, text: str, stands: Expected | None
) -> None:
    assert numbers.among(text, stands)


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "身份证丢了1个月怎么补办",
        "身份证2023年到期了",
        "身份证换新，电话是13800138000",
        "我有2张身份证",
        "转12345",
        "我想办身份证",
    ],
)
def test_given_other_numbers_then_none_is_found_and_all_is_shown(numbers: SpokenIdNumbers, text: str) -> None:
    assert not numbers.among(text, None)
    shown = numbers.shown(text, None, is_draft=False)
    assert (shown.text, shown.type_instead) == (text, None)


def test_given_a_bank_card_is_asked_then_its_number_is_none(numbers: SpokenIdNumbers) -> None:
    assert not numbers.among("6222020000000000018", CARD)
    assert numbers.among("6222020000000000018", None)
    assert numbers.among(ID_NUMBER, CARD)


@pytest.mark.parametrize("is_draft", [True, False])
@pytest.mark.parametrize("text", ["1101", "一一零一", ID_NUMBER, "1101，0519"])
def test_given_an_id_number_is_asked_then_every_digit_is_a_star_and_typing_is_asked_for(
    numbers: SpokenIdNumbers, text: str, is_draft: bool
) -> None:
    shown = numbers.shown(text, ID, is_draft)

    assert set(shown.text) <= set("*，")
    assert len(shown.text) == len(text)
    assert shown.type_instead == "身份证号请不要说出来，请用屏幕上的键盘输入，或者刷身份证。"


def test_given_an_id_number_that_was_not_asked_for_then_it_is_stars(numbers: SpokenIdNumbers) -> None:
    shown = numbers.shown(f"我是张三，身份证号是{ID_NUMBER}，想开证明", None, is_draft=False)

    assert shown.text == f"我是张三，身份证号是{'*' * 18}，想开证明"
    assert shown.type_instead == "身份证号请不要说出来，需要时我会请您用键盘输入，或者刷身份证。请您只说要办什么。"


@pytest.mark.parametrize(
    ("text", "stands", "expected"),
    [
        ("我是李明110105194", None, "我是李明*********"),
        ("身份证号是11", None, "身份证号是**"),
        ("我想办居住证，2023年来的", None, "我想办居住证，2023年来的"),
        ("13800138000", PHONE, "13800138000"),
        ("110105194912", PHONE, "************"),
    ],
)
def test_given_a_draft_then_all_that_may_become_an_id_number_is_stars(
    numbers: SpokenIdNumbers, text: str, stands: Expected | None, expected: str
) -> None:
    assert numbers.shown(text, stands, is_draft=True).text == expected


def test_given_an_id_number_then_it_is_in_nothing_that_a_log_would_show(numbers: SpokenIdNumbers) -> None:
    assert "13800138000" not in repr(numbers.shown("13800138000", PHONE, is_draft=False))
