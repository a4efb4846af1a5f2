"""The guard tells speech from what recognisers make up."""

from __future__ import annotations

import pytest

from voice.recognition.hallucination import Guard
from voice.recognition.transcript import Doubt, Hypothesis


def _doubt(text: str, log_probability: float = -0.1, no_speech: float = 0.0, seconds: float = 3.0) -> Doubt | None:
    return Guard().doubt(Hypothesis(text, log_probability, no_speech), seconds)


@pytest.mark.parametrize("text", ["我想办身份证", "是", "幺三八零零幺三八零零零"])
def test_given_a_likely_sentence_then_it_is_believed(text: str) -> None:
    assert _doubt(text) is None


@pytest.mark.parametrize("text", ["", "  ", "……"])
def test_given_no_word_then_it_is_silence(text: str) -> None:
    assert _doubt(text) is Doubt.SILENCE


def test_given_probable_silence_and_an_unsure_text_then_it_is_silence() -> None:
    assert _doubt("谢谢观看", log_probability=-0.7, no_speech=0.9) is Doubt.SILENCE


def test_given_probable_silence_and_a_sure_text_then_it_is_believed() -> None:
    assert _doubt("是", log_probability=-0.05, no_speech=0.9) is None


def test_given_the_same_words_again_and_again_then_it_is_repetition() -> None:
    assert _doubt("请点赞订阅" * 12, seconds=20.0) is Doubt.REPETITION


def test_given_more_characters_than_anybody_can_say_then_it_is_too_fast() -> None:
    assert _doubt("我想申请办理无犯罪记录证明请问需要什么材料", seconds=0.6) is Doubt.TOO_FAST


def test_given_a_short_word_in_a_very_short_clip_then_it_is_believed() -> None:
    assert _doubt("转人工", seconds=0.4) is None


def test_given_unlikely_tokens_then_it_is_improbable() -> None:
    assert _doubt("我想办身份证", log_probability=-1.6) is Doubt.IMPROBABLE


def test_given_a_long_number_with_repeated_digits_then_it_is_no_repetition() -> None:
    assert _doubt("三幺零幺零幺幺九九零零三零七八五幺五", seconds=6.0) is None
