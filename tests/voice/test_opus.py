"""Opus packets both ways."""

from __future__ import annotations

import numpy as np
import pytest

from tests.voice.speech import spoken
from voice.audio import SAMPLE_RATE, level_dbfs
from voice.opus import BrokenPacket, OpusDecoder, OpusEncoder

CLIP = "我要办理居住证"


def packets_of(clip: np.ndarray, frame: int = 500, rate: int = SAMPLE_RATE) -> list[bytes]:
    encoder = OpusEncoder(rate)
    packets = [packet for start in range(0, len(clip), frame) for packet in encoder.encode(clip[start : start + frame])]
    return packets + encoder.finish()


def decoded(decoder: OpusDecoder, packets: list[bytes]) -> np.ndarray:
    return np.concatenate([decoder.decode(packet) for packet in packets])


@pytest.mark.parametrize("frame", [7, 320, 4096])
def test_given_frames_of_any_length_when_sent_as_opus_then_the_clip_comes_back(frame: int) -> None:
    clip = spoken(CLIP)
    packets = packets_of(clip, frame)
    heard = decoded(OpusDecoder(), packets)
    assert len(heard) == pytest.approx(len(clip), abs=0.05 * SAMPLE_RATE)
    lag = int(np.argmax(np.correlate(heard, clip[:8000], "valid")[:2000]))
    common = heard[lag : lag + 8000]
    assert np.corrcoef(common, clip[:8000])[0, 1] > 0.9
    assert sum(map(len, packets)) < 0.2 * 2 * len(clip)


def test_given_the_synthesisers_rate_when_encoded_then_it_plays_as_long() -> None:
    seconds = 1.5
    clip = np.sin(2 * np.pi * 440 * np.arange(round(seconds * 22_050)) / 22_050).astype(np.float32) * np.float32(0.3)
    heard = decoded(OpusDecoder(), packets_of(clip, 1000, rate=22_050))
    assert len(heard) / SAMPLE_RATE == pytest.approx(seconds, abs=0.05)
    spectrum = np.abs(np.fft.rfft(heard[4000:20_000]))
    assert np.argmax(spectrum) == pytest.approx(440, abs=2)


def test_given_a_packet_when_decoded_then_20_ms_come_out() -> None:
    decoder = OpusDecoder()
    lengths = [len(decoder.decode(packet)) for packet in packets_of(spoken(CLIP))]
    assert set(lengths[1:]) == {320}
    assert lengths[0] == pytest.approx(320, abs=32)


@pytest.mark.parametrize("rubbish", [b"", b"\xff", b"\xff\xff\xff", bytes(100_000)])
def test_given_rubbish_when_decoded_then_it_says_so_and_the_next_packet_is_heard(rubbish: bytes) -> None:
    decoder, clip = OpusDecoder(), spoken(CLIP)
    packets = packets_of(clip)
    half = len(packets) // 2
    before = decoded(decoder, packets[:half])
    with pytest.raises(BrokenPacket):
        decoder.decode(rubbish)
    after = decoded(decoder, packets[half:])
    assert len(before) + len(after) == pytest.approx(len(clip), abs=0.05 * SAMPLE_RATE)
    assert level_dbfs(after) == pytest.approx(level_dbfs(clip[half * 320 :]), abs=1.5)


def test_given_random_bytes_when_decoded_then_they_are_short_or_broken() -> None:
    decoder, random = OpusDecoder(), np.random.default_rng(0)
    broken = 0
    for _ in range(300):
        try:
            assert len(decoder.decode(random.bytes(int(random.integers(1, 400))))) <= 0.125 * SAMPLE_RATE
        except BrokenPacket:
            broken += 1
    assert broken
    assert len(decoded(decoder, packets_of(spoken(CLIP)))) > 0


def test_given_nothing_when_encoded_then_there_is_no_packet() -> None:
    assert OpusEncoder().encode(np.zeros(0, np.float32)) == []
    assert OpusEncoder().finish() == []
