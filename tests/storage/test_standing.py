"""Where a conversation stands, in one query."""

from __future__ import annotations

from storage.applications import Applications
from storage.conversations import Conversations
from storage.handoffs import Handoffs
from storage.standing import Standing, Standings


def test_given_an_unknown_conversation_when_read_then_it_stands_at_its_beginning(database):
    assert Standings(database).of("nobody") == Standing(None, False, False, False)


def test_given_a_conversation_when_things_begin_then_each_is_seen(database):
    Conversations(database).bind("one", None, "wenban")
    standings = Standings(database)
    assert standings.of("one").last_seen is not None
    assert not standings.of("one").has_draft

    draft = Applications(database).create_draft("one", "no-criminal-record-certificate")
    Handoffs(database).open("one", "asked_for", "")

    assert standings.of("one").has_draft and standings.of("one").has_handoff
    assert not standings.of("two").has_draft
    Applications(database).discard(draft.id)
    assert not standings.of("one").has_draft
