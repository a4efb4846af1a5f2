"""Clips: sound in memory, to WAV and back."""

from __future__ import annotations

import io
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.synthesis.clip import BadClip, Clip, joined


def _tone(seconds: float, rate: int, hertz: float = 440.0) -> Clip:
    times = np.arange(int(seconds * rate)) / rate
    return Clip((10_000 * np.sin(2 * np.pi * hertz * times)).astype(np.int16), rate)


def _wav(samples: np.ndarray, channels: int, width: int) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(width)
        writer.setframerate(16_000)
        writer.writeframes(samples.tobytes())
    return file.getvalue()


@given(st.lists(st.integers(-32768, 32767), max_size=200), st.sampled_from([8_000, 16_000, 22_050, 48_000]))
def test_given_any_samples_when_written_and_read_then_they_are_the_same(samples: list[int], rate: int) -> None:
    read = Clip.from_wav(Clip(np.array(samples, np.int16), rate).wav)

    assert (read.samples.tolist(), read.rate) == (samples, rate)


def test_given_two_channels_when_read_then_they_become_one() -> None:
    content = _wav(np.array([[100, 300], [-50, -150]], "<i2"), channels=2, width=2)

    assert Clip.from_wav(content).samples.tolist() == [200, -100]


def test_given_a_header_that_promises_more_when_read_then_what_is_there_is_taken() -> None:
    content = bytearray(_tone(0.1, 16_000).wav)
    content[4:8] = content[40:44] = b"\xff\xff\xff\x7f"

    assert Clip.from_wav(bytes(content)).seconds == pytest.approx(0.1)


def test_given_a_file_cut_in_the_middle_of_a_sample_when_read_then_whole_samples_are_taken() -> None:
    assert len(Clip.from_wav(_tone(0.1, 16_000).wav[:-3]).samples) == 1598


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"<html>not found</html>" * 9,
        _tone(0.1, 8_000).wav[:30],
        _wav(np.zeros(9, np.uint8), channels=1, width=1),
    ],
    ids=["empty", "stump", "page", "half a header", "8 bits"],
)
def test_given_no_such_file_when_read_then_it_is_refused(content: bytes) -> None:
    with pytest.raises(BadClip, match="16-bit"):
        Clip.from_wav(content)


def test_given_another_rate_when_resampled_then_length_and_pitch_stay() -> None:
    clip = _tone(1.0, 22_050).at(16_000)

    assert (clip.rate, clip.seconds) == (16_000, pytest.approx(1.0, abs=0.001))
    assert int(np.abs(np.fft.rfft(clip.samples)).argmax()) == pytest.approx(440, abs=1)


def test_given_a_loud_clip_when_made_louder_then_it_is_cut_off_not_wrapped() -> None:
    clip = Clip(np.array([30_000, -30_000, 100], np.int16), 16_000).louder(2.0)

    assert clip.samples.tolist() == [32_767, -32_768, 200]


def test_given_clips_of_two_rates_when_joined_then_nothing_is_lost() -> None:
    whole = joined([_tone(0.5, 22_050), _tone(0.25, 16_000)])

    assert (whole.rate, whole.seconds) == (22_050, pytest.approx(0.75, abs=0.001))
    assert joined([]).seconds == 0
