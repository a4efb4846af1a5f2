"""Those who wait hear their place, when they begin and whenever it moves."""

from __future__ import annotations

import pytest

from assistant.citizen.queue_places import QueuePlaces
from assistant.citizen.wire import EventType


@pytest.fixture
def places(services, hub):
    return QueuePlaces(services, hub)


def queue(services, now, *names: str) -> list[str]:
    """Let citizens wait, one after the other; return their handoffs."""
    handoffs = []
    for name in names:
        handoffs.append(services.handoffs.enqueue(services.handoffs.open(name, "asked_for", "").id).id)
        now.advance(seconds=1)
    return handoffs


def told(hub, conversation_id: str) -> list[int]:
    """Return the places that a conversation was told."""
    events = hub.since(conversation_id, 0)
    return [event.payload["position"] for event in events if event.type is EventType.HANDOFF_QUEUED]


def test_given_three_who_wait_when_the_first_is_taken_then_the_others_hear_their_new_place(services, hub, places, now):
    first, *_ = queue(services, now, "one", "two", "three")
    for name in ("one", "two", "three"):
        places.tell(name)
    services.handoffs.take(first, "clerk")
    now.advance(seconds=10)

    assert places.tell_moved() == 2
    assert places.tell_moved() == 0

    assert (told(hub, "one"), told(hub, "two"), told(hub, "three")) == ([0], [1, 0], [2, 1])


def test_given_a_queue_that_moves_fast_when_told_then_each_hears_at_most_every_ten_seconds(services, hub, places, now):
    handoffs = queue(services, now, "one", "two", "three", "four")
    places.tell("four")
    for handoff in handoffs[:2]:
        services.handoffs.take(handoff, "clerk")
        now.advance(seconds=2)
        places.tell_moved()
    assert told(hub, "four") == [3]

    now.advance(seconds=6)
    places.tell_moved()

    assert told(hub, "four") == [3, 1]


def test_given_somebody_ahead_who_leaves_when_told_then_the_next_moves_up(services, hub, places, now):
    first, _ = queue(services, now, "one", "two")
    places.tell("two")
    services.handoffs.leave(first)
    now.advance(seconds=10)

    places.tell_moved()

    assert told(hub, "two") == [1, 0]


def test_given_a_restart_when_nothing_has_moved_then_nobody_is_told_again(services, hub, places, now):
    first, _ = queue(services, now, "one", "two")
    for name in ("one", "two"):
        places.tell(name)
    now.advance(seconds=60)
    restarted = QueuePlaces(services, hub)

    assert restarted.tell_moved() == 0
    services.handoffs.take(first, "clerk")
    assert restarted.tell_moved() == 1


def test_given_a_conversation_of_another_channel_when_places_move_then_it_gets_no_events(services, hub, places, now):
    queue(services, now, "rest:1234")

    assert places.tell_moved() == 0
    assert hub.since("rest:1234", 0) == []


def test_given_a_place_when_told_then_it_holds_words_and_no_time_while_nobody_is_there(services, hub, places, now):
    queue(services, now, "one")

    (event,) = places.tell("one")

    assert event.payload["position"] == 0 and event.payload["estimated_seconds"] is None
    assert "没有工作人员在线" in event.payload["text"]
    assert places.tell("nobody") == []
