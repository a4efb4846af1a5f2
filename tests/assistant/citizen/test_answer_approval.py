"""Answers that wait for a yes, with a gate over a dialogue of fixed words."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from actions.approval_rules import ApprovalRules
from actions.reply import Citation, Reply
from actions.status import AnswerStatus
from assistant.citizen.answer_approval import AnswerApproval
from assistant.citizen.hub import ConversationHub
from assistant.citizen.muted_channel import as_message
from assistant.citizen.wire import EventType
from assistant.staff.approval_keeper import ApprovalKeeper
from storage.approvals import HeldState
from storage.audit import AuditTrail
from storage.errors import AlreadyDecided
from storage.handoffs import HandoffState
from tests.assistant.citizen.gated import FIRE, OFFER, FixedAgent, gate_over, say

PASSPORT = "passport-first"
RULES = ApprovalRules(enabled=True, items=frozenset({PASSPORT}))
CITED = Citation(PASSPORT, "普通护照首次签发", "fee", "收费标准", "sample", None, True)
FLOW = "顺便问一句"


class Answering(FixedAgent):
    """Answers about passports with a source, and everything else as it does."""

    async def dialogue(self, message: Any) -> None:
        if "护照" not in message.text:
            return await super().dialogue(message)
        replies = [Reply(AnswerStatus.ANSWERED, f"答：{message.text}", item=PASSPORT, citations=(CITED,))]
        if FLOW in message.text:
            replies.append(Reply(AnswerStatus.FLOW_ASKED, "请问您的姓名？"))
        for reply in replies:
            await message.output_channel.send_response(message.sender_id, as_message(reply))
        return None


@pytest.fixture
def approval(services, hub) -> AnswerApproval:
    return AnswerApproval(services, RULES, hub)


@pytest.fixture
def agent(services, approval) -> FixedAgent:
    agent = gate_over(services)
    agent.__class__ = Answering
    agent.approval = approval
    return agent


@pytest.fixture
def keeper(services, approval) -> ApprovalKeeper:
    return ApprovalKeeper(services, approval, AuditTrail(services.database))


def at_webhook(agent: FixedAgent, text: str) -> list[dict[str, Any]]:
    """Say something over Rasa's webhook."""
    message = UserMessage(text, CollectingOutputChannel(), "alice", input_channel="rest")
    said = asyncio.run(agent.handle_message(message))
    assert said is not None
    return said


def actions_of(services) -> list[str]:
    return [entry.action for entry in AuditTrail(services.database).entries()]


def test_given_an_answer_of_a_named_item_when_asked_for_then_it_waits_and_the_citizen_is_told(agent, approval):
    reply = say(agent, "one", "护照多久，电话13912345678")

    (held,) = approval.held.waiting()
    assert (reply.status, reply.approval) == (AnswerStatus.AWAITING_APPROVAL, held.id)
    assert "正在核实" in reply.text and reply.citations == () and reply.item == PASSPORT
    assert held.reply["text"].startswith("答：护照多久") and held.reason == "item"
    assert "13912345678" not in json.dumps(held.reply) + held.question


@pytest.mark.parametrize(
    "words", ["今天天气", f"{FIRE}，护照还在里面", OFFER, f"护照多久，{FLOW}", "护照？" + "问" * 600]
)
def test_given_what_never_waits_when_said_then_it_is_answered_at_once(agent, approval, words):
    reply = say(agent, "one", words)

    assert reply.status is not AnswerStatus.AWAITING_APPROVAL and approval.held.waiting() == ()


def test_given_the_mode_off_when_asked_then_nothing_waits(services, hub, agent):
    agent.approval = AnswerApproval(services, replace(RULES, enabled=False), hub)

    assert say(agent, "one", "护照多久").status is AnswerStatus.ANSWERED


def test_given_an_hour_when_nobody_is_there_when_asked_then_nothing_waits(agent, now):
    now.advance(hours=12)

    assert say(agent, "one", "护照多久").status is AnswerStatus.ANSWERED


