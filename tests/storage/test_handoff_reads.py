"""Which messages were read, and how many were not."""

from __future__ import annotations

import pytest

from storage.errors import HandoffTaken
from storage.handoff_reads import HandoffReads, MessageCounts
from storage.handoffs import Handoffs, MessageRole


@pytest.fixture
def handoffs(database):
    return Handoffs(database)


@pytest.fixture
def reads(database):
    return HandoffReads(database)


@pytest.fixture
def taken(handoffs):
    """A conversation of clerk's: two messages of the citizen, one of the clerk, one more of the citizen."""
    handoff = handoffs.enqueue(handoffs.open("one", "asked_for", "").id)
    handoffs.take(handoff.id, "clerk")
    for role in (MessageRole.CITIZEN, MessageRole.CITIZEN, MessageRole.STAFF, MessageRole.CITIZEN):
        handoffs.post(handoff.id, role, "x")
    return handoff.id


def test_given_messages_when_some_are_read_then_the_rest_of_the_citizens_are_unread(reads, taken):
    assert reads.counts([taken, "unknown"]) == {taken: MessageCounts(last=4, unread=3)}

    assert reads.by_staff(taken, "clerk", 2) == 2

    assert reads.counts([taken]) == {taken: MessageCounts(last=4, unread=1)}


def test_given_a_mark_when_it_is_moved_back_or_beyond_then_it_stays_within_what_was_said(handoffs, reads, taken):
    assert reads.by_citizen(taken, 3) == 3
    assert reads.by_citizen(taken, 1) is None
    assert reads.by_citizen(taken, 99) == 4
    assert reads.by_citizen(taken, 99) is None
    assert (handoffs.get(taken).read_by_citizen, handoffs.get(taken).read_by_staff) == (4, 0)


def test_given_another_clerks_conversation_when_read_then_it_is_refused(reads, taken):
    with pytest.raises(HandoffTaken):
        reads.by_staff(taken, "other", 2)


def test_given_an_ended_or_unknown_conversation_when_the_citizen_reads_then_nothing_is_noted(handoffs, reads, taken):
    handoffs.close(taken)

    assert reads.by_citizen(taken, 2) is None
    assert reads.by_citizen("unknown", 2) is None
