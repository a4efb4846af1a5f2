"""What records in the background waits for who listens, and ends with them."""

from __future__ import annotations

from collections.abc import Generator
from threading import Event

import numpy as np
import pytest

from voice.training.background_recorder import BackgroundRecorder
from voice.training.recording import NothingRecorded, Recording


class Booth:
    """Gives recordings of a number each, and writes down how many and whether it was closed."""

    def __init__(self, count: int, fails: bool = False) -> None:
        self.given, self.closed, self._count, self._fails = 0, Event(), count, fails

    def recordings(self) -> Generator[Recording, None, None]:
        try:
            for number in range(self._count):
                self.given += 1
                yield Recording(np.zeros(0, np.int16), [], [number])
            if self._fails:
                raise NothingRecorded("broken")
        finally:
            self.closed.set()


def test_given_recordings_then_all_come_in_order() -> None:
    with BackgroundRecorder(Booth(200).recordings()) as recorder:
        numbers = [recording.numbers[0] for recording in recorder.all()]
    assert numbers == list(range(200))
    assert recorder.failure is None


def test_given_nobody_listens_then_no_more_is_recorded_than_may_wait() -> None:
    booth = Booth(10_000)
    with BackgroundRecorder(booth.recordings()) as recorder:
        first = next(recorder.all())
    assert first.numbers == [0]
    assert booth.given < 300
    assert booth.closed.is_set()


def test_given_it_is_stopped_then_what_was_recorded_is_still_given() -> None:
    booth = Booth(10_000)
    with BackgroundRecorder(booth.recordings()) as recorder:
        next(recorder.all())
        recorder.stop()
        rest = sum(1 for _ in recorder.all())
    assert rest == booth.given - 1
    assert list(recorder.ready()) == []


def test_given_recording_fails_then_what_came_before_is_given_and_the_reason_is_known() -> None:
    with BackgroundRecorder(Booth(3, fails=True).recordings()) as recorder:
        assert len(list(recorder.all())) == 3
    assert str(recorder.failure) == "broken"


def test_given_who_listens_fails_then_recording_ends() -> None:
    booth = Booth(10_000)
    with pytest.raises(ZeroDivisionError), BackgroundRecorder(booth.recordings()):
        raise ZeroDivisionError
    assert booth.closed.is_set()
