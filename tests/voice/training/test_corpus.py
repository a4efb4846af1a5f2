"""The corpus says what citizens say, in characters alone."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voice.training.tiny import ITEMS, SENTENCES
from voice.training.corpus import Corpus, NothingToSay, speakable

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_DIGITS = re.compile("[零一二三四五六七八九幺]+")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("我想办居住证，需要什么材料？", "我想办居住证，需要什么材料"),
        ("3个工作日", "三个工作日"),
        ("2026年12月3日办的", "二零二六年十二月三日办的"),
        ("拨打12345热线", "拨打幺二三四五热线"),
        ("请問怎麼辦", "请问怎么办"),
        ("好……那就这样", "好，那就这样"),
        ("二〇二六年", "二零二六年"),
    ],
)
def test_given_a_written_sentence_then_it_is_said_with_numbers_in_words(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize("written", ["用 APP 办", "微信wechat", "", "？！", "这" * 49, "あなた", "甲+乙"])
def test_given_letters_signs_nothing_or_too_much_then_it_is_not_said(written: str) -> None:
    assert speakable(written) is None


@given(st.text(st.sampled_from("我办证3，。 aZ5%（）"), max_size=60))
def test_given_any_text_then_what_is_said_of_it_is_characters_and_pauses(written: str) -> None:
    said = speakable(written)
    assert said is None or (_HAN.fullmatch(said.replace("，", "")) and len(said.replace("，", "")) <= 48)


def test_given_many_lines_then_their_text_is_chinese_and_has_a_syllable_a_character() -> None:
    for line in Corpus(SENTENCES, ITEMS, Random(1)).lines(1500):
        assert _HAN.fullmatch(line.text), line.text
        assert len(line.syllables) == len(line.text), line.text
        assert re.fullmatch(r"[a-zü1-5, ]+", line.spoken), line.spoken


def test_given_many_lines_then_each_kind_has_its_share() -> None:
    story = "外婆昨天夜里摔了一跤，手腕骨折了"
    corpus = Corpus(SENTENCES, ITEMS, Random(1), [story])
    plain = {sentence.replace("，", "") for sentence in corpus.sentences}
    texts = [line.text for line in corpus.lines(2000)]

    whole_sentences = sum(text in plain for text in texts) / len(texts)
    stories = texts.count(story.replace("，", "")) / len(texts)
    phones = sum(_is_phone(text) for text in texts) / len(texts)

    assert whole_sentences == pytest.approx(0.22, abs=0.03)
    assert stories == pytest.approx(0.22, abs=0.03)
    assert sum(25 <= len(text) <= 60 for text in texts) / len(texts) > 0.06
    assert phones == pytest.approx(0.09, abs=0.02)


def test_given_the_same_chance_then_the_same_lines() -> None:
    first, second = (list(Corpus(SENTENCES, ITEMS, Random(5)).lines(50)) for _ in range(2))
    assert first == second


def test_given_many_lines_then_the_synthesiser_is_told_them_in_several_ways() -> None:
    spoken = [line.spoken for line in Corpus(SENTENCES, ITEMS, Random(1)).lines(500)]
    kinds = Counter("joint" if re.search(r"\d[a-z]", one) else "apart" for one in spoken)
    assert kinds["joint"] > 50 and kinds["apart"] > 250
    assert any("," in one for one in spoken)


@pytest.mark.parametrize(("sentences", "items"), [((), ITEMS), (SENTENCES, ()), (["OK"], ITEMS)])
def test_given_nothing_that_can_be_said_then_the_error_says_what_to_give(
    sentences: list[str], items: list[str]
) -> None:
    with pytest.raises(NothingToSay, match="Chinese"):
        Corpus(sentences, items, Random(1))


def _is_phone(text: str) -> bool:
    return any(len(run) == 11 and run[0] in "幺一" and run[1] in "三四五六七八九" for run in _DIGITS.findall(text))
