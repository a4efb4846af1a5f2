"""What a citizen's message means while a person is offered, waited for, or has had the conversation."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from actions.status import AnswerStatus as Status
from storage.handoffs import HandoffState, MessageRole
from storage.staff import Staff, StaffRole
from tests.assistant.citizen.gated import FIRE, OFFER, PERSON, gate_over, opened, say
from tests.conftest import Clock


@pytest.fixture
def now() -> Clock:
    return Clock()


@pytest.fixture
def services(data, tmp_path, now):
    return opened(data, tmp_path, now)


@pytest.fixture
def gate(services):
    return gate_over(services)


@pytest.fixture
def clerk(services) -> str:
    """A clerk who is signed in."""
    staff = Staff(services.database, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    staff.create("clerk", "correct horse", StaffRole.CLERK)
    return staff.sign_in("clerk", "correct horse").account.id


def test_given_one_who_waits_when_they_speak_then_place_and_wait_are_told_and_the_ways_out_offered(
    services, gate, clerk, now
):
    for name in ("one", "two", "three"):
        say(gate, name, PERSON)
        now.advance(seconds=1)

    reply = say(gate, "three", "还要多久")

    assert reply.status is Status.HANDED_OVER
    assert "前面还有 2 位" in reply.text and "大约" in reply.text
    assert [choice.label for choice in reply.choices] == ["改为留言", "不等了"]
    assert [one.text for one in services.handoffs.messages(services.handoffs.active("three").id)] == ["还要多久"]


def test_given_nobody_signed_in_when_one_waits_then_that_is_said_and_no_time_is_promised(gate):
    say(gate, "one", PERSON)

    reply = say(gate, "one", "有人吗")

    assert "现在没有工作人员在线" in reply.text and "留言" in reply.text and "分钟" not in reply.text


def test_given_one_who_waits_when_the_hours_end_then_the_next_opening_is_told(gate, now):
    say(gate, "one", PERSON)
    now.advance(hours=11)

    assert "工作人员明天 8:30 上班" in say(gate, "one", "有人吗").text


@pytest.mark.parametrize("words", ["不等了", "算了，不排队了", "继续用机器人"])
def test_given_one_who_waits_when_they_go_back_then_the_assistant_answers_again(services, gate, words):
    say(gate, "one", PERSON)
    handoff = services.handoffs.active("one")

    left = say(gate, "one", words)

    assert left.status is Status.HANDOFF_LEFT and "退出排队" in left.text
    assert services.handoffs.get(handoff.id).state is HandoffState.RETURNED
    assert say(gate, "one", "护照").status is Status.ANSWERED


def test_given_one_who_waits_with_an_application_when_they_go_back_then_it_is_kept(services, gate):
    draft = services.applications.create_draft("one", "no-criminal-record-certificate")
    say(gate, "one", PERSON)

    assert "继续办理" in say(gate, "one", "不等了").text
    assert services.applications.paused_draft("one").id == draft.id


def test_given_one_who_waits_when_they_leave_a_message_instead_then_the_queue_ends_and_the_flow_begins(services, gate):
    say(gate, "one", PERSON)
    handoff = services.handoffs.active("one")

    reply = say(gate, "one", "改为留言")

    assert reply.status is Status.HANDOFF_LEFT and "请留一个手机号" in reply.text
    assert services.handoffs.get(handoff.id).state is HandoffState.CLOSED


def test_given_nobody_waits_when_the_words_are_said_then_the_dialogue_hears_them(gate):
    assert say(gate, "one", "不等了").text == "答：不等了"


def test_given_an_emergency_when_a_person_is_asked_for_then_they_come_first(services, gate, now):
    say(gate, "one", PERSON)
    now.advance(seconds=1)
    assert say(gate, "two", FIRE).status is Status.EMERGENCY
    assert services.handoffs.active("two").state is HandoffState.OFFERED

    say(gate, "two", PERSON)

    assert [(one.conversation_id, one.reason) for one in services.handoffs.queue()] == [
        ("two", "emergency"),
        ("one", "asked_for"),
    ]


def test_given_one_who_waits_when_they_tell_an_emergency_then_they_move_up_and_the_person_will_read_it(
    services, gate, now
):
    for name in ("one", "two"):
        say(gate, name, PERSON)
        now.advance(seconds=1)

    say(gate, "two", f"{FIRE}，电话13912345678")

    first = services.handoffs.queue()[0]
    assert first.conversation_id == "two"
    assert FIRE in services.handoffs.messages(first.id)[-1].text


def test_given_an_offer_when_it_is_accepted_then_its_reason_goes_along(services, gate):
    say(gate, "one", OFFER)

    say(gate, "one", PERSON)

    assert [(one.state, one.reason) for one in services.handoffs.queue()] == [(HandoffState.QUEUED, "low_confidence")]


def test_given_an_offer_when_the_citizen_goes_on_then_it_is_declined(services, gate):
    say(gate, "one", OFFER)
    offer = services.handoffs.active("one")

    say(gate, "one", "护照丢了怎么办")

    assert services.handoffs.get(offer.id).state is HandoffState.CLOSED


def test_given_an_offer_when_it_is_made_again_then_it_stands(services, gate):
    say(gate, "one", OFFER)
    offer = services.handoffs.active("one")

    say(gate, "one", OFFER)

    assert services.handoffs.active("one").id == offer.id


def test_given_an_emergency_when_the_citizen_goes_on_then_the_person_still_stands_by(services, gate):
    say(gate, "one", FIRE)

    say(gate, "one", "护照丢了怎么办")

    assert services.handoffs.active("one").reason == "emergency"


def test_given_a_person_who_handed_back_when_asked_what_they_said_then_it_is_told_masked(services, gate):
    say(gate, "one", PERSON)
    handoff = services.handoffs.active("one")
    services.handoffs.take(handoff.id, "clerk")
    services.handoffs.post(handoff.id, MessageRole.STAFF, "请带户口簿，有事打13912345678")
    services.handoffs.hand_back(handoff.id, "已预约周三上午")

    told = say(gate, "one", "刚才工作人员说了什么？")

    assert told.status is Status.ANSWERED
    assert "请带户口簿" in told.text and "已预约周三上午" in told.text
    assert "13912345678" not in told.text and "[" in told.text


def test_given_a_person_who_wrote_nothing_when_asked_what_they_said_then_that_is_told(services, gate):
    say(gate, "one", PERSON)
    handoff = services.handoffs.active("one")
    services.handoffs.take(handoff.id, "clerk")
    services.handoffs.close(handoff.id)

    assert "没有留下文字答复" in say(gate, "one", "刚才工作人员说了什么").text


def test_given_no_person_ever_when_asked_what_they_said_then_the_dialogue_answers(gate):
    assert say(gate, "one", "刚才工作人员说了什么").text.startswith("答：")


def test_given_a_person_when_the_citizen_writes_at_length_then_all_of_it_arrives(services, gate):
    say(gate, "one", PERSON)
    handoff = services.handoffs.active("one")
    services.handoffs.take(handoff.id, "clerk")

    assert say(gate, "one", "长" * 2000).text == ""

    assert services.handoffs.messages(handoff.id)[-1].text == "长" * 2000
