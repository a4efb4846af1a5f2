"""Spoiled variants of sentences."""

from __future__ import annotations

import pytest

from knowledge_base.noise import Noise, load_phrases
from knowledge_base.text import pinyin_syllables

TEXTS = ["居住证正在办理,征信整理", "公积金和工作供给宫殿", "身份证神深审"] * 3


@pytest.fixture
def noise() -> Noise:
    return Noise(TEXTS, load_phrases(), seed=3)


def test_given_the_same_seed_then_the_same_variants() -> None:
    first, second = (Noise(TEXTS, load_phrases(), seed=5) for _ in range(2))
    assert first.spoil_all(TEXTS) == second.spoil_all(TEXTS)


def test_given_homophones_then_the_writing_changes_and_the_sound_stays(noise: Noise) -> None:
    spoiled = noise.homophones("居住证", share=0.4)
    assert pinyin_syllables(spoiled) == pinyin_syllables("居住证")


def test_given_a_story_then_the_wish_is_still_in_it(noise: Noise) -> None:
    story = noise.story("居住证丢了")
    assert "居住证丢了" in story
    assert len(story) > len("居住证丢了")


def test_given_a_text_nothing_sounds_like_then_it_stays(noise: Noise) -> None:
    assert noise.homophones("abc") == "abc"
