"""Signs of typing and reading go to the person who has the conversation, and nowhere else."""

from __future__ import annotations

import pytest

from assistant.citizen.limits import RateLimiter
from assistant.citizen.person_signs import PersonSigns
from assistant.citizen.wire import EventType
from storage.handoffs import MessageRole


class Heard:
    """What was heard of the signs."""

    def __init__(self, signs: PersonSigns) -> None:
        self.typing: list[str] = []
        self.read: list[str] = []
        signs.watch(lambda one: self.typing.append(one.id), lambda one: self.read.append(one.id))


@pytest.fixture
def signs(services):
    return PersonSigns(services, RateLimiter(signs="6/minute"))


@pytest.fixture
def heard(signs):
    return Heard(signs)


def taken(services) -> str:
    """Let a clerk take conversation `one`; return its handoff's id."""
    handoff = services.handoffs.enqueue(services.handoffs.open("one", "asked_for", "").id)
    return services.handoffs.take(handoff.id, "clerk").id


def said(services, hub, handoff_id: str) -> int:
    """Let the clerk say something; return the number of its event."""
    posted = services.handoffs.post(handoff_id, MessageRole.STAFF, "您好")
    event = hub.publish("one", EventType.AGENT_MESSAGE, {"name": "a", "text": "您好", "message_seq": posted.seq})
    return event.seq


def test_given_nobody_asked_for_when_signs_come_then_they_mean_nothing(services, signs, heard):
    assert signs.take("one", {"type": "typing"}) and signs.take("one", {"type": "read", "seq": 1})
    services.handoffs.open("one", "low_confidence", "")
    assert signs.take("one", {"type": "typing"})

    assert (heard.typing, heard.read) == ([], [])


def test_given_a_clerks_message_when_it_was_read_then_its_number_is_kept_and_told_once(services, hub, signs, heard):
    handoff_id = taken(services)
    services.handoffs.post(handoff_id, MessageRole.CITIZEN, "在吗")
    seq = said(services, hub, handoff_id)

    signs.take("one", {"type": "read", "seq": seq})
    signs.take("one", {"type": "read", "seq": seq})

    assert services.handoffs.get(handoff_id).read_by_citizen == 2
    assert heard.read == [handoff_id]


@pytest.mark.parametrize("seq", [0, -1, None, "x", 999, True, {}])
def test_given_a_number_of_no_message_of_a_person_when_it_was_read_then_nothing_is_kept(
    services, hub, signs, heard, seq
):
    handoff_id = taken(services)
    hub.publish("one", EventType.REPLY, {"text": "答"})

    assert signs.take("one", {"type": "read", "seq": seq})

    assert services.handoffs.get(handoff_id).read_by_citizen == 0 and heard.read == []


def test_given_a_message_of_an_earlier_handoff_when_it_was_read_then_the_new_one_stays_unread(
    services, hub, signs, heard, now
):
    first = taken(services)
    seq = said(services, hub, first)
    services.handoffs.close(first)
    now.advance(minutes=5)
    second = taken(services)
    said(services, hub, second)

    signs.take("one", {"type": "read", "seq": seq})

    assert services.handoffs.get(second).read_by_citizen == 0


def test_given_too_many_signs_when_they_come_then_the_rest_is_passed_over(services, signs, heard):
    handoff_id = taken(services)

    for _ in range(20):
        assert signs.take("one", {"type": "typing"})

    assert heard.typing == [handoff_id] * 6
