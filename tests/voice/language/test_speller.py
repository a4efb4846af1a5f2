"""Of characters that sound the same those are written that make the likelier words, where the recogniser was unsure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from voice.language.speller import Speller
from voice.language.word_counts import WordCounts

SENTENCES = [
    "我把房子租出去了",
    "还房贷提公积金",
    "清税证明几天能出",
    "凭什么不给办",
    "电话幺三八",
    "七点到期",
    "满七十了",
    "补办身份证",
]
UNSURE, SURE = 0.4, 0.999


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(WordCounts.of(SENTENCES * 3))


def heard(text: str, *unsure: str) -> list[float]:
    return [UNSURE if character in unsure else SURE for character in text]


def syllables_of(character: str) -> set[str]:
    return set(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


@pytest.mark.parametrize(
    ("text", "unsure", "meant"),
    [
        ("我爸房子租出去了", "爸", "我把房子租出去了"),
        ("换房贷提公积金", "换", "还房贷提公积金"),
        ("请税证明几天能出", "请", "清税证明几天能出"),
        ("评什么不给办", "评", "凭什么不给办"),
        ("满期十了", "期", "满七十了"),
    ],
)
def test_given_a_character_heard_unsurely_when_spelled_then_the_likelier_word_is_written(speller, text, unsure, meant):
    assert speller.spell(text, heard(text, *unsure)) == meant


def test_given_a_character_heard_surely_when_spelled_then_it_stays(speller):
    assert speller.spell("评什么不给办", heard("评什么不给办")) == "评什么不给办"


def test_given_words_that_fit_when_heard_unsurely_then_they_stay(speller):
    assert speller.spell("凭什么不给办", [UNSURE] * 6) == "凭什么不给办"


def test_given_digits_in_a_row_when_heard_unsurely_then_none_is_made_a_word(speller):
    assert speller.spell("幺三八期七十了", [UNSURE] * 7).startswith("幺三八")


def test_given_what_is_no_chinese_when_spelled_then_it_stays(speller):
    assert speller.spell("办 OK，吗", [UNSURE] * 6) == "办 OK，吗"
    assert speller.spell("", []) == ""


@given(st.text(alphabet="我爸把房子租出去了还换贷提清请税证明七期十幺三八", max_size=12), st.data())
def test_given_any_text_and_probabilities_when_spelled_then_length_and_sound_stay(speller, text, data):
    chances = data.draw(st.lists(st.floats(0.0, 1.0), min_size=len(text), max_size=len(text)))

    spelled = speller.spell(text, chances)

    assert len(spelled) == len(text)
    assert all(syllables_of(one) & syllables_of(other) for one, other in zip(spelled, text, strict=True))
    assert all(one == other for one, other, chance in zip(spelled, text, chances, strict=True) if chance >= 0.99)
