"""The end of an ID number that proves a provisional number: typed where others listen, never said again."""

from __future__ import annotations

from typing import Any

import pytest

from actions.flows.steps import Phase
from actions.texts import Texts
from assistant.citizen.awaited import ID_NUMBER_END, awaited
from assistant.speech.number_check import NumberCheck
from assistant.speech.read_back import Said
from assistant.speech.spoken_reply import spoken_reply
from storage.provisional_numbers import new_number
from voice.language.expectation import ExpectationKind
from voice.session.reply import SpokenReply

NUMBER = new_number()


@pytest.fixture
def texts(data: Any) -> Texts:
    return Texts.load(data / "texts" / "speech.yml")


@pytest.fixture
def asked(services: Any) -> Any:
    """Services of a conversation that was asked to prove a number."""
    checks = services.provisional.checks
    checks.ask("one", services.provisional.numbers.index(NUMBER))
    return services


def check(services: Any, texts: Texts, hall: bool) -> NumberCheck:
    return NumberCheck(services, texts, "one", hall)


def test_given_a_question_then_four_digits_are_awaited_before_anything_else(asked: Any) -> None:
    expected = awaited(asked, "one")
    assert expected is not None and (expected.phase, expected.type) == (Phase.ASK, ID_NUMBER_END)
    assert awaited(asked, "two") is None
    asked.provisional.checks.drop("one")
    assert awaited(asked, "one") is None


def test_given_a_hall_when_the_digits_are_said_then_they_are_not_taken_and_not_shown(asked: Any, texts: Texts) -> None:
    hall = check(asked, texts, hall=True)
    reply = hall(Said("零零二七", 1.0))
    assert isinstance(reply, SpokenReply) and reply.by_keypad
    assert "键盘" in "".join(reply.sentences) and reply.read_back == ""
    shown = hall.shown("0027", is_draft=False)
    assert "0" not in shown.text and "键盘" in (shown.type_instead or "")


@pytest.mark.parametrize("hall", [True, False])
def test_given_the_digits_when_they_are_typed_then_the_assistant_has_them(asked: Any, texts: Texts, hall: bool) -> None:
    said = Said("0027", 1.0, typed=True)
    assert check(asked, texts, hall)(said) == said


def test_given_a_citizens_own_machine_when_they_are_said_then_they_are_not_said_again(asked: Any, texts: Texts) -> None:
    said = Said("零零二七", 0.5)
    assert check(asked, texts, hall=False)(said) is said


def test_given_a_hall_when_another_number_is_named_then_the_assistant_hears_it(asked: Any, texts: Texts) -> None:
    said = Said(f"暂存号{NUMBER}", 0.9)
    assert check(asked, texts, hall=True)(said) is said


@pytest.mark.parametrize("hall", [True, False])
def test_given_the_question_when_it_is_said_then_keys_are_shown_in_a_hall(asked: Any, texts: Texts, hall: bool) -> None:
    question = {"text": asked.provisional.texts("asked"), "choices": [], "status": "flow_asked"}
    reply = spoken_reply(asked, texts, "one", question, hall)
    assert reply.by_keypad is hall
    assert (reply.expectation.kind, reply.expectation.length) == (ExpectationKind.digits, 4)
