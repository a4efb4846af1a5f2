"""What is said in a spoken session though nobody asked."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from assistant.citizen.wire import EventType
from tests.assistant.speech.client import Line

ON_SCREEN = "请看屏幕。"


@pytest.fixture(autouse=True)
async def warm(voice: Any) -> None:
    await asyncio.to_thread(voice.synthesizer.warm_up)


async def test_given_a_person_has_taken_over_when_they_write_then_their_words_are_said(
    line: Line, assistant: Any
) -> None:
    handoffs = assistant.services.handoffs
    handoffs.take(handoffs.enqueue(handoffs.open(line.conversation, "asked", "").id).id, "clerk")
    socket, stream = line.open(mode="hold")
    await socket.until("state")

    line.citizens.hub.publish(line.conversation, EventType.AGENT_MESSAGE, {"name": "小王", "text": "您好，我来帮您。"})

    assert (await socket.until("reply"))[0]["sentences"] == ["您好，我来帮您。"]
    assert await socket.until("audio")
    assert line.driver.session._flow.turns.with_person
    socket.leave()
    await stream


async def test_given_a_person_sends_a_picture_alone_then_nothing_is_said_and_the_voice_is_not_lost(line: Line) -> None:
    socket, stream = line.open(mode="hold")
    await socket.until("state")
    for text in ("\U0001f44d", "办好了。"):
        line.citizens.hub.publish(line.conversation, EventType.AGENT_MESSAGE, {"name": "小王", "text": text})

    assert (await socket.until("reply"))[0]["sentences"] == ["办好了。"]
    assert await socket.until("audio")
    assert not socket.events("notice")
    socket.leave()
    await stream


async def test_given_news_of_an_application_then_it_is_said_and_shown_as_kept(line: Line) -> None:
    socket, stream = line.open(mode="hold")
    await socket.until("state")

    news = {"text": "您的证明开好了。", "receipt_number": "20261127-0000012", "documents": []}
    line.citizens.hub.publish(line.conversation, EventType.APPLICATION_ISSUED, news)

    told = (await socket.until("reply"))[0]
    assert (told["sentences"], told["kept"]) == (["您的证明开好了。"], True)
    socket.leave()
    await stream


async def test_given_a_hall_when_a_person_writes_a_number_then_it_is_left_to_the_screen(line: Line) -> None:
    socket, stream = line.open(mode="hold", hall=True)
    await socket.until("state")

    said = {"name": "小王", "text": "您留的电话是13800138000吗？"}
    line.citizens.hub.publish(line.conversation, EventType.AGENT_MESSAGE, said)

    assert (await socket.until("reply"))[0]["sentences"] == [ON_SCREEN]
    socket.leave()
    await stream


async def test_given_a_turn_then_its_own_reply_is_told_once(line: Line) -> None:
    socket, stream = line.open(mode="hold")
    socket.tell("message", text="身份证丢了怎么办")
    await socket.until("reply")
    socket.tell("message", text="居住证怎么办")
    await socket.until("reply", 2)

    assert len(socket.events("reply")) == 2
    socket.leave()
    await stream


async def test_given_a_citizen_waits_for_a_person_when_they_speak_then_their_place_is_said(
    line: Line, assistant: Any
) -> None:
    handoffs = assistant.services.handoffs
    handoffs.enqueue(handoffs.open(line.conversation, "asked", "").id)
    socket, stream = line.open(mode="hold")
    socket.tell("message", text="还要等多久")

    place = line.citizens.hub
    told = (await socket.until("reply"))[0]["sentences"]
    queued = [one for one in place.since(line.conversation, 0) if one.type is EventType.HANDOFF_QUEUED]
    assert "".join(told) == queued[-1].payload["text"]
    socket.leave()
    await stream


async def test_given_the_session_is_over_then_nothing_listens_any_more(line: Line) -> None:
    socket, stream = line.open(mode="hold")
    socket.tell("close")
    await socket.until("closed")
    socket.leave()
    await stream
    while line.conversation in line.channel._drivers:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0)

    assert line.conversation not in line.citizens.hub._listeners


async def test_given_a_reply_in_english_then_the_chinese_voice_leaves_it_to_the_screen(line: Line) -> None:
    socket, stream = line.open(mode="hold")
    socket.tell("message", text="How do I replace a lost ID card?")

    assert (await socket.until("reply"))[0]["sentences"] == [ON_SCREEN]
    socket.leave()
    await stream
