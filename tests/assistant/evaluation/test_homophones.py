"""Noise of homophones: the same in every run, never another sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from assistant.evaluation.homophones import common_characters, with_homophones

SENTENCE = "我的身份证下个月就过期了，怎么换新的？passport也过期2年了"


def places(text: str, other: str) -> set[int]:
    return {place for place, (one, two) in enumerate(zip(text, other, strict=True)) if one != two}


def test_given_the_standard_then_its_3755_common_characters_are_known_by_sound():
    assert sum(map(len, common_characters().values())) == 3755
    assert {"证", "正"} <= set(common_characters()["zheng"])


def test_given_a_sentence_when_spoiled_again_then_the_same_comes_out():
    assert with_homophones(SENTENCE, 0.3) == with_homophones(SENTENCE, 0.3) != SENTENCE


def test_given_a_larger_share_then_more_is_replaced_and_what_was_replaced_stays_so():
    little, much = with_homophones(SENTENCE, 0.1), with_homophones(SENTENCE, 0.4)

    assert places(SENTENCE, little) < places(SENTENCE, much)
    assert all(little[place] == much[place] for place in places(SENTENCE, little))


def test_given_all_replaced_then_each_sounds_as_it_did_in_its_sentence():
    spoiled = with_homophones("到银行办证", 1.0)

    assert spoiled != "到银行办证"
    assert [lazy_pinyin(one)[0] for one in spoiled] == ["dao", "yin", "hang", "ban", "zheng"]


@pytest.mark.parametrize("text", ["", "ABC 12", "（）１２", "😀", "々", "ⅠⅡ"])
def test_given_what_has_no_common_homophone_then_it_stays(text):
    assert with_homophones(text, 1.0) == text


@given(st.text(max_size=30), st.sampled_from([0.0, 0.5, 1.0]))
def test_given_any_text_then_its_length_stays(text, share):
    assert len(with_homophones(text, share)) == len(text)
