"""What goes over the socket of a spoken session: sound in opus, and how one is spoken to."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import av
import numpy as np
import pytest

from assistant.speech.manner import ELDER_SPEED, Manner
from tests.assistant.speech.client import Line, Socket
from voice.opus import OPUS_RATE
from voice.opus_clip import EncodingFailed, OpusClip, opus_clip
from voice.synthesis.clip import Clip

QUESTION = "身份证丢了怎么办"


@pytest.fixture
def manners(voice: Any, monkeypatch: pytest.MonkeyPatch) -> list[Manner]:
    """How each sentence is asked to be said, in order."""
    asked: list[Manner] = []
    clip = voice.clip

    async def noted(sentence: str, keep: bool = False, manner: Manner = Manner()) -> Clip:
        asked.append(manner)
        return await clip(sentence, keep, manner)

    monkeypatch.setattr(voice, "clip", noted)
    return asked


def frames_after(socket: Socket, event: dict[str, Any]) -> list[bytes]:
    """Return the binary frames between an event and the next one."""
    frames: list[bytes] = []
    for one in socket.sent[socket.sent.index(event) + 1 :]:
        if not isinstance(one, bytes):
            break
        frames.append(one)
    return frames


async def all_said(line: Line, socket: Socket) -> list[dict[str, Any]]:
    await socket.until("reply")
    await socket.until("audio")
    while line.driver.session.state.value != "listening":
        await asyncio.sleep(0.05)
    return [one for one in socket.sent if isinstance(one, dict) and one["type"] == "audio"]


async def test_given_a_client_that_speaks_opus_then_it_is_answered_in_opus_packets(line: Line) -> None:
    socket, stream = line.open(mode="hold", format="opus")
    socket.tell("message", text=QUESTION)

    clips = await all_said(line, socket)

    assert len(clips) > 1
    for event in clips:
        told, packets = event["payload"], frames_after(socket, event)
        assert (told["format"], told["rate"], told["packets"]) == ("opus", OPUS_RATE, len(packets))
        decoder = av.CodecContext.create("libopus", "r")
        decoder.sample_rate, decoder.layout = OPUS_RATE, "mono"
        frames = [frame.to_ndarray().ravel() for packet in packets for frame in decoder.decode(av.Packet(packet))]
        heard = np.concatenate(frames)[told["pre_skip"] :]
        assert len(heard) / OPUS_RATE == pytest.approx(told["seconds"], abs=0.03)
        assert np.abs(heard).max() > 1000
    socket.leave()
    await stream


async def test_given_nothing_is_said_of_a_format_then_a_clip_is_one_frame_of_pcm(line: Line) -> None:
    socket, stream = line.open(mode="hold")
    socket.tell("message", text=QUESTION)

    event = (await all_said(line, socket))[0]

    (frame,) = frames_after(socket, event)
    assert event["payload"]["format"] == "pcm"
    assert len(frame) / 2 / event["payload"]["rate"] == pytest.approx(event["payload"]["seconds"], abs=0.001)
    socket.leave()
    await stream


async def test_given_a_clip_is_encoded_then_the_event_loop_goes_on(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = []

    def encoded(clip: Clip) -> OpusClip:
        threads.append(threading.current_thread())
        return opus_clip(clip)

    monkeypatch.setattr("assistant.speech.driver.opus_clip", encoded)
    socket, stream = line.open(mode="hold", format="opus")
    socket.tell("message", text=QUESTION)
    await all_said(line, socket)

    assert threads
    assert threading.current_thread() not in threads
    socket.leave()
    await stream


async def test_given_a_clip_cannot_be_encoded_then_the_rest_is_left_to_the_screen(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(clip: Clip) -> OpusClip:
        raise EncodingFailed

    monkeypatch.setattr("assistant.speech.driver.opus_clip", broken)
    socket, stream = line.open(mode="hold", format="opus")
    socket.tell("message", text=QUESTION)

    reply = (await socket.until("reply"))[0]
    notice = (await socket.until("notice"))[0]
    assert (notice["notice"], notice["unsaid"]) == ("voice_lost", reply["sentences"])
    assert not socket.events("audio")
    socket.leave()
    await stream


async def test_given_a_session_goes_on_with_a_client_without_opus_then_it_is_sent_pcm(line: Line) -> None:
    first, stream = line.open(mode="hold", format="opus")
    await first.until("state")
    first.leave()
    await stream
    second, again = line.open(mode="hold")
    second.tell("message", text=QUESTION)

    assert {one["payload"]["format"] for one in await all_said(line, second)} == {"pcm"}
    second.leave()
    await again


async def test_given_the_client_is_gone_then_the_session_is_told(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    socket, stream = line.open(mode="hold")
    await socket.until("state")
    told: list[float] = []
    monkeypatch.setattr(line.driver.session, "disconnected", lambda now: told.append(now) or [])
    socket.leave()
    await stream

    assert len(told) == 1


async def test_given_an_elderly_citizen_then_they_are_spoken_to_more_slowly(line: Line, manners: list[Manner]) -> None:
    socket, stream = line.open(mode="hold", elder=True)
    socket.tell("message", text=QUESTION)
    await all_said(line, socket)

    assert set(manners) == {Manner(ELDER_SPEED)}
    socket.leave()
    await stream


async def test_given_slower_and_quieter_are_asked_for_meanwhile_then_the_next_sentences_are(
    line: Line, manners: list[Manner]
) -> None:
    socket, stream = line.open(mode="hold", speed=1.5)
    socket.tell("message", text=QUESTION)
    await all_said(line, socket)
    assert set(manners) == {Manner(1.5)}
    manners.clear()

    for told in ({"speed": 0.5, "volume": 0.4}, {"speed": "x", "volume": None}, {"speed": [], "volume": {}}, {}):
        socket.tell("speak-as", **told)
    socket.tell("message", text="要多久")
    await socket.until("reply", 2)
    await all_said(line, socket)

    assert set(manners) == {Manner(0.5, 0.4)}
    socket.leave()
    await stream


async def test_given_a_slow_voice_then_its_sound_lasts_longer(voice: Any) -> None:
    usual, slow, loud, soft = [
        await voice.clip("请带身份证原件", manner=manner)
        for manner in (Manner(), Manner(ELDER_SPEED), Manner(volume=1.0), Manner(volume=0.3))
    ]

    assert slow.seconds > 1.15 * usual.seconds
    assert np.abs(soft.samples).max() < 0.6 * np.abs(loud.samples).max()
