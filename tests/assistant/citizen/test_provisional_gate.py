"""Asking by a provisional number: in any conversation, proved by the end of the ID number, never by guessing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.status import AnswerStatus
from assistant.citizen.notices import Notices
from assistant.citizen.wire import EventType
from storage.audit import AuditTrail
from storage.handoffs import HandoffReason
from storage.identity import Identity
from storage.outbox import Outbox
from storage.provisional_numbers import in_groups, is_provisional_number, new_number
from tests.actions.connectors.declared import TOKEN, data_with_police
from tests.actions.connectors.dispatching import ITEM
from tests.assistant.citizen.gated import Below, gate_over, opened, say

FIELDS = {"full_name": "张示例", "id_number": "31010119930418006X", "phone": "13900000001", "purpose": "求职就业"}
END = "006X"


@pytest.fixture
def services(tmp_path, now, monkeypatch):
    """Services whose department is at an address where nobody answers; nothing is sent in these tests."""
    monkeypatch.setenv(TOKEN, "secret")
    return opened(data_with_police(tmp_path / "data", "http://127.0.0.1:9/v1"), tmp_path / "var", now)


@pytest.fixture
def below():
    return Below()


@pytest.fixture
def agent(services, below):
    return gate_over(services, below)


@pytest.fixture
def kept(services):
    """An application that was made in conversation `one`; returns its receipt number and its provisional number."""

    def kept_(fields=FIELDS):
        applications = services.applications
        draft = applications.create_draft("one", ITEM)
        receipt = applications.submit(draft.id, fields.get("id_number"), fields).receipt_number
        return receipt, services.provisional.numbers.give(receipt).number

    return kept_


def deliver(services, receipt):
    outbox = Outbox(services.database)
    assert outbox.delivered(outbox.claim(receipt, timedelta(minutes=5)), "GA-1", timedelta(minutes=5))


def transcript_texts(services, agent, conversation, said):
    """Say something and return what is kept of it, and the reply."""
    import asyncio

    from assistant.citizen.identity import OWN_CHANNEL, OwnMessage
    from assistant.citizen.reply_channel import ReplyChannel

    channel = ReplyChannel()
    message = OwnMessage(said, channel, conversation, input_channel=OWN_CHANNEL)
    asyncio.run(agent.handle_message(message))
    return message.text, channel.reply()


def test_given_the_number_in_another_conversation_when_it_is_proved_then_state_and_receipt_are_told(
    services, agent, kept, below
):
    receipt, number = kept()
    asked = say(agent, "two", f"我的暂存号是{number}，办好了吗")
    assert asked.status is AnswerStatus.FLOW_ASKED and "最后四位" in asked.text
    assert asked.item is None and asked.application is None
    told = say(agent, "two", END)
    assert told.status is AnswerStatus.TRACKED and "还没有送达" in told.text
    assert (told.application.receipt_number, told.application.state) == (None, "kept")
    assert told.application.fields == () and receipt not in told.text

    deliver(services, receipt)
    say(agent, "three", in_groups(number))
    told = say(agent, "three", "后四位是006x")
    assert receipt in told.text and "已收件" in told.text
    assert told.application.receipt_number == receipt and told.application.fields == ()
    assert below.heard == []
    assert not any(value in told.text for value in FIELDS.values())


def test_given_number_and_proof_in_one_message_then_it_is_told_at_once(agent, kept):
    _, number = kept()
    assert "还没有送达" in say(agent, "two", f"暂存号{number}，身份证后四位{END}").text


def test_given_the_conversation_it_was_made_in_then_nothing_is_to_be_proved(services, agent, kept):
    receipt, number = kept()
    told = say(agent, "one", f"暂存号{number}")
    assert "还没有送达" in told.text and told.application.fields
    deliver(services, receipt)
    assert receipt in say(agent, "one", f"暂存号{number}").text


def test_given_the_citizen_signed_in_then_nothing_is_to_be_proved_and_another_citizen_must(services, agent, kept):
    _, number = kept()
    services.conversations.bind("mine", Identity("张示例", FIELDS["id_number"], "", "", {}), "web")
    services.conversations.bind("theirs", Identity("李示例", "310101199304180027", "", "", {}), "web")
    assert "还没有送达" in say(agent, "mine", number).text
    assert "最后四位" in say(agent, "theirs", number).text


def test_given_wrong_answers_when_they_are_three_then_the_number_rests_for_everybody(services, agent, kept, now):
    receipt, number = kept()
    say(agent, "two", number)
    first, second, third = (say(agent, "two", f"000{end}") for end in (1, 2, 3))
    assert "还可以试2次" in first.text and "还可以试1次" in second.text
    assert "30分钟" in third.text
    assert "30分钟" in say(agent, "two", number).text
    assert "30分钟" in say(agent, "three", f"暂存号{number} 后四位{END}").text, "not even with the right answer"
    now.advance(minutes=31)
    assert "还没有送达" in say(agent, "three", f"暂存号{number} 后四位{END}").text
    actions = [entry.action for entry in AuditTrail(services.database).entries(receipt)]
    assert actions == ["read-by-provisional-number", "barred-provisional-number"]


def test_given_a_number_that_nobody_has_then_the_same_is_said_as_of_one_that_is_not_proved(agent, kept):
    _, number = kept()
    nobodys = new_number()
    for one, conversation in ((number, "two"), (nobodys, "three")):
        assert is_provisional_number(one)
        said = [say(agent, conversation, text).text for text in (one, "0001", "0002", "0003", one)]
        if conversation == "two":
            expected = said
    assert said == expected


def test_given_guesses_about_many_numbers_then_the_conversation_rests(agent):
    said = [say(agent, "two", f"暂存号{new_number()} 后四位0001").text for _ in range(7)]
    assert "60分钟" in said[6] and not any("分钟" in one for one in said[:5])


def test_given_an_application_without_an_id_number_then_no_answer_proves_it(agent, kept):
    _, number = kept({"phone": "13900000001"})
    say(agent, "two", number)
    assert "对不上" in say(agent, "two", "0000").text


def test_given_what_proves_it_then_it_is_kept_nowhere_in_clear(services, agent, kept):
    _, number = kept()
    shown, _ = transcript_texts(services, agent, "two", number)
    assert shown == in_groups(number)
    shown, reply = transcript_texts(services, agent, "two", f"后四位{END}")
    assert shown == "后四位****" and "还没有送达" in reply.text
    assert END not in reply.text


def test_given_a_question_when_something_else_is_said_then_the_dialogue_has_it_and_the_question_is_over(
    agent, kept, below
):
    _, number = kept()
    say(agent, "two", number)
    say(agent, "two", "居住证怎么办")
    say(agent, "two", END)
    assert below.heard == ["居住证怎么办", END]


def test_given_three_digits_then_they_are_asked_for_again_and_do_not_count(agent, kept):
    _, number = kept()
    say(agent, "two", number)
    assert "只输入" in say(agent, "two", "006").text
    assert "还没有送达" in say(agent, "two", END).text


def test_given_a_wrong_check_digit_or_no_number_then_it_is_said_so(agent, kept, below):
    _, number = kept()
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert "9位" in say(agent, "two", f"暂存号{wrong}").text
    assert "9位" in say(agent, "two", "暂存号怎么查").text
    assert below.heard == []


def test_given_an_application_being_filled_in_when_a_number_is_answered_then_it_is_the_applications(
    services, agent, kept, below
):
    _, number = kept()
    services.applications.create_draft("two", ITEM)
    say(agent, "two", number)
    assert len(below.heard) == 1
    assert "最后四位" in say(agent, "two", f"暂存号{number}").text


def test_given_a_person_in_the_conversation_then_the_number_is_the_persons(services, agent, kept, below):
    _, number = kept()
    handoff = services.handoffs.open("two", HandoffReason.ASKED_FOR, "")
    services.handoffs.enqueue(handoff.id)
    services.handoffs.take(handoff.id, "c" * 32)
    assert say(agent, "two", f"暂存号{number}").text == ""
    assert not services.standings.of("two").awaits_proof


def test_given_the_delivery_then_the_conversation_it_was_made_in_is_told_once(services, kept):
    receipt, number = kept()
    notices = Notices(services)
    assert list(notices.pending()) == []
    deliver(services, receipt)
    (news,) = notices.pending()
    assert (news.type, news.conversation_id) == (EventType.REPLY, "one")
    assert news.payload["status"] == "submitted"
    assert news.payload["application"]["receipt_number"] == receipt
    assert news.payload["application"]["provisional_number"] == in_groups(number)
    assert receipt in news.payload["text"] and in_groups(number) in news.payload["text"]
    notices.mark_told(news)
    assert list(notices.pending()) == []


def test_given_the_department_asks_for_more_and_has_it_then_the_delivery_is_not_told_again(services, kept, now):
    receipt, _ = kept()
    deliver(services, receipt)
    Notices(services).reply_for("one")
    now.advance(days=1)
    from storage.applications import ApplicationState

    for state in (ApplicationState.SUPPLEMENT, ApplicationState.SUBMITTED):
        now.advance(days=1)
        services.applications.transition(receipt, state)
    told = Notices(services).reply_for("one").text
    assert "补正" in told and "已经送达" not in told
