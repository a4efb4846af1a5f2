"""Clips are held in one place and drawn in batches of about the same length."""

from __future__ import annotations

import numpy as np
import torch

from voice.audio import SAMPLE_RATE
from voice.training.clips import SILENCE, Clips
from voice.training.recording import Recording

CPU = torch.device("cpu")


def _recording(lengths: list[int], first: int = 0) -> Recording:
    samples = np.concatenate([np.full(length, 1000 + first + place) for place, length in enumerate(lengths)])
    return Recording(samples.astype(np.int16), lengths, list(range(first, first + len(lengths))))


def test_given_no_room_then_the_oldest_clips_make_room_for_the_latest() -> None:
    clips = Clips(seconds=1.0, device=CPU, seed=1)
    clips.add(_recording([8000, 4000]))
    clips.add(_recording([4000], first=2))
    assert _held(clips) == {0, 1, 2}
    clips.add(_recording([3000, 4000], first=3))
    assert _held(clips) == {1, 2, 3, 4}
    clips.add(_recording([6000], first=5))
    assert _held(clips) == {3, 4, 5}
    assert clips.hours == 13000 / SAMPLE_RATE / 3600


def test_given_a_recording_longer_than_all_the_room_then_it_is_left_out() -> None:
    clips = Clips(seconds=1.0, device=CPU, seed=1)
    clips.add(_recording([8000]))
    clips.add(_recording([9000, 9000], first=1))
    assert _held(clips) == {0}


def _held(clips: Clips) -> set[int]:
    """Return the lines whose clips are held, each of which must sound as it was recorded."""
    heard = {}
    for batch in clips.each_once(seconds=2.5):
        rows = zip(batch.waves, batch.starts.tolist(), batch.ends.tolist(), batch.numbers, strict=True)
        heard.update({number: row[start:end] for row, start, end, number in rows})
    for number, wave in heard.items():
        assert torch.allclose(wave, torch.full_like(wave, (1000 + number) / 32768))
    return set(heard)


def test_given_clips_then_each_once_comes_back_as_it_was_recorded() -> None:
    clips = Clips(seconds=5.0, device=CPU, seed=1)
    lengths = [9000, 3000, 16000, 5000, 3100]
    clips.add(_recording(lengths[:3]))
    clips.add(Recording(np.zeros(0, np.int16), [], []))
    clips.add(_recording(lengths[3:], first=3))

    heard = {}
    for batch in clips.each_once(seconds=2.5):
        rows = zip(batch.waves, batch.starts.tolist(), batch.ends.tolist(), batch.numbers, strict=True)
        heard.update({number: row[start:end] for row, start, end, number in rows})
        assert all(not row[:start].any() for row, start in zip(batch.waves, batch.starts, strict=True))

    assert sorted(heard) == [0, 1, 2, 3, 4]
    for number, length in enumerate(lengths):
        assert torch.allclose(heard[number], torch.full((length,), (1000 + number) / 32768))


def test_given_batches_then_each_has_clips_of_about_one_length_and_so_many_seconds(clips: Clips) -> None:
    batches = list(clips.batches(seconds=12.0))
    assert len(batches) > 3
    for batch in batches:
        assert len(batch.numbers) == len(batch.waves) == len(batch.lengths)
        assert len(batch.numbers) == 1 or batch.waves.numel() / SAMPLE_RATE < 12.0 * 1.3
        assert batch.waves.shape[1] == batch.lengths.max()
    shortest = sorted((batch.ends - batch.starts).float().mean().item() for batch in batches)
    assert shortest[-1] > 1.5 * shortest[0]


def test_given_batches_then_a_wave_sounds_where_it_is_spoken_and_nowhere_else(clips: Clips) -> None:
    for batch in clips.batches(seconds=12.0):
        for place, number in enumerate(batch.numbers):
            start, end, length = (int(one[place]) for one in (batch.starts, batch.ends, batch.lengths))
            assert 0 <= start < end <= length
            assert not batch.waves[place, :start].any() and not batch.waves[place, end:].any()
            assert bool(batch.waves[place].any()) is (number != SILENCE)
            assert batch.waves[place].abs().max() <= 1.0


def test_given_many_batches_then_nobody_speaks_in_a_few_and_speeds_differ(clips: Clips) -> None:
    batches = [batch for _ in range(5) for batch in clips.batches(seconds=30.0)]
    numbers = [number for batch in batches for number in batch.numbers]
    lengths: dict[int, set[int]] = {}
    for batch in batches:
        for number, length in zip(batch.numbers, (batch.ends - batch.starts).tolist(), strict=True):
            lengths.setdefault(number, set()).add(length)
    assert 0.005 < numbers.count(SILENCE) / len(numbers) < 0.1
    assert sum(len(one) > 1 for one in lengths.values()) > 0.8 * len(lengths)


def test_given_no_clips_then_there_is_nothing_to_hear() -> None:
    assert list(Clips(seconds=1.0, device=CPU, seed=1).each_once(seconds=10.0)) == []
