"""How a text is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.language.pinyin import syllables, toneless


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("重新", ["chong2", "xin1"]),
        ("行政", ["xing2", "zheng4"]),
        ("银行卡", ["yin2", "hang2", "ka3"]),
        ("还款", ["huan2", "kuan3"]),
        ("参与", ["can1", "yu4"]),
        ("转人工", ["zhuan3", "ren2", "gong1"]),
        ("供养", ["gong1", "yang3"]),
    ],
)
def test_given_words_that_a_dictionary_reads_wrong_then_they_are_read_right(text: str, read: list[str]) -> None:
    assert syllables(text) == read


def test_given_a_neutral_tone_then_it_is_five() -> None:
    assert syllables("好的") == ["hao3", "de5"]


def test_given_sandhi_then_tones_change_as_in_speech() -> None:
    assert syllables("你好", sandhi=True) == ["ni2", "hao3"]
    assert syllables("不要", sandhi=True) == ["bu2", "yao4"]


def test_given_a_text_with_letters_and_digits_then_each_character_has_its_own_sound() -> None:
    assert toneless("考C1证，3个") == ["kao", "C", "1", "zheng", "，", "3", "ge"]


@given(st.text(st.sampled_from("重新行政长期了得还款aB1， 。居住证"), max_size=20))
def test_given_any_text_then_there_are_as_many_sounds_as_characters(text: str) -> None:
    assert len(toneless(text)) == len(text)
