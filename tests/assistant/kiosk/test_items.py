"""The words that a machine in a hall says for its ten items lead to them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from actions.status import AnswerStatus

ITEMS = yaml.safe_load((Path(__file__).parents[3] / "data" / "kiosk.yml").read_text("utf-8"))["items"]


@pytest.mark.parametrize(("item_id", "words"), ITEMS.items())
def test_given_an_item_of_the_welcome_when_its_words_are_said_then_it_is_about_that_item(conversation, item_id, words):
    reply = conversation().say(words)

    assert reply.item == item_id
    assert reply.status in (AnswerStatus.ANSWERED, AnswerStatus.FLOW_ASKED)
