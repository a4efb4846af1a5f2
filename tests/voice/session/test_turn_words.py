"""Words by which turns are taken."""

from __future__ import annotations

import pytest

from voice.endpointing.settings import PatienceHint
from voice.language.expectation import ANYTHING, Expectation, ExpectationKind
from voice.session.turn_words import TurnWords

WORDS = TurnWords.load()
YES_NO = Expectation(ExpectationKind.yes_no)
IDENTITY = Expectation(ExpectationKind.digits, length=18)
MOBILE = Expectation(ExpectationKind.digits, length=11)
CHOICE = Expectation(ExpectationKind.choice, options=("电子证明", "邮寄"))


@pytest.mark.parametrize("text", ["嗯", "嗯嗯", "嗯，哦。", "那个……", "啊！嗯"])
def test_given_sounds_of_listening_then_they_are_fillers(text: str):
    assert WORDS.is_filler(text)


@pytest.mark.parametrize("text", ["", "。", "对", "嗯对", "嗯我想办居住证", "停", "那个窗口"])
def test_given_anything_else_then_it_is_no_filler(text: str):
    assert not WORDS.is_filler(text)


@pytest.mark.parametrize(
    ("text", "expectation", "hint"),
    [
        ("是的。", YES_NO, PatienceHint.COMPLETE_ANSWER),
        ("是的，但是", YES_NO, PatienceHint.NONE),
        ("是的", ANYTHING, PatienceHint.NONE),
        ("邮寄", CHOICE, PatienceHint.COMPLETE_ANSWER),
        ("邮", CHOICE, PatienceHint.NONE),
        ("一三八", MOBILE, PatienceHint.DIGITS_UNFINISHED),
        ("我的手机是138", MOBILE, PatienceHint.DIGITS_UNFINISHED),
        ("幺三八零零零零零零零零", MOBILE, PatienceHint.COMPLETE_ANSWER),
        ("一三八零零零零零零零零零", MOBILE, PatienceHint.NONE),
        ("不知道", MOBILE, PatienceHint.NONE),
        ("31010119900307001X", IDENTITY, PatienceHint.COMPLETE_ANSWER),
        ("31010119900307001", IDENTITY, PatienceHint.DIGITS_UNFINISHED),
        ("我的手机是一三八零零", ANYTHING, PatienceHint.DIGITS_UNFINISHED),
        ("我的手机是13800000000", ANYTHING, PatienceHint.NONE),
        ("办第二个", ANYTHING, PatienceHint.NONE),
        ("", MOBILE, PatienceHint.NONE),
    ],
)
def test_given_the_words_so_far_then_they_say_whether_more_will_come(
    text: str, expectation: Expectation, hint: PatienceHint
):
    assert WORDS.hint(text, expectation) is hint
