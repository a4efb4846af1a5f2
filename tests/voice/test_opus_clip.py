"""Clips go out as opus and come back as they were."""

from __future__ import annotations

import av
import numpy as np
import pytest

from tests.voice.speech import spoken
from voice.audio import SAMPLE_RATE, float_to_pcm
from voice.opus import OPUS_RATE, OpusEncoder
from voice.opus_clip import EncodingFailed, OpusClip, opus_clip
from voice.synthesis.clip import Clip

SPEECH = Clip(np.frombuffer(float_to_pcm(spoken("请带身份证原件到窗口办理")), "<i2"), SAMPLE_RATE)


def played(clip: OpusClip) -> np.ndarray:
    """Return what a client hears: the packets decoded at 48 kHz, without the pre-skip."""
    decoder = av.CodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout = OPUS_RATE, "mono"
    frames = [frame.to_ndarray().ravel() for packet in clip.packets for frame in decoder.decode(av.Packet(packet))]
    return np.concatenate(frames)[clip.pre_skip :]


@pytest.mark.parametrize("rate", [16_000, 22_050, 48_000])
def test_given_speech_when_sent_as_opus_then_it_sounds_the_same_from_the_first_sample_on(rate: int) -> None:
    clip = opus_clip(SPEECH.at(rate))
    heard, said = played(clip).astype(float), SPEECH.at(OPUS_RATE).samples.astype(float)

    assert len(said) <= len(heard) <= len(said) + 0.03 * OPUS_RATE
    lags = range(-96, 97)
    likeness = [np.corrcoef(heard[1000 + lag : 40_000 + lag], said[1000:40_000])[0, 1] for lag in lags]
    assert max(likeness) > 0.9
    assert abs(lags[int(np.argmax(likeness))]) <= 0.0005 * OPUS_RATE


def test_given_speech_when_sent_as_opus_then_it_is_some_24_kbit_a_second_in_packets_of_20_ms() -> None:
    clip = opus_clip(SPEECH)

    assert 0.02 * len(clip.packets) == pytest.approx(clip.seconds, abs=0.03)
    assert 10_000 < 8 * sum(map(len, clip.packets)) / clip.seconds < 30_000
    assert (clip.rate, clip.pcm) == (SPEECH.rate, SPEECH.pcm)


def test_given_an_encoder_then_it_tells_how_much_it_puts_before_the_sound() -> None:
    assert OpusEncoder().pre_skip == opus_clip(SPEECH).pre_skip == 312


def test_given_a_clip_that_cannot_be_encoded_then_it_says_so() -> None:
    with pytest.raises(EncodingFailed):
        opus_clip(Clip(SPEECH.samples, 0))


def test_given_a_clip_in_opus_then_no_log_shows_its_sound() -> None:
    assert "packets" not in repr(opus_clip(SPEECH))
