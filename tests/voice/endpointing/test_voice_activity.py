"""The Silero model on a stream."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from faster_whisper.vad import get_vad_model

from benchmarks.sounds import noise, pink_noise
from tests.voice.speech import spoken
from voice.audio import SAMPLE_RATE, WINDOW, WINDOW_S
from voice.endpointing.voice_activity import SileroModel, SpeechMemory, VoiceActivity


@pytest.fixture(scope="module")
def sentence() -> np.ndarray:
    return np.concatenate([noise(0.5, -70.0), spoken("我要办理居住证"), noise(0.5, -70.0, seed=1)])


def judged(silero: SileroModel, samples: np.ndarray, frame: int) -> list[float]:
    activity = VoiceActivity(silero)
    windows = [w for start in range(0, len(samples), frame) for w in activity.feed(samples[start : start + frame])]
    assert [window.time for window in windows] == pytest.approx(np.arange(len(windows)) * WINDOW_S)
    assert np.array_equal(np.concatenate([w.samples for w in windows]), samples[: len(windows) * WINDOW])
    assert len(windows) * WINDOW + activity.waiting == len(samples)
    return [window.probability for window in windows]


@pytest.mark.parametrize("frame", [160, 511, 513, 4000])
def test_given_frames_of_any_length_when_judged_then_it_is_as_in_one_frame(
    silero: SileroModel, sentence: np.ndarray, frame: int
) -> None:
    assert judged(silero, sentence, frame) == judged(silero, sentence, len(sentence))


def test_given_windows_in_pieces_when_the_model_judges_them_then_it_is_as_faster_whisper_judges_the_whole(
    silero: SileroModel, sentence: np.ndarray
) -> None:
    windows = sentence[: len(sentence) // WINDOW * WINDOW].reshape(-1, WINDOW)
    seen = np.hstack([np.vstack([np.zeros((1, 64), np.float32), windows[:-1, -64:]]), windows])
    memory, probabilities = SpeechMemory(), []
    for piece in np.array_split(seen, 7):
        judged_piece, memory = silero(piece, memory)
        probabilities += judged_piece.tolist()
    # faster-whisper silences the end of the last window
    assert probabilities[:-1] == pytest.approx(get_vad_model()(windows.reshape(-1)).tolist()[:-1], abs=1e-4)


@pytest.mark.parametrize("gain_db", [-40.0, -20.0, 15.0])
def test_given_speech_faint_or_loud_when_judged_then_it_is_likely_all_the_same(
    silero: SileroModel, sentence: np.ndarray, gain_db: float
) -> None:
    louder = np.clip(sentence * np.float32(10.0 ** (gain_db / 20.0)), -1.0, 1.0)
    assert np.mean(np.array(judged(silero, louder, 320))[17:-20] > 0.5) > 0.9


def test_given_a_minute_of_silence_when_someone_speaks_then_it_is_likely_as_soon_as_at_the_start(
    silero: SileroModel, sentence: np.ndarray
) -> None:
    at_once = judged(silero, sentence, 320)
    later = judged(silero, np.concatenate([noise(60.0, -70.0, seed=3), sentence]), 320)[-len(at_once) :]
    first = np.flatnonzero(np.array(at_once) > 0.5)[0]
    assert np.flatnonzero(np.array(later) > 0.5)[0] <= first + 1


def test_given_a_steady_tone_when_judged_then_it_is_a_held_tone_and_speech_hardly_ever(
    silero: SileroModel, sentence: np.ndarray
) -> None:
    tone = (0.1 * np.sin(2 * np.pi * 300 * np.arange(SAMPLE_RATE) / SAMPLE_RATE)).astype(np.float32)
    held = [window.held_tone for window in VoiceActivity(silero).feed(tone)]
    assert all(held[1:])
    assert np.mean([window.held_tone for window in VoiceActivity(silero).feed(sentence)]) < 0.3


def test_given_speech_between_silences_when_judged_then_it_is_likely_there_alone(
    silero: SileroModel, sentence: np.ndarray
) -> None:
    probabilities = np.array(judged(silero, sentence, 320))
    assert np.mean(probabilities[17:-20] > 0.5) > 0.9
    assert probabilities[:14].max() < 0.3
    assert probabilities[-8:].max() < 0.3


@pytest.mark.parametrize("sound", [noise(10.0, -30.0), pink_noise(10.0, -20.0), np.zeros(160_000, np.float32)])
def test_given_noise_or_silence_when_judged_then_it_is_no_speech(silero: SileroModel, sound: np.ndarray) -> None:
    assert max(judged(silero, sound, 1600)) < 0.5


def test_given_samples_that_are_no_numbers_then_what_follows_is_judged_as_ever(
    silero: SileroModel, sentence: np.ndarray
) -> None:
    activity = VoiceActivity(silero)
    activity.feed(np.array([np.nan, np.inf, -np.inf] * WINDOW, np.float32))

    assert max(window.probability for window in activity.feed(sentence)) > 0.9
    assert np.isfinite(activity.noise_dbfs)


def test_given_a_reset_when_judged_then_nothing_of_the_past_counts(silero: SileroModel, sentence: np.ndarray) -> None:
    activity = VoiceActivity(silero)
    first = activity.feed(sentence[:10_001])
    activity.reset()
    again = activity.feed(sentence[:10_001])
    assert [(w.time, w.probability) for w in again] == [(w.time, w.probability) for w in first]


def test_given_streams_in_several_threads_when_one_model_judges_them_then_none_disturbs_another(
    silero: SileroModel, sentence: np.ndarray
) -> None:
    streams = [sentence * np.float32(gain) for gain in (1.0, 0.5, 0.25, 0.1)]
    alone = [judged(silero, stream, 320) for stream in streams]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda stream: judged(silero, stream, 320), streams))
    assert together == alone
