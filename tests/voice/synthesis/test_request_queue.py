"""One synthesiser shared by several speakers: order, bound, cancelling, rest after a failure, closing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from voice.synthesis.clip import Clip
from voice.synthesis.contract import SynthesisFailed, SynthesisRequest, SynthesizerBusy
from voice.synthesis.request_queue import SynthesisQueue


class _Scripted:
    """A synthesiser that waits to be let go, and fails when told to."""

    at_once = 1

    def __init__(self) -> None:
        self.go = threading.Event()
        self.failure: Exception | None = None
        self.spoken: list[str] = []

    def fingerprint(self, request: SynthesisRequest) -> str:
        return request.text

    def speak(self, request: SynthesisRequest) -> Clip:
        self.spoken.append(request.text)
        assert self.go.wait(5)
        if self.failure:
            raise self.failure
        return Clip(np.ones(len(request.text), np.int16), 1)

    def close(self) -> None:
        self.failure = SynthesisFailed("ended")
        self.go.set()


@pytest.fixture
def synthesizer() -> _Scripted:
    return _Scripted()


@pytest.fixture
def queue_of(synthesizer: _Scripted) -> Iterator[Callable[..., SynthesisQueue]]:
    made: list[SynthesisQueue] = []

    def make(most_waiting: int = 8, rest: float = 0.0, clock: Callable[[], float] = lambda: 0.0) -> SynthesisQueue:
        made.append(SynthesisQueue(synthesizer, most_waiting, rest, clock))
        return made[-1]

    yield make
    for queue in made:
        queue.close()


def _request(text: str) -> SynthesisRequest:
    return SynthesisRequest(text, "mandarin", 1.0, 1.0)


def test_given_several_sentences_when_asked_for_then_they_are_spoken_in_order(
    synthesizer: _Scripted, queue_of: Callable[..., SynthesisQueue]
) -> None:
    queue = queue_of()
    futures = [queue.submit(_request(text)) for text in ("一", "二二", "三三三")]
    synthesizer.go.set()

    assert [future.result(5).seconds for future in futures] == [1, 2, 3]
    assert synthesizer.spoken == ["一", "二二", "三三三"]


def test_given_too_many_waiting_when_one_more_is_asked_for_then_it_is_refused_until_there_is_room(
    synthesizer: _Scripted, queue_of: Callable[..., SynthesisQueue]
) -> None:
    queue = queue_of(most_waiting=2)
    futures = [queue.submit(_request("一")) for _ in range(2)]
    with pytest.raises(SynthesizerBusy, match="waiting"):
        queue.submit(_request("二"))

    synthesizer.go.set()
    assert [future.result(5).seconds for future in futures] == [1, 1]

    assert queue.submit(_request("二二")).result(5).seconds == 2


def test_given_a_sentence_cancelled_before_its_turn_when_the_others_are_spoken_then_it_is_not(
    synthesizer: _Scripted, queue_of: Callable[..., SynthesisQueue]
) -> None:
    queue = queue_of(most_waiting=2)
    first, second = queue.submit(_request("一")), queue.submit(_request("二"))

    assert second.cancel()
    third = queue.submit(_request("三"))
    synthesizer.go.set()

    assert first.result(5) and third.result(5)
    assert synthesizer.spoken == ["一", "三"]


def test_given_a_failure_when_resting_then_it_is_not_asked_until_the_rest_is_over(
    synthesizer: _Scripted, queue_of: Callable[..., SynthesisQueue]
) -> None:
    now = [100.0]
    queue = queue_of(rest=30.0, clock=lambda: now[0])
    synthesizer.go.set()
    synthesizer.failure = SynthesisFailed("no server")
    with pytest.raises(SynthesisFailed, match="no server"):
        queue.submit(_request("一")).result(5)
    synthesizer.failure = None

    now[0] += 29
    with pytest.raises(SynthesisFailed, match="a moment ago"):
        queue.submit(_request("二")).result(5)
    now[0] += 2

    assert queue.submit(_request("三")).result(5).seconds == 1
    assert synthesizer.spoken == ["一", "三"]


def test_given_a_fault_of_another_kind_when_spoken_then_it_fails_like_any_other(
    synthesizer: _Scripted, queue_of: Callable[..., SynthesisQueue]
) -> None:
    synthesizer.go.set()
    synthesizer.failure = KeyError("voice")

    with pytest.raises(SynthesisFailed, match="KeyError"):
        queue_of().submit(_request("一")).result(5)


def test_given_sentences_waiting_when_closed_then_every_one_fails_and_no_more_are_taken(
    synthesizer: _Scripted, queue_of: Callable[..., SynthesisQueue]
) -> None:
    queue = queue_of()
    futures = [queue.submit(_request("一")) for _ in range(5)]

    queue.close()

    for future in futures:
        with pytest.raises(SynthesisFailed):
            future.result(5)
    with pytest.raises(SynthesisFailed, match="closed"):
        queue.submit(_request("二"))
    assert synthesizer.spoken == ["一"]