def test_given_approved_answers_in_another_order_when_told_then_each_names_its_question_and_none_comes_twice(
    agent, approval, hub, now
):
    say(agent, "one", "护照多久")
    now.advance(seconds=1)
    say(agent, "one", "护照多少钱")
    first, second = approval.held.waiting()

    for held in (second, first):
        approval.tell(approval.held.decide(held.id, HeldState.APPROVED))
    approval.tell(approval.held.get(first.id))
    approval.tell_untold()

    told = hub.since("one", 0)
    assert [event.type for event in told] == [EventType.ANSWER_APPROVED] * 2
    assert [event.payload["question"] for event in told] == ["护照多少钱", "护照多久"]
    assert [event.payload["text"] for event in told] == ["答：护照多少钱", "答：护照多久"]
    assert told[0].payload["citations"][0]["field"] == "fee" and told[0].payload["status"] == "answered"
    with pytest.raises(AlreadyDecided):
        approval.held.decide(first.id, HeldState.REFUSED)


def test_given_a_decision_not_told_when_the_program_starts_anew_then_it_is_told_once(services, agent, approval, hub):
    say(agent, "one", "护照多久")
    (held,) = approval.held.waiting()
    approval.held.decide(held.id, HeldState.EDITED, sent="改过的答复", sent_masked="改过的答复")

    anew = AnswerApproval(services, RULES, ConversationHub(services.transcripts))
    keeper = ApprovalKeeper(services, anew, AuditTrail(services.database))
    keeper.step(services.clock())
    keeper.step(services.clock())

    (event,) = hub.since("one", 0)
    assert (event.payload["text"], event.payload["edited"]) == ("改过的答复", True)


def test_given_nobody_decides_when_the_time_is_over_then_a_person_is_offered(
    services, agent, approval, hub, keeper, now
):
    say(agent, "one", "护照多久")
    now.advance(minutes=9, seconds=59)
    keeper.step(now())
    assert hub.since("one", 0) == []

    now.advance(seconds=1)
    keeper.step(now())
    keeper.step(now())

    (event,) = hub.since("one", 0)
    assert (event.type, event.payload["outcome"]) == (EventType.ANSWER_WITHDRAWN, "expired")
    assert "护照多久" in event.payload["text"] and event.payload["choices"] == [{"label": "转人工"}]
    assert "expired-held-answer" in actions_of(services) and approval.held.waiting() == ()


def test_given_the_desk_closed_meanwhile_when_the_time_is_over_then_the_hours_are_told(agent, hub, keeper, now):
    now.advance(hours=9, minutes=55)  # 19:55; the desk closes at 20:00
    say(agent, "one", "护照多久")
    now.advance(minutes=10)

    keeper.step(now())

    (event,) = hub.since("one", 0)
    assert "8:30–20:00" in event.payload["text"]


def test_given_a_person_has_the_conversation_when_looked_after_then_the_answer_waits_no_longer(
    services, agent, approval, hub, keeper, now
):
    say(agent, "one", "护照多久")
    handoffs = services.handoffs
    handoffs.take(handoffs.enqueue(handoffs.open("one", "asked_for", "").id).id, "clerk")

    keeper.step(now())

    (event,) = hub.since("one", 0)
    assert event.payload["outcome"] == "overtaken" and approval.held.waiting() == ()


def test_given_a_refusal_that_the_program_did_not_outlive_when_it_starts_anew_then_the_citizen_waits_for_a_person(
    services, agent, approval, hub, keeper, now
):
    say(agent, "one", "护照多久")
    (held,) = approval.held.waiting()
    approval.held.decide(held.id, HeldState.REFUSED)

    keeper.step(now())

    handoff = services.handoffs.active("one")
    assert handoff is not None and handoff.state is HandoffState.QUEUED and "护照多久" in handoff.summary
    assert hub.since("one", 0)[0].payload["outcome"] == "refused"


def test_given_a_conversation_of_another_channel_when_an_answer_is_approved_then_it_is_said_before_the_next_reply(
    agent, approval, keeper, now
):
    (waits,) = [one for one in at_webhook(agent, "护照多久") if "custom" in one]
    assert waits["custom"]["wenban"]["status"] == "awaiting_approval"
    (held,) = approval.held.waiting()
    approval.tell(approval.held.decide(held.id, HeldState.APPROVED))
    keeper.step(now())

    said = [one["custom"]["wenban"] for one in at_webhook(agent, "今天天气") if "custom" in one]

    assert [one["text"].split("\n")[-1] for one in said] == ["答：护照多久", "答：今天天气"]
    assert "护照多久" in said[0]["text"].split("\n")[0]
    again = [one["custom"]["wenban"]["text"] for one in at_webhook(agent, "今天天气") if "custom" in one]
    assert again == ["答：今天天气"]
