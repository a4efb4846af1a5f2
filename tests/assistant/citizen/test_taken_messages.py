"""What a message led to is known again after a restart."""

from __future__ import annotations

from assistant.citizen.taken_messages import TakenMessages
from assistant.citizen.wire import EventType


def test_given_a_transcript_when_it_is_read_anew_then_a_message_has_what_it_led_to_at_once_and_no_more(hub):
    for kind, payload in (
        (EventType.REPLY, {"text": "greeting"}),
        (EventType.MESSAGE, {"text": "x", "client_message_id": "first"}),
        (EventType.REPLY, {"text": "y"}),
        (EventType.HANDOFF_QUEUED, {}),
        (EventType.AGENT_JOINED, {}),
        (EventType.REPLY, {"text": "news"}),
        (EventType.MESSAGE, {"text": "nobody asks for this one again"}),
    ):
        hub.publish("one", kind, payload)

    taken = TakenMessages(hub).of("one")

    assert {key: [event.seq for event in events] for key, events in taken.items()} == {"first": [2, 3, 4]}


def test_given_what_is_known_of_conversations_when_one_is_forgotten_then_only_it_is_read_anew(hub):
    taken = TakenMessages(hub)
    for conversation in ("one", "two"):
        taken.of(conversation)["sent"] = []

    taken.forget("one")

    assert (taken.of("one"), taken.of("two")) == ({}, {"sent": []})
