"""One form of a sentence: normalisation, sounds, n-grams, clauses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.text import (
    Glossary,
    bare,
    character_ngrams,
    clauses,
    load_glossary,
    normalise,
    pinyin_ngrams,
    pinyin_syllables,
    tokens,
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("護照過期怎麼辦", "护照过期怎么办"),
        ("ＰＲ申请", "pr申请"),
        ("居住证  丢 了", "居住证丢了"),
        ("怎么办？？？？？", "怎么办??"),
        ("我叫[姓名1]，手机[手机号12]", "我叫[姓名],手机[手机号]"),
        ("  \n ", ""),
    ],
)
def test_given_one_thing_said_in_several_ways_then_it_has_one_form(said: str, expected: str) -> None:
    assert normalise(said) == expected


def test_given_runs_of_digits_then_they_stay_whole() -> None:
    assert normalise("10000元") == "10000元"


def test_given_a_glossary_then_words_are_replaced_the_longest_first() -> None:
    glossary = Glossary({"ID card": "身份证", "ID": "证件"}, {"咋整": "怎么办"})
    assert normalise("我的ID Card丢了咋整", glossary) == "我的身份证丢了怎么办"


def test_given_an_english_word_inside_another_then_it_stays() -> None:
    assert normalise("visas", Glossary({"visa": "签证"})) == "visas"


def test_given_the_project_glossary_then_it_loads(data: Path) -> None:
    glossary = load_glossary(data / "texts" / "glossary.yml")
    assert "护照" in normalise("我的passport", glossary)


@pytest.mark.parametrize(
    ("one", "other"),
    [("居住证", "居住正"), ("公积金", "公鸡金"), ("南京", "兰京"), ("身份证", "深份正"), ("护照", "复照")],
)
def test_given_words_that_sound_alike_then_their_fuzzy_syllables_agree(one: str, other: str) -> None:
    assert pinyin_syllables(one) == pinyin_syllables(other)


def test_given_exact_reading_then_confusable_sounds_stay_apart() -> None:
    assert pinyin_syllables("南兰", fuzzy=False) == ["nan", "lan"]


def test_given_words_numbers_and_placeholders_then_each_is_one_unit() -> None:
    text = normalise("passport 12岁 [手机号3]")
    assert tokens(text) == ["passport", "12", "岁", "[手机号]"]
    assert len(pinyin_syllables(text)) == len(tokens(text))


def test_given_a_sentence_then_ngrams_run_over_units() -> None:
    assert character_ngrams("补办") == ["补", "办", "补办"]
    assert pinyin_ngrams("补办") == ["bu", "ban", "bu'ban"]


def test_given_a_short_text_then_it_is_its_own_clause() -> None:
    assert clauses("身份证丢了") == ["身份证丢了"]


def test_given_a_story_then_it_falls_into_clauses() -> None:
    story = "房东不肯退我,我要搬去苏州了,公积金里的钱能拿出来不,你说怎么办"
    assert clauses(story)[:3] == ["房东不肯退我", "我要搬去苏州了", "公积金里的钱能拿出来不"]


def test_given_a_long_text_without_punctuation_then_windows_cover_it() -> None:
    text = "".join(chr(0x4E00 + number) for number in range(60))
    windows = clauses(text)
    assert all(len(window) <= 24 for window in windows)
    assert set("".join(windows)) == set(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_given_any_text_then_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert bare(normalise(once)) == bare(once)
    assert len(tokens(once)) == len(pinyin_syllables(once))
