"""What a person is told that a conversation is about."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.offers import summary_of
from actions.services import Services


@pytest.fixture
def services(data, tmp_path, clock) -> Services:
    return Services.open(data, tmp_path, f"sqlite:///{tmp_path / 'wenban.db'}", clock)


def said(text: str, intent: str, **metadata: Any) -> dict[str, Any]:
    return {"event": "user", "text": text, "parse_data": {"gate": {"intent": intent}}, "metadata": metadata}


def tracker(*events: dict[str, Any], item: str | None = None) -> Tracker:
    return Tracker("c", {"focus": {"item": item}}, {}, list(events), False, None, {}, "action_listen")


def test_given_greeting_thanks_and_the_wish_for_a_person_when_summed_up_then_only_the_matter_is_told(services):
    conversation = tracker(
        said("你好", "greet"),
        said("护照丢在国外了", "ask"),
        said("要多久", "ask"),
        said("谢谢", "thanks"),
        said("转人工", "human"),
        item="passport-loss",
    )

    summary = summary_of(services, conversation)

    assert summary.endswith("护照丢在国外了｜要多久")
    assert "转人工" not in summary and "谢谢" not in summary


def test_given_nothing_but_the_wish_for_a_person_when_summed_up_then_it_is_told(services):
    assert summary_of(services, tracker(said("转人工", "human"))) == "转人工"


def test_given_what_the_gate_says_itself_when_summed_up_then_it_is_none_of_the_citizens_words(services):
    conversation = tracker(said("身份证丢了", "ask"), said("EXTERNAL", "ask", is_external=True))

    assert summary_of(services, conversation) == "身份证丢了"
