"""How end-pointing is scored, and the streams it is scored on."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.endpointing import scored
from benchmarks.sounds import RATE, noise
from benchmarks.spoken_stream import clip_of, hesitating, joined
from voice.endpointing.events import EndReason, SoundHeard, SpeechEnded, Utterance

SPOKEN = ((10.0, 12.0), (20.0, 22.0))


def ended(at: float, audio_from: float, ended_at: float) -> SpeechEnded:
    utterance = Utterance(np.zeros(0, np.float32), audio_from, audio_from + 0.5, ended_at, 1.0, 20.0)
    return SpeechEnded(at, utterance, EndReason.SILENCE)


def recording(*loud: tuple[float, float], seconds: float = 3.0) -> np.ndarray:
    """Return a soft background with loud parts."""
    samples = noise(seconds, -70.0)
    for begin, end in loud:
        samples[round(begin * RATE) : round(end * RATE)] += noise(end - begin, -30.0)
    return samples


def test_given_whole_utterances_when_scored_then_all_is_well_and_the_delay_is_from_the_true_end() -> None:
    score = scored([SoundHeard(10.1), ended(12.8, 9.6, 12.0), SoundHeard(20.2), ended(22.7, 19.5, 22.1)], SPOKEN)
    assert (score.cut_off, score.first_syllable_lost, score.missed, score.heard_without_speech) == (0, 0, 0, 0)
    assert score.delays == pytest.approx((0.8, 0.7))
    assert score.heard == pytest.approx((0.1, 0.2))


def test_given_an_end_before_the_speech_ended_when_scored_then_it_is_cut_off_once() -> None:
    score = scored([ended(11.5, 9.6, 10.8), ended(12.8, 11.2, 12.0), ended(22.7, 19.5, 22.0)], SPOKEN)
    assert score.cut_off == 1
    assert score.delays == pytest.approx((0.8, 0.7))


def test_given_a_late_beginning_and_a_clip_not_heard_when_scored_then_both_are_counted() -> None:
    score = scored([ended(12.8, 10.1, 12.0)], SPOKEN)
    assert (score.first_syllable_lost, score.missed) == (1, 1)


def test_given_an_utterance_where_nobody_speaks_when_scored_then_it_is_counted() -> None:
    score = scored([ended(12.8, 9.6, 12.0), ended(16.0, 14.0, 15.5), ended(22.7, 19.5, 22.0)], SPOKEN)
    assert score.heard_without_speech == 1


def test_given_a_click_apart_from_the_speech_when_bounds_are_measured_then_it_is_left_out() -> None:
    begin, end = clip_of(recording((0.1, 0.2), (0.7, 1.5), (1.6, 2.4))).bounds
    assert begin / RATE == pytest.approx(0.7, abs=0.02)
    assert end / RATE == pytest.approx(2.4, abs=0.02)


def test_given_a_quiet_moment_when_someone_hesitates_then_it_lasts_as_long_as_drawn_and_no_speech_is_changed() -> None:
    clip = clip_of(recording((0.3, 1.2), (1.3, 2.4)))
    longer = hesitating(clip, (0.5, 0.5), np.random.default_rng(0))
    assert (len(longer.samples) - len(clip.samples)) / RATE == pytest.approx(0.4, abs=0.02)
    assert longer.loud.sum() == clip.loud.sum()


def test_given_clips_when_joined_then_the_stream_is_loud_where_they_are_spoken() -> None:
    stream = joined([clip_of(recording((0.3, 1.2), (1.3, 2.4)))] * 3, None)
    assert len(stream.spoken) == 3
    for begin, end in stream.spoken:
        said = stream.samples[round(begin * RATE) : round(end * RATE)]
        before = stream.samples[round((begin - 0.5) * RATE) : round((begin - 0.3) * RATE)]
        assert np.mean(said**2) > 1000 * np.mean(before**2)
