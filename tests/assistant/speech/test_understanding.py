"""What a recogniser writes becomes what a citizen would have typed."""

from __future__ import annotations

from typing import Any

import pytest

from voice.language.expectation import ANYTHING, Expectation, ExpectationKind
from voice.recognition.transcript import Transcript


def _heard(text: str) -> Transcript:
    return Transcript(text, 0.9, 2.0, 0.1)


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("公鸡金祖房怎么提取", "公积金租房怎么提取"),
        ("我想辦居住證", "我想办居住证"),
        ("我今年六十一岁能办敬老卡吗", "我今年61岁能办敬老卡吗"),
    ],
)
def test_given_a_sentence_as_it_was_heard_then_it_reads_as_typed(understanding: Any, heard: str, written: str) -> None:
    assert understanding(_heard(heard), ANYTHING).text == written


def test_given_a_mobile_number_is_asked_then_spoken_digits_become_figures(understanding: Any) -> None:
    expected = Expectation(ExpectationKind.digits, length=11)

    assert understanding(_heard("幺三八零零幺三八零零零"), expected).text == "13800138000"


def test_given_a_text_is_mended_then_its_confidence_stays(understanding: Any) -> None:
    assert understanding(_heard("公鸡金"), ANYTHING).confidence == 0.9
