"""One recogniser serves many sessions in a fair and bounded order."""

from __future__ import annotations

import asyncio
import threading

import numpy as np
import pytest

from voice.recognition.queue import RecognitionQueue, RecognizerBusy
from voice.recognition.transcript import Transcript


class Hearer:
    """Writes down what it is given, and hears nothing until it may."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.heard: list[int] = []

    def __call__(self, audio: np.ndarray, draft: bool) -> Transcript:
        self.open.wait(5.0)
        self.heard.append(len(audio))
        if len(audio) == 13:
            raise RuntimeError("broken")
        return Transcript(str(len(audio)), 1.0, 0.0, 0.0)


def _clip(length: int) -> np.ndarray:
    return np.zeros(length, np.float32)


async def _turn() -> None:
    for _ in range(3):
        await asyncio.sleep(0)


async def test_given_several_sessions_then_each_gets_its_own_transcript() -> None:
    hearer = Hearer()
    hearer.open.set()
    queue = RecognitionQueue(hearer)

    transcripts = await asyncio.gather(*(queue.transcribe(_clip(length), str(length)) for length in (1, 2, 3)))

    assert [one.text for one in transcripts] == ["1", "2", "3"]
    await queue.close()


async def test_given_drafts_wait_then_a_final_goes_first() -> None:
    hearer = Hearer()
    queue = RecognitionQueue(hearer)
    tasks = [asyncio.ensure_future(queue.transcribe(_clip(1), "a"))]
    await _turn()
    tasks.append(asyncio.ensure_future(queue.transcribe(_clip(2), "b", draft=True)))
    tasks.append(asyncio.ensure_future(queue.transcribe(_clip(3), "c")))
    await _turn()
    hearer.open.set()

    await asyncio.gather(*tasks)

    assert hearer.heard == [1, 3, 2]
    await queue.close()


async def test_given_a_newer_clip_of_a_session_then_its_waiting_draft_is_withdrawn() -> None:
    hearer = Hearer()
    queue = RecognitionQueue(hearer)
    first = asyncio.ensure_future(queue.transcribe(_clip(1), "a"))
    await _turn()
    draft = asyncio.ensure_future(queue.transcribe(_clip(2), "b", draft=True))
    await _turn()
    final = asyncio.ensure_future(queue.transcribe(_clip(3), "b"))
    await _turn()
    hearer.open.set()

    assert (await final).text == "3"
    with pytest.raises(RecognizerBusy):
        await draft
    await first
    assert hearer.heard == [1, 3]
    await queue.close()


async def test_given_a_full_queue_then_the_next_is_refused_and_the_others_are_served() -> None:
    hearer = Hearer()
    queue = RecognitionQueue(hearer, longest=2)
    tasks = [asyncio.ensure_future(queue.transcribe(_clip(1), "a"))]
    await _turn()
    tasks += [asyncio.ensure_future(queue.transcribe(_clip(length), str(length))) for length in (2, 3)]
    await _turn()

    with pytest.raises(RecognizerBusy):
        await queue.transcribe(_clip(4), "d")

    hearer.open.set()
    assert [one.text for one in await asyncio.gather(*tasks)] == ["1", "2", "3"]
    await queue.close()


async def test_given_a_full_queue_of_drafts_then_a_final_takes_the_place_of_one() -> None:
    hearer = Hearer()
    queue = RecognitionQueue(hearer, longest=1)
    first = asyncio.ensure_future(queue.transcribe(_clip(1), "a"))
    await _turn()
    draft = asyncio.ensure_future(queue.transcribe(_clip(2), "b", draft=True))
    await _turn()
    final = asyncio.ensure_future(queue.transcribe(_clip(3), "c"))
    await _turn()
    hearer.open.set()

    assert (await final).text == "3"
    with pytest.raises(RecognizerBusy):
        await draft
    await first
    await queue.close()


async def test_given_a_recogniser_that_fails_then_only_that_clip_fails() -> None:
    hearer = Hearer()
    hearer.open.set()
    queue = RecognitionQueue(hearer)

    with pytest.raises(RuntimeError):
        await queue.transcribe(_clip(13), "a")

    assert (await queue.transcribe(_clip(2), "a")).text == "2"
    await queue.close()


async def test_given_a_waiting_clip_is_given_up_then_it_is_not_recognised() -> None:
    hearer = Hearer()
    queue = RecognitionQueue(hearer)
    first = asyncio.ensure_future(queue.transcribe(_clip(1), "a"))
    await _turn()
    given_up = asyncio.ensure_future(queue.transcribe(_clip(2), "b"))
    await _turn()
    given_up.cancel()
    await _turn()
    hearer.open.set()
    await first

    assert queue.length == 0
    await queue.close()
    assert hearer.heard == [1]


async def test_given_the_queue_closes_then_what_waits_is_refused() -> None:
    hearer = Hearer()
    queue = RecognitionQueue(hearer)
    first = asyncio.ensure_future(queue.transcribe(_clip(1), "a"))
    await _turn()
    waiting = asyncio.ensure_future(queue.transcribe(_clip(2), "b"))
    await _turn()
    hearer.open.set()

    await queue.close()

    assert (await first).text == "1"
    with pytest.raises(RecognizerBusy):
        await waiting
