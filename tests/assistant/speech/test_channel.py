"""The spoken way in over a WebSocket and over REST, with the real conversation behind it."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from sanic.exceptions import NotFound

from assistant.citizen.limits import RateLimiter, TooManyRequests
from assistant.speech.channel import TAKEN_OVER
from assistant.speech.driver import SECONDS_AHEAD
from tests.assistant.speech.client import Line, say
from tests.assistant.speech.rehearsed import RehearsedModel
from tests.voice.speech import in_container, spoken
from voice.audio import SAMPLE_RATE, float_to_pcm
from voice.opus import OpusEncoder
from voice.session.events import AudioClip
from voice.synthesis.clip import Clip


def _requested(body: bytes) -> Any:
    return SimpleNamespace(body=body, token=None)


def _asking(**query: str) -> Any:
    return SimpleNamespace(args=query)


async def test_given_a_spoken_wish_then_it_is_transcribed_answered_and_said(line: Line, model: RehearsedModel) -> None:
    model.lines = ["我想申请办理有无犯罪证明"]
    socket, stream = line.open()

    await say(socket, "我想申请办理有无犯罪证明")

    assert (await socket.until("transcript"))[0]["text"] == "我想申请办理有无犯罪证明"
    reply = (await socket.until("reply"))[0]
    assert reply["expects"] == "choice"
    assert "求职就业" in reply["choices"]
    await socket.until("audio")
    sound = next(one for one in socket.sent if isinstance(one, bytes))
    assert len(sound) > 10_000
    socket.leave()
    await stream


async def test_given_three_held_turns_then_the_application_is_submitted_once(
    line: Line, model: RehearsedModel, assistant: Any
) -> None:
    said = ["我想申请办理有无犯罪证明", "找工作用", "确认提交"]
    model.lines = list(said)
    socket, stream = line.open(mode="hold")

    for number, text in enumerate(said, start=1):
        socket.tell("hold-pressed")
        await say(socket, text)
        socket.tell("hold-released")
        await socket.until("reply", number)
        while line.channel._drivers[line.conversation].session.state.value != "listening":
            await asyncio.sleep(0.05)

    receipts = [one for one in assistant.services.applications.of_conversation(line.conversation) if one.receipt_number]
    assert len(receipts) == 1
    socket.leave()
    await stream


async def test_given_opus_packets_then_they_are_heard_too(line: Line, model: RehearsedModel) -> None:
    model.lines = ["身份证丢了怎么办"]
    socket, stream = line.open(mode="hold", format="opus", voice=False)
    encoder = OpusEncoder()

    socket.tell("hold-pressed")
    for packet in (*encoder.encode(spoken("身份证丢了怎么办")), b"rubbish"):
        socket.hear(packet)
        await asyncio.sleep(0.002)
    socket.tell("hold-released")

    assert (await socket.until("transcript"))[0]["text"] == "身份证丢了怎么办"
    assert model.heard_seconds[0] > 1.0
    assert not socket.events("audio")
    socket.leave()
    await stream


async def test_given_a_wrong_token_then_nobody_may_speak(line: Line) -> None:
    line.token = "wrong"
    socket, stream = line.open()

    await stream

    assert socket.closed == 4403


async def test_given_rubbish_on_the_wire_then_the_session_goes_on(line: Line, model: RehearsedModel) -> None:
    model.lines = ["身份证丢了怎么办"]
    socket, stream = line.open(mode="hold")
    for kind in ("unknown", "playback-finished", "message"):
        socket.tell(kind, clip_id="x", text=5)
    socket.hear(b"x")
    socket._incoming.put_nowait("[not json")
    socket._incoming.put_nowait("[1, 2]")
    socket.tell("message", text="身份证丢了怎么办")

    assert (await socket.until("reply"))[0]["sentences"]
    socket.leave()
    await stream


async def test_given_a_lost_connection_then_the_next_one_goes_on_where_it_stood(
    line: Line, model: RehearsedModel
) -> None:
    model.lines = ["身份证丢了怎么办"]
    model.may_hear.clear()
    first, stream = line.open(mode="hold")
    first.tell("hold-pressed")
    await say(first, "身份证丢了怎么办")
    first.tell("hold-released")
    await first.until("speech-ended")
    first.leave()
    await stream

    second, again = line.open(mode="hold")
    model.may_hear.set()

    assert (await second.until("transcript"))[0]["text"] == "身份证丢了怎么办"
    assert (await second.until("reply"))[0]["sentences"]
    second.leave()
    await again


async def test_given_a_whole_clip_over_rest_then_it_is_a_turn(line: Line, model: RehearsedModel) -> None:
    model.lines = ["身份证丢了怎么办"]
    clip = in_container(spoken("身份证丢了怎么办"), "webm", "libopus", 48000)

    answered = json.loads((await line.channel.say(_requested(clip), line.conversation)).body)

    assert answered["heard"]["text"] == "身份证丢了怎么办"
    assert [event["type"] for event in answered["events"]] == ["message", "reply"]


async def test_given_a_clip_of_a_minute_over_rest_then_every_sentence_of_it_is_in_the_turn(
    line: Line, model: RehearsedModel
) -> None:
    sentences = ["我想办居住证", "我在这里租房", "要带哪些材料", "要等多少天", "可以网上办吗"]
    model.lines = sentences.copy()
    clip = np.concatenate([part for text in sentences for part in (spoken(text), np.zeros(12 * 16000, np.float32))])

    heard = json.loads(
        (await line.channel.say(_requested(in_container(clip, "ogg", "libopus", 48000)), line.conversation)).body
    )["heard"]

    assert heard["text"] == "，".join(sentences)
    assert max(model.heard_seconds) < 5.0


async def test_given_silence_over_rest_then_it_is_asked_to_say_it_again(line: Line, model: RehearsedModel) -> None:
    clip = in_container(np.zeros(16000, np.float32), "wav", "pcm_s16le")

    answered = json.loads((await line.channel.say(_requested(clip), line.conversation)).body)

    assert (answered["heard"]["text"], answered["notice"]["notice"], answered["events"]) == ("", "say_again", [])


async def test_given_rubbish_over_rest_then_it_is_refused_with_a_sentence(line: Line) -> None:
    from sanic.exceptions import InvalidUsage

    with pytest.raises(InvalidUsage):
        await line.channel.say(_requested(b"no sound at all"), line.conversation)


async def test_given_nothing_understood_over_rest_then_it_is_asked_again(line: Line, model: RehearsedModel) -> None:
    clip = in_container(spoken("你好"), "wav", "pcm_s16le")

    answered = json.loads((await line.channel.say(_requested(clip), line.conversation)).body)

    assert answered["events"] == []
    assert answered["notice"]["notice"] == "say_again"


async def test_given_a_reply_then_it_can_be_read_aloud(line: Line, channels: tuple[Any, Any]) -> None:
    events = await channels[0].take(line.conversation, "身份证丢了怎么办")

    seq = str(events[-1].seq)
    usual = await line.channel.read_aloud(_asking(), line.conversation, seq)
    slow = await line.channel.read_aloud(_asking(speed="0.6", volume="loud"), line.conversation, seq)

    assert usual.body[:4] == slow.body[:4] == b"RIFF"
    assert len(usual.body) > 50_000
    assert len(slow.body) > 1.3 * len(usual.body)


async def test_given_more_clips_than_one_person_can_say_then_they_take_nobodys_turn(
    line: Line, model: RehearsedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line.citizens, "limiter", RateLimiter(clips="2/minute"))
    clip = _requested(in_container(np.zeros(SAMPLE_RATE, np.float32), "wav", "pcm_s16le"))
    await line.channel.say(clip, line.conversation)
    with pytest.raises(NotFound):
        await line.channel.read_aloud(_asking(), line.conversation, "99")

    with pytest.raises(TooManyRequests):
        await line.channel.say(clip, line.conversation)
    with pytest.raises(TooManyRequests):
        await line.channel.read_aloud(_asking(), line.conversation, "1")


async def test_given_a_wish_to_look_first_then_nothing_counts_before_it_is_sent_corrected(
    line: Line, model: RehearsedModel
) -> None:
    model.lines = ["公鸡金怎么提取", "居住证要多久"]
    socket, stream = line.open(mode="hold", review=True)
    socket.tell("hold-pressed")
    await say(socket, "公积金怎么提取")
    socket.tell("hold-released")
    heard = (await socket.until("transcript"))[0]
    before = len(line.citizens.hub.since(line.conversation, 0))

    socket.tell("message", text="公积金怎么提取", client_message_id="m1")
    await socket.until("reply")
    sent = line.citizens.hub.since(line.conversation, before)
    again = await line.citizens.take(line.conversation, "公积金怎么提取", "m1")

    assert heard["review"] is True
    assert [event.payload["client_message_id"] for event in sent if event.type == "message"] == ["m1"]
    assert [event.seq for event in again] == [event.seq for event in sent]
    socket.tell("review", on=False)
    socket.tell("hold-pressed")
    await say(socket, "居住证要多久")
    socket.tell("hold-released")
    assert (await socket.until("transcript", 2))[1]["review"] is False
    await socket.until("reply", 2)
    socket.leave()
    await stream


async def test_given_no_recogniser_then_it_is_said_and_typing_works(channels: tuple[Any, Any], assistant: Any) -> None:
    from sanic.exceptions import ServiceUnavailable

    from assistant.speech.channel import SpeechChannel

    silent = SpeechChannel(channels[0], None)
    conversation = assistant.start()

    assert json.loads((await silent.about(None)).body) == {"available": False}
    with pytest.raises(ServiceUnavailable):
        await silent.say(_requested(b""), conversation)
    assert (await channels[0].take(conversation, "身份证丢了怎么办"))[-1].payload["text"]


async def test_given_a_second_client_of_a_conversation_then_the_first_gives_way(
    line: Line, model: RehearsedModel
) -> None:
    first, old = line.open(mode="hold")
    await first.until("state", 0)
    second, new = line.open(mode="hold")
    await asyncio.sleep(0.1)
    second.tell("message", text="身份证丢了怎么办")

    assert (await second.until("reply"))[0]["sentences"]
    assert not first.events("reply")
    assert first.closed == TAKEN_OVER
    assert second.events("state")
    for socket, stream in ((first, old), (second, new)):
        socket.leave()
        await stream


async def test_given_a_second_client_of_a_conversation_then_the_first_is_heard_no_more(line: Line) -> None:
    first, old = line.open(mode="hold")
    await first.until("state")
    second, new = line.open(mode="hold")
    await second.until("state")

    first.tell("message", text="身份证丢了怎么办")
    first.tell("close")
    first.leave()
    await old
    second.tell("message", text="居住证怎么办")
    await second.until("reply")

    assert [one.payload["text"] for one in line.citizens.hub.since(line.conversation, 0)][0] == "居住证怎么办"
    assert not second.events("closed")
    second.leave()
    await new


async def test_given_the_client_ends_the_session_while_a_turn_is_answered_then_the_answer_is_in_the_transcript(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_answer, asked = asyncio.Event(), asyncio.Event()
    turn = line.citizens.assistant.turn

    async def slow_turn(*what: Any) -> Any:
        asked.set()
        await may_answer.wait()
        return await turn(*what)

    monkeypatch.setattr(line.citizens.assistant, "turn", slow_turn)
    socket, stream = line.open(mode="hold")
    socket.tell("message", text="身份证丢了怎么办")
    await asked.wait()
    socket.tell("close")
    await socket.until("closed")
    socket.leave()
    await stream
    while line.conversation in line.channel._drivers:
        await asyncio.sleep(0.01)
    may_answer.set()

    async with line.citizens.turn_of(line.conversation):
        assert line.citizens.hub.since(line.conversation, 0)[-1].payload["text"]


async def test_given_sound_that_was_not_sent_when_the_client_comes_back_then_it_is_not_played(line: Line) -> None:
    first, stream = line.open(mode="hold")
    await first.until("state")
    line.driver._to_send.put_nowait(AudioClip(1, None, Clip(np.ones(100, np.int16), SAMPLE_RATE)))
    line.driver.leave(line.driver._send)
    first.leave()
    await stream
    second, again = line.open(mode="hold")
    second.tell("close")
    await second.until("closed")
    second.leave()
    await again

    assert not first.events("audio")
    assert not second.events("audio")


async def test_given_the_client_ends_the_session_then_the_socket_is_closed(line: Line) -> None:
    socket, stream = line.open()

    socket.tell("close")
    await socket.until("closed")
    socket.leave()
    await stream

    assert socket.closed == 1000


async def test_given_far_more_sound_than_time_then_the_rest_is_not_heard(line: Line, model: RehearsedModel) -> None:
    socket, stream = line.open(mode="hold")
    socket.tell("hold-pressed")
    for _ in range(120):
        socket.hear(float_to_pcm(np.zeros(16000, np.float32)))
    await asyncio.sleep(0.5)

    assert line.channel._drivers[line.conversation]._heard_seconds < 40
    socket.leave()
    await stream


async def test_given_an_hour_of_silence_when_more_sound_than_can_be_late_arrives_then_the_rest_is_not_heard(
    line: Line,
) -> None:
    socket, stream = line.open(mode="hold")
    await socket.until("state")
    line.driver._began -= 3600.0
    second = np.zeros(SAMPLE_RATE, np.float32)
    for _ in range(int(SECONDS_AHEAD) + 60):
        line.driver.hear(second)

    assert 3600.0 < line.driver._heard_seconds < 3600.0 + SECONDS_AHEAD + 5.0
    socket.leave()
    await stream


async def test_given_a_yes_before_its_question_was_heard_then_it_is_asked_again_and_nothing_submitted(
    line: Line, model: RehearsedModel, assistant: Any
) -> None:
    model.lines = ["确认提交"]
    socket, stream = line.open(mode="hold")
    socket.plays = False
    for number, text in enumerate(("我想申请办理有无犯罪证明", "找工作用"), start=1):
        socket.tell("touch")
        socket.tell("message", text=text)
        await socket.until("reply", number)

    socket.tell("hold-pressed")
    await say(socket, "确认提交")
    socket.tell("hold-released")
    replies = await socket.until("reply", 3)

    assert replies[2]["sentences"] == replies[1]["sentences"]
    assert replies[2]["expects"] == "yes_no"
    assert not [one for one in assistant.services.applications.of_conversation(line.conversation) if one.receipt_number]
    socket.leave()
    await stream
