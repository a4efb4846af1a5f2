"""Sound files, PCM streams and levels."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.sounds import noise
from tests.voice.speech import in_container, spoken
from voice.audio import (
    SAMPLE_RATE,
    AudioTooLong,
    EmptyAudio,
    PcmReader,
    UnreadableAudio,
    decode,
    float_to_pcm,
    level_dbfs,
    pcm_to_float,
)

SENTENCE = "我要办理居住证"
CONTAINERS = {
    "wav": ("wav", "pcm_s16le", 16_000),
    "wav at 44.1 kHz": ("wav", "pcm_s16le", 44_100),
    "webm": ("webm", "libopus", 48_000),
    "ogg": ("ogg", "libopus", 48_000),
    "m4a": ("ipod", "aac", 44_100),
    "mp3": ("mp3", "libmp3lame", 44_100),
    "flac": ("flac", "flac", 16_000),
}


@pytest.mark.parametrize("made", CONTAINERS.values(), ids=CONTAINERS)
def test_given_a_clip_in_any_container_when_decoded_then_the_sound_is_the_clips(made: tuple[str, str, int]) -> None:
    clip = spoken(SENTENCE)
    decoded = decode(in_container(clip, *made))
    assert decoded.dtype == np.float32
    assert decoded.ndim == 1
    assert len(decoded) == pytest.approx(len(clip), abs=0.1 * SAMPLE_RATE)
    assert level_dbfs(decoded) == pytest.approx(level_dbfs(clip), abs=1.0)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_given_a_truncated_webm_when_decoded_then_what_is_there_comes_out(share: float) -> None:
    clip = spoken(SENTENCE)
    file = in_container(clip, *CONTAINERS["webm"])
    decoded = decode(file[: int(share * len(file))])
    assert len(decoded) == pytest.approx(share * len(clip), rel=0.25)
    assert level_dbfs(decoded) > -40.0


def test_given_a_webm_with_a_torn_middle_when_decoded_then_the_rest_comes_out() -> None:
    clip = spoken(SENTENCE)
    file = bytearray(in_container(clip, *CONTAINERS["webm"]))
    middle = len(file) // 2
    file[middle : middle + 60] = bytes(60)
    assert len(decode(bytes(file))) > 0.5 * len(clip)


@pytest.mark.parametrize(
    "rubbish",
    [b"x", b"RIFF", "我要办理居住证".encode(), bytes(4000), np.random.default_rng(1).bytes(4000)],
    ids=["a byte", "a head", "text", "noughts", "random"],
)
def test_given_rubbish_when_decoded_then_it_says_so(rubbish: bytes) -> None:
    with pytest.raises(UnreadableAudio):
        decode(rubbish)


def test_given_no_data_or_no_sound_when_decoded_then_it_says_so() -> None:
    wav = in_container(spoken(SENTENCE), *CONTAINERS["wav"])
    for empty in (b"", wav[: wav.index(b"data") + 4] + bytes(4)):
        with pytest.raises(EmptyAudio):
            decode(empty)


def test_given_a_playlist_when_decoded_then_the_file_it_names_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("secret.wav").write_bytes(in_container(spoken(SENTENCE), *CONTAINERS["wav"]))
    playlists = [
        b"ffconcat version 1.0\nfile secret.wav\n",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nsecret.wav\n#EXT-X-ENDLIST\n",
    ]
    for playlist in playlists:
        with pytest.raises(UnreadableAudio):
            decode(playlist)


def test_given_a_recording_beyond_the_limit_when_decoded_then_it_is_refused() -> None:
    file = in_container(noise(3.0, -30.0), *CONTAINERS["webm"])
    assert len(decode(file, longest_s=3.5)) > 2.5 * SAMPLE_RATE
    with pytest.raises(AudioTooLong, match="longer than 2 s"):
        decode(file, longest_s=2.0)


def test_given_a_small_file_that_claims_hours_when_decoded_then_it_is_refused_before_it_grows() -> None:
    wav = bytearray(in_container(noise(1.0, -30.0), *CONTAINERS["wav"]))
    wav[24:28] = struct.pack("<I", 1)
    with pytest.raises(AudioTooLong):
        decode(bytes(wav))


def test_given_half_a_sample_when_converted_then_it_is_refused() -> None:
    with pytest.raises(UnreadableAudio):
        pcm_to_float(b"abc")


@given(cuts=st.lists(st.integers(0, 400), max_size=20))
def test_given_a_stream_cut_anywhere_when_read_then_no_sample_is_lost(cuts: list[int]) -> None:
    pcm = float_to_pcm(noise(0.0125, -20.0))
    reader, parts, start = PcmReader(), [], 0
    for end in [*sorted(cuts), len(pcm)]:
        parts.append(reader.read(pcm[start:end]))
        start = end
    assert np.array_equal(np.concatenate(parts), pcm_to_float(pcm))


def test_given_samples_too_loud_when_written_then_they_are_clipped_and_not_wrapped() -> None:
    written = pcm_to_float(float_to_pcm(np.array([2.0, -2.0, 0.5], np.float32)))
    assert written == pytest.approx([1.0, -1.0, 0.5], abs=1e-4)


def test_given_sounds_when_measured_then_the_level_is_in_db_below_full_scale() -> None:
    assert level_dbfs(np.full(100, 0.1, np.float32)) == pytest.approx(-20.0, abs=0.01)
    assert level_dbfs(np.zeros(100, np.float32)) == -100.0
    assert level_dbfs(np.zeros(0, np.float32)) == -100.0
