from __future__ import annotations

from dataclasses import replace

import pytest

from storage.conversations import Conversations
from storage.errors import IdentityMismatch
from storage.identity import Identity


def test_a_bound_identity_is_there_after_a_restart(open_database, identity):
    Conversations(open_database()).bind("one", identity, "web", demo=True)
    found = Conversations(open_database()).get("one")
    assert found.identity == identity
    assert found.demo and found.channel == "web"


def test_an_unknown_conversation_is_none(database):
    assert Conversations(database).get("one") is None


def test_coming_back_keeps_the_identity_and_moves_last_seen(database, identity, clock):
    conversations = Conversations(database)
    first = conversations.bind("one", identity, "web")
    clock.pass_(minutes=5)
    again = conversations.bind("one", None, "kiosk")
    assert again.identity == identity
    assert again.created_at == first.created_at
    assert again.last_seen == clock()
    clock.pass_(hours=1)
    conversations.touch("one", conversations.get("one").last_seen)
    assert conversations.get("one").last_seen == clock()


def test_signing_in_later_binds(database, identity):
    conversations = Conversations(database)
    conversations.bind("one", None, "web")
    assert conversations.bind("one", identity, "web").identity == identity


def test_a_conversation_is_one_persons(database, identity):
    conversations = Conversations(database)
    conversations.bind("one", identity, "web")
    with pytest.raises(IdentityMismatch):
        conversations.bind("one", replace(identity, id_number="310104198506070015"), "web")
    assert conversations.get("one").identity == identity


@pytest.mark.parametrize("values", [{}, {"full_name": "张示例"}, {"full_name": "张示例", "id_number": 5}])
def test_an_identity_needs_name_and_number(values):
    with pytest.raises(ValueError):
        Identity.from_mapping(values)


def test_when_a_citizen_was_last_here_is_known_to_the_hour(database, clock):
    conversations = Conversations(database)
    begun = conversations.bind("one", None, "web").last_seen
    clock.pass_(minutes=59)
    conversations.touch("one", conversations.get("one").last_seen)
    assert conversations.get("one").last_seen == begun
    clock.pass_(minutes=1)
    conversations.touch("one", conversations.get("one").last_seen)
    assert conversations.get("one").last_seen == clock()
    conversations.touch("unknown", None)
    assert conversations.get("unknown") is None
