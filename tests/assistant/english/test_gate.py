"""A question in English at the gate: an overview, choices, a way on; emergencies first."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from actions.status import AnswerStatus
from storage.handoffs import HandoffReason
from storage.staff import Staff, StaffRole
from tests.assistant.citizen.gated import Below, gate_over, say


@pytest.fixture
def below() -> Below:
    return Below()


@pytest.fixture
def agent(services, below):
    return gate_over(services, below)


@pytest.fixture
def here() -> str:
    return "c1"


def test_given_a_question_in_english_when_it_is_asked_then_the_overview_comes_with_sources_and_ways_on(
    agent, below, here
):
    reply = say(agent, here, "I lost my passport, how do I get another one?")

    assert (reply.status, reply.item, reply.language) == (AnswerStatus.ANSWERED, "passport-reissue", "en")
    assert reply.text.startswith("Reissue of a lost or stolen ordinary passport (普通护照遗失补发)")
    assert {"Fee", "Time limit", "Documents"} <= {cited.field_label for cited in reply.citations}
    assert [choice.label for choice in reply.choices] == ["普通护照遗失补发", "Talk to a person"]
    assert below.heard == []


def test_given_an_item_that_can_be_applied_for_when_it_is_answered_then_that_is_offered(agent, here):
    reply = say(agent, here, "certificate of no criminal record")

    assert [choice.does for choice in reply.choices] == ["ask", "apply", "person"]


def test_given_a_word_that_fits_several_items_when_it_is_said_then_one_is_chosen_by_its_name(agent, here):
    asked = say(agent, here, "passport")
    assert asked.status is AnswerStatus.CLARIFIED
    assert asked.choices[-1].label == "None of these"

    answer = say(agent, here, asked.choices[1].label)

    assert answer.status is AnswerStatus.ANSWERED
    assert answer.item == asked.choices[1].item


@pytest.mark.parametrize("text", ["What is the capital of France?", "None of these"])
def test_given_what_no_item_does_when_it_is_asked_then_other_words_or_a_person_are_offered(agent, below, here, text):
    reply = say(agent, here, text)

    assert (reply.status, reply.item, reply.language) == (AnswerStatus.NOT_UNDERSTOOD, None, "en")
    assert [choice.does for choice in reply.choices] == ["person"]
    assert below.heard == []


def test_given_the_choice_of_a_person_when_it_is_picked_then_the_dialogue_calls_one(agent, below, here):
    say(agent, here, "Talk to a person")

    assert below.heard == ["turn_person"]


@pytest.mark.parametrize("text", ["护照丢了怎么补办", "passport 丢了", "ok", "thanks", "Zhang San"])
def test_given_what_is_no_question_in_english_when_it_is_said_then_the_dialogue_has_it(agent, below, here, text):
    say(agent, here, text)

    assert below.heard == [text]


@pytest.mark.parametrize(
    ("text", "number"),
    [("Fire! the kitchen is burning", "119"), ("someone is dying, help", "120"), ("call the police please", "110")],
)
def test_given_an_emergency_in_english_when_it_is_told_then_the_number_comes_in_english(agent, here, text, number):
    reply = say(agent, here, text)

    assert (reply.status, reply.language) == (AnswerStatus.EMERGENCY, "en")
    assert reply.urgent == {"number": number}
    assert number in reply.text


def test_given_an_emergency_in_chinese_when_it_is_told_then_its_reply_is_as_before(agent, here):
    reply = say(agent, here, "着火了")

    assert (reply.text, reply.language) == ("请拨打119", None)


def test_given_a_question_about_an_item_when_the_classifier_takes_it_for_danger_then_it_is_answered(agent, here):
    kind = agent.emergencies.recognise("着火了")

    assert agent.english.emergency("enrol my child in kindergarten", kind) is None
    assert agent.english.emergency("my oven does something strange", kind).language == "en"


def test_given_an_application_when_an_english_question_comes_between_then_it_is_answered_and_goes_on(
    agent, services, below, here
):
    services.engine.start(here, "no-criminal-record-certificate")
    before = services.engine.expected(here)

    reply = say(agent, here, "How much does it cost to renew a passport?")

    assert (reply.status, reply.item) == (AnswerStatus.ANSWERED, "passport-renewal")
    assert "Your application is still open" in reply.text
    assert reply.text.endswith(services.engine.resume(here).text)
    assert services.engine.expected(here) == before
    assert below.heard == []


@pytest.mark.parametrize("text", ["work", "John Smith", "my new job", "What is the capital of France?"])
def test_given_an_application_when_what_is_said_is_no_question_about_an_item_then_the_dialogue_has_it(
    agent, services, below, here, text
):
    services.engine.start(here, "no-criminal-record-certificate")

    say(agent, here, text)

    assert len(below.heard) == 1


def test_given_a_person_who_has_the_conversation_when_english_is_said_then_nothing_is_answered(agent, services, here):
    staff = Staff(services.database, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    staff.create("clerk", "correct horse", StaffRole.CLERK)
    clerk = staff.sign_in("clerk", "correct horse").account.id
    handoffs = services.handoffs
    handoffs.take(handoffs.enqueue(handoffs.open(here, HandoffReason.ASKED_FOR, "person").id).id, clerk)

    assert say(agent, here, "lost my passport").text == ""
