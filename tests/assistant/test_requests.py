"""What the routes read from requests."""

from __future__ import annotations

import pytest

from assistant.citizen.identity import ConversationTokens
from assistant.requests import event_number


@pytest.mark.parametrize(("sent", "number"), [(0, 0), (12, 12), ("12", 12), (2**70, 2**31 - 1), ("9" * 50, 2**31 - 1)])
def test_given_a_number_when_read_then_it_is_one_a_database_takes(sent, number):
    assert event_number(sent) == number


@pytest.mark.parametrize("sent", [None, "", "x", "²", "-1", -1, 1.5, True, [], {}, "１２"])
def test_given_no_number_when_read_then_there_is_none(sent):
    assert event_number(sent) is None


@pytest.mark.parametrize("sent", ["", "guess", "令牌", "\ud800", "é" * 64])
def test_given_a_wrong_token_when_it_is_sent_then_it_is_refused_whatever_its_characters(sent):
    assert not ConversationTokens(b"key").accepts("conversation", sent)


def test_given_the_right_token_when_it_is_sent_then_it_is_accepted():
    tokens = ConversationTokens(b"key")

    assert tokens.accepts("conversation", tokens.issue("conversation"))
