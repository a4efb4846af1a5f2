"""A recogniser believes what was surely said, and says how surely and how long it took."""

from __future__ import annotations

import math

import numpy as np
import pytest

from voice.audio import SAMPLE_RATE
from voice.recognition.hallucination import Guard
from voice.recognition.recognizer import Recognizer
from voice.recognition.transcript import Doubt, Hypothesis

CLIP = np.full(2 * SAMPLE_RATE, 0.1, np.float64)


class Model:
    """A model that hears what it is told to, and writes down what it was asked."""

    description = "a model for tests"
    is_demonstration = False

    def __init__(self, text: str = "我想办身份证", log_probability: float = -0.1, no_speech: float = 0.0) -> None:
        self._heard = Hypothesis(text, log_probability, no_speech)
        self.asked: list[tuple[np.dtype, int, bool]] = []

    def hear(self, audio: np.ndarray, draft: bool = False) -> Hypothesis:
        self.asked.append((audio.dtype, len(audio), draft))
        return self._heard


class Stopwatch:
    """A second passes between looks."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        self._now += 1.0
        return self._now


def test_given_a_sure_sentence_then_it_is_believed_with_its_confidence_and_times() -> None:
    transcript = Recognizer(Model(), stopwatch=Stopwatch()).transcribe(CLIP)
    assert transcript.text == "我想办身份证" and transcript.doubt is None
    assert transcript.confidence == pytest.approx(math.exp(-0.1))
    assert (transcript.seconds, transcript.compute_seconds) == (2.0, 1.0)


@pytest.mark.parametrize(
    ("model", "doubt"),
    [
        (Model("谢谢观看", -0.9, 0.95), Doubt.SILENCE),
        (Model("我想办身份证", -3.0), Doubt.IMPROBABLE),
        (Model("办" * 40, -0.1), Doubt.REPETITION),
        (Model("我想办理不动产登记证明请问需要带哪些材料以及费用是多少谢谢", -0.1), Doubt.TOO_FAST),
    ],
)
def test_given_what_is_not_believed_then_there_is_no_text_and_the_reason_is_told(model: Model, doubt: Doubt) -> None:
    transcript = Recognizer(model).transcribe(CLIP)
    assert (transcript.text, transcript.confidence, transcript.doubt) == ("", 0.0, doubt)


@pytest.mark.parametrize("audio", [np.zeros(SAMPLE_RATE), np.zeros(0), np.full(800, 0.1), np.full(SAMPLE_RATE, np.nan)])
def test_given_silence_or_next_to_nothing_then_the_model_is_not_asked(audio: np.ndarray) -> None:
    model = Model()
    transcript = Recognizer(model).transcribe(audio)
    assert transcript.doubt is Doubt.SILENCE and transcript.text == ""
    assert transcript.seconds == len(audio) / SAMPLE_RATE
    assert not model.asked


def test_given_a_draft_then_the_model_is_told_and_gets_samples_as_it_needs_them() -> None:
    model = Model()
    recognizer = Recognizer(model)
    recognizer.transcribe(CLIP, True)
    recognizer.transcribe(CLIP[::2])
    assert model.asked == [(np.float32, len(CLIP), True), (np.float32, len(CLIP) // 2, False)]


def test_given_a_guard_of_ones_own_then_its_limits_count() -> None:
    strict = Recognizer(Model(log_probability=-0.3), Guard(least_log_probability=-0.2))
    assert strict.transcribe(CLIP).doubt is Doubt.IMPROBABLE
