"""From the assistant to a person and back, in the real dialogue: with its reasons, and the ways out of the queue."""

from __future__ import annotations

import asyncio

import pytest

from actions.status import AnswerStatus as Status
from storage.handoffs import HandoffState
from storage.left_messages import LeftMessages


@pytest.fixture
def handoffs(assistant):
    return assistant.services.handoffs


def test_given_one_who_waits_when_they_leave_a_message_instead_then_phone_and_words_are_taken(
    assistant, conversation, handoffs
):
    citizen = conversation()
    citizen.say("转人工")

    asked = citizen.say("改为留言")
    assert asked.status is Status.HANDOFF_LEFT and "手机号" in asked.text
    assert handoffs.active(citizen.id) is None
    assert citizen.say("13900001234").status is Status.FLOW_ASKED
    assert citizen.say("我的居住证一直没办下来").status is Status.COMPLAINT_TAKEN

    assistant.services.connector.advance()
    left = [one for one in LeftMessages(assistant.services.database).waiting() if one.conversation_id == citizen.id]
    assert [(one.phone, one.text) for one in left] == [("13900001234", "我的居住证一直没办下来")]


def test_given_an_application_when_a_person_is_waited_for_and_left_then_it_goes_on_where_it_stood(
    conversation, handoffs
):
    citizen = conversation("demo")
    citizen.say("我要开无犯罪记录证明")
    assert citizen.say("转人工").status is Status.HANDED_OVER
    assert handoffs.active(citizen.id).reason == "asked_for"

    assert "继续办理" in citizen.say("不等了").text
    assert citizen.say("身份证丢了怎么办").status in (Status.ANSWERED, Status.CLARIFIED)
    assert citizen.say("继续办理").status is Status.FLOW_ASKED


def test_given_an_application_when_a_message_is_left_instead_then_the_application_waits(conversation):
    citizen = conversation("demo")
    citizen.say("我要开无犯罪记录证明")
    citizen.say("转人工")

    reply = citizen.say("改为留言")

    assert reply.status is Status.HANDOFF_LEFT
    services = citizen.assistant.services
    assert services.engine.expected(citizen.id).item_id == "leave-message"
    assert services.applications.paused_draft(citizen.id).item_id == "no-criminal-record-certificate"


def test_given_nobody_is_waited_for_when_a_message_is_to_be_left_then_its_flow_begins(conversation, handoffs):
    citizen = conversation()

    reply = citizen.say("我要留个言")

    assert reply.status is Status.FLOW_ASKED
    assert "手机号" in reply.text
    assert citizen.assistant.services.engine.expected(citizen.id).item_id == "leave-message"
    assert handoffs.active(citizen.id) is None
    citizen.say("13900001234")
    assert citizen.say("请给我回个电话，居住证没有办下来").status is Status.COMPLAINT_TAKEN


def test_given_a_complaint_when_it_begins_then_a_person_is_offered_and_its_reason_goes_along(conversation, handoffs):
    citizen = conversation()
    asked = citizen.say("我们小区门口的路灯坏了好几天了没人修")
    assert [choice.label for choice in asked.choices] == ["转人工"]
    assert handoffs.active(citizen.id).state is HandoffState.OFFERED

    citizen.say("转人工")

    queued = handoffs.active(citizen.id)
    assert (queued.state, queued.reason) == (HandoffState.QUEUED, "complaint")
    handoffs.leave(queued.id)


def test_given_nothing_understood_twice_when_a_person_is_offered_then_going_on_declines_it(conversation, handoffs):
    citizen = conversation()
    for noise in ("呜里哇啦咚咚咚", "咕咚咕咚哇"):
        reply = citizen.say(noise)
    assert reply.status is Status.HANDOFF_OFFERED
    offer = handoffs.active(citizen.id)
    assert (offer.state, offer.reason) == (HandoffState.OFFERED, "low_confidence")

    citizen.say("护照丢了怎么补办")

    assert handoffs.get(offer.id).state is HandoffState.CLOSED


def test_given_three_failures_when_the_offer_is_accepted_then_that_is_the_reason(conversation, handoffs):
    citizen = conversation()
    for said in ("我要办无犯罪记录证明", "张示例", "310", "311", "312"):
        reply = citizen.say(said)
    assert reply.status is Status.HANDOFF_OFFERED

    assert citizen.say("转人工").status is Status.HANDED_OVER

    queued = handoffs.active(citizen.id)
    assert queued.reason == "flow_failed"
    handoffs.leave(queued.id)


def test_given_a_person_who_talked_about_an_item_when_handed_back_then_the_assistant_goes_on_from_it(
    assistant, conversation, handoffs
):
    citizen = conversation()
    citizen.say("护照丢了怎么补办")
    citizen.say("转人工")
    handoff = handoffs.active(citizen.id)
    handoffs.take(handoff.id, "clerk")
    item = next(iter(assistant.services.flows.keys() & assistant.services.catalogue.items.keys()))
    handoffs.hand_back(handoff.id, "已告知")
    asyncio.run(assistant.talk_about(citizen.id, item))

    answered = citizen.say("那要什么材料")

    assert (answered.status, answered.item) == (Status.ANSWERED, item)
