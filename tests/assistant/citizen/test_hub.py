"""Long conversations are kept and given back whole."""

from __future__ import annotations

import asyncio
from itertools import count

import pytest

from actions.status import AnswerStatus
from assistant.citizen.channel import CitizenChannel
from assistant.citizen.hub import ConversationHub
from assistant.citizen.identity import ConversationTokens
from assistant.citizen.limits import RateLimiter
from assistant.citizen.wire import EventType

LONG = 450


def channel(assistant) -> CitizenChannel:
    """The channel as a server that has just started has it."""
    return CitizenChannel(
        assistant, ConversationHub(assistant.services.transcripts), ConversationTokens(b"key"), RateLimiter()
    )


@pytest.fixture
def long_conversation(assistant) -> str:
    """A conversation of many events."""
    conversation = assistant.start()
    hub = ConversationHub(assistant.services.transcripts)
    for number in range(LONG):
        hub.publish(conversation, EventType.MESSAGE, {"text": "x", "client_message_id": f"m{number}"})
    return conversation


def test_given_a_long_conversation_when_replayed_then_every_event_comes(assistant, long_conversation):
    events = channel(assistant).hub.since(long_conversation, 3)

    assert [event.seq for event in events] == list(range(4, LONG + 1))


def test_given_a_restart_when_the_latest_message_comes_again_then_it_is_not_taken_twice(assistant, long_conversation):
    restarted = channel(assistant)

    events = asyncio.run(restarted.take(long_conversation, "x", f"m{LONG - 1}"))

    assert [event.seq for event in events] == [LONG]
    assert len(restarted.hub.since(long_conversation, 0)) == LONG


def test_given_a_restart_when_a_message_comes_again_then_it_gets_what_it_led_to_and_no_more(assistant):
    conversation = assistant.start()
    numbers = count(1)

    def take(text: str, **again: str) -> list[str]:
        message_id = again.get("id") or f"m{next(numbers)}"
        taken = asyncio.run(channel(assistant).take(conversation, text, message_id))
        return [f"{event.seq} {event.type.value}" for event in taken]

    first = take("你好")
    take("谢谢")

    assert first == ["1 message", "2 reply"]
    assert take("你好", id="m1") == first


def test_given_a_conversation_that_is_queued_when_it_speaks_then_it_hears_its_place(assistant, conversation, clock):
    before = conversation()
    before.say("转人工")
    waiting = conversation()
    clock.advance(seconds=1)
    own = channel(assistant)

    events = asyncio.run(own.take(waiting.id, "转人工", "m1"))

    ahead = [one.conversation_id for one in assistant.services.handoffs.queue()].index(waiting.id)
    assert ahead >= 1
    assert [event.type for event in events] == [EventType.MESSAGE, EventType.REPLY, EventType.HANDOFF_QUEUED]
    assert events[-1].payload["position"] == ahead
    # a message sent again after a restart gets the same
    assert asyncio.run(channel(assistant).take(waiting.id, "转人工", "m1")) == events


def test_given_a_person_has_the_conversation_when_an_emergency_is_told_then_both_hear(assistant, conversation):
    citizen = conversation()
    citizen.say("转人工")
    handoff = assistant.services.handoffs.active(citizen.id)
    assistant.services.handoffs.take(handoff.id, "clerk")

    reply = citizen.say("楼下着火了，快来人")

    assert reply.status is AnswerStatus.EMERGENCY
    assert [one.text for one in assistant.services.handoffs.messages(handoff.id)] == ["楼下着火了，快来人"]


def test_given_a_failing_draft_when_a_person_took_over_and_handed_back_then_it_waits_until_it_is_resumed(
    assistant, conversation
):
    citizen = conversation()
    citizen.say("我要办无犯罪记录证明")
    citizen.say("张示例")
    citizen.say("11010519491231002X")
    asked = citizen.say("13900")
    citizen.say("转人工")
    handoff = assistant.services.handoffs.active(citizen.id)
    assistant.services.handoffs.take(handoff.id, "clerk")
    asyncio.run(assistant.set_aside(citizen.id))
    assistant.services.handoffs.hand_back(handoff.id)

    # a question is a question again, and the application does not come back by itself
    answered = citizen.say("护照丢了怎么补办")
    assert answered.status in (AnswerStatus.ANSWERED, AnswerStatus.CLARIFIED)
    assert "手机号" not in answered.text

    resumed = citizen.say("继续办理")
    assert resumed.status is AnswerStatus.FLOW_ASKED
    assert "手机号" in resumed.text and "手机号" in asked.text
