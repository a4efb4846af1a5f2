"""A whole clip: the speech of it, in one while it is short, in utterances where it is long; nothing said is lost."""

from __future__ import annotations

import numpy as np
import pytest

from tests.voice.speech import spoken
from voice.audio import SAMPLE_RATE
from voice.endpointing.voice_activity import SileroModel
from voice.endpointing.whole_speech import speech_in, utterances_in

SENTENCE = spoken("我想问一下孩子刚刚出生在这里上户口要带哪些材料")


@pytest.fixture(scope="module")
def silero() -> SileroModel:
    return SileroModel()


def quiet(seconds: float) -> np.ndarray:
    return np.random.default_rng(0).normal(0.0, 0.0005, round(seconds * SAMPLE_RATE)).astype(np.float32)


def story(times: int, pause_s: float) -> np.ndarray:
    return np.concatenate([quiet(1.0), *([SENTENCE, quiet(pause_s)] * times), quiet(2.0)])


def seconds(samples: np.ndarray) -> float:
    return len(samples) / SAMPLE_RATE


def test_given_a_clip_then_the_silence_around_its_speech_is_left_out(silero: SileroModel) -> None:
    heard = speech_in(story(1, 0.0), silero)

    assert seconds(SENTENCE) <= seconds(heard) <= seconds(SENTENCE) + 1.5


def test_given_a_long_clip_then_its_speech_is_there_to_the_end(silero: SileroModel) -> None:
    clip = story(8, 0.5)

    assert seconds(clip) > 35.0
    assert seconds(speech_in(clip, silero)) >= seconds(clip) - 4.0


def test_given_a_short_clip_with_pauses_then_it_is_one_utterance(silero: SileroModel) -> None:
    assert len(utterances_in(story(2, 1.5), silero)) == 1


def test_given_a_clip_of_a_minute_then_it_is_cut_at_its_pauses_and_no_sentence_is_lost(silero: SileroModel) -> None:
    utterances = utterances_in(story(12, 0.7), silero)

    assert len(utterances) == 12
    assert all(seconds(one) >= seconds(SENTENCE) - 0.2 for one in utterances)


def test_given_nobody_speaks_then_there_is_no_utterance(silero: SileroModel) -> None:
    assert utterances_in(quiet(40.0), silero) == []
    assert utterances_in(np.zeros(0, np.float32), silero) == []
