"""Lines are spoken in processes of their own, and none is lost when one of them crashes."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voice.audio import SAMPLE_RATE
from voice.training.lines import Line
from voice.training.recording import NothingRecorded, Recording, record
from voice.training.voices import VoiceBank

HELLO = Line("你好", ("ni3", "hao3"), "ni3 hao3")


class Crashing(str):
    """A text that kills the process it is sent to, the first few times."""

    crashes = 1

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        if self.crashes <= 0:
            return str, (str(self),)
        self.crashes -= 1
        return signal.raise_signal, (signal.SIGKILL,)


def test_given_lines_then_each_is_spoken_once_without_silence_around_it(
    lines: list[Line], recordings: list[Recording]
) -> None:
    numbers = [number for recording in recordings for number in recording.numbers]
    assert sorted(numbers) == list(range(len(lines)))
    for recording in recordings:
        assert sum(recording.lengths) == len(recording.samples) and recording.samples.dtype == np.int16
        for clip in np.split(recording.samples, np.cumsum(recording.lengths)[:-1]):
            limit, edge = 0.02 * np.abs(clip.astype(float)).max(), int(0.03 * SAMPLE_RATE)
            assert np.abs(clip[:edge].astype(float)).max() > limit / 2
            assert np.abs(clip[-edge:].astype(float)).max() > limit / 2


def test_given_longer_lines_then_their_clips_are_longer(lines: list[Line], recordings: list[Recording]) -> None:
    lengths = {number: length for one in recordings for number, length in zip(one.numbers, one.lengths, strict=True)}
    characters = [len(lines[number].text) for number in lengths]
    assert np.corrcoef(characters, list(lengths.values()))[0, 1] > 0.7


def test_given_named_voices_then_they_share_the_lines(bank: VoiceBank, tmp_path: Path) -> None:
    made = list(record([HELLO] * 5, bank, tmp_path, workers=1, seed=2, voices=("f4", "m6", "steph2")))
    assert [one.numbers for one in made] == [[0, 3], [1, 4], [2]]
    assert not list(tmp_path.iterdir())


def test_given_a_process_that_crashes_then_its_lines_are_spoken_anew(bank: VoiceBank, tmp_path: Path) -> None:
    crashing = replace(HELLO, spoken=Crashing(HELLO.spoken))
    made = list(record([HELLO, HELLO, crashing, HELLO], bank, tmp_path, workers=2, seed=3))
    assert Counter(number for one in made for number in one.numbers) == Counter(range(4))


def test_given_a_line_that_always_crashes_then_it_alone_is_left_out(bank: VoiceBank, tmp_path: Path) -> None:
    spoken = Crashing(HELLO.spoken)
    spoken.crashes = 100
    made = list(record([HELLO, HELLO, replace(HELLO, spoken=spoken), HELLO], bank, tmp_path, workers=1, seed=4))
    assert sorted(number for one in made for number in one.numbers) == [0, 1, 3]


def test_given_a_line_without_sound_then_it_has_no_clip(bank: VoiceBank, tmp_path: Path) -> None:
    (made,) = record([replace(HELLO, spoken=""), HELLO], bank, tmp_path, workers=1, seed=5)
    assert made.numbers == [1]


def test_given_an_unknown_voice_then_recording_ends_with_an_error(bank: VoiceBank, tmp_path: Path) -> None:
    with pytest.raises(NothingRecorded, match="espeak-ng"):
        list(record([HELLO], bank, tmp_path, workers=1, seed=6, voices=("no-such-voice",)))


def test_given_nobody_takes_the_rest_then_the_processes_are_ended(bank: VoiceBank, tmp_path: Path) -> None:
    many = record([HELLO] * 2000, bank, tmp_path, workers=2, seed=7)
    next(many)
    many.close()
    left = len(list(tmp_path.iterdir()))
    assert left <= 2
