"""The one-time notice in a conversation, and what an application for another says of a written authorisation."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.application_form import ValidateApplicationForm
from actions.checklists import CHECKLIST, ActionChecklist
from actions.papers.checklist import Checklist
from actions.reply import REPLY_KEY, Reply
from actions.services import Services
from actions.status import AnswerStatus
from storage.identity import Identity

FLAGSHIP, PERMIT, PASSPORT = "no-criminal-record-certificate", "residence-permit-endorsement", "passport-reissue"
CITIZEN = Identity("张示例", "310101199304180027", "13900000001")


@pytest.fixture(scope="module")
def services(data: Path, tmp_path_factory: pytest.TempPathFactory, clock: Any) -> Services:
    var = tmp_path_factory.mktemp("var")
    return Services.open(data, var, f"sqlite:///{var / 'wenban.db'}", clock)


def asked(
    services: Services,
    text: str,
    item: str | None = None,
    conversation: str = "one",
    loop: str | None = None,
    action: Any = ActionChecklist,
    **gate: Any,
) -> tuple[Reply, dict[str, Any]]:
    """What is replied to a message, and the slots it sets."""
    slots = gate.pop("slots", {})
    outcome = gate.pop("outcome", "turn_checklist")
    message = {
        "text": text,
        "intent": {"name": outcome},
        "gate": {"intent": "ask", "item": item, "facet": CHECKLIST, "facts": {}, **gate},
        "items": {},
    }
    tracker = Tracker(conversation, slots, message, [], False, None, {"name": loop} if loop else {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action(services).run(dispatcher, tracker, {}))
    reply = Reply.from_json(dispatcher.messages[-1]["custom"][REPLY_KEY])
    return reply, {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def kept(services: Services, reply: Reply) -> Checklist:
    (paper,) = reply.papers
    found = services.papers.kept.get(paper.url.rsplit("/", 1)[-1])
    return Checklist.from_mapping(found.content)


def test_given_an_open_case_when_a_notice_is_wanted_then_the_deciding_question_comes_first(services):
    reply, slots = asked(services, "给我一份居住证签注的告知单", PERMIT)

    assert reply.status is AnswerStatus.ANSWERED and not reply.papers and reply.citations
    assert "本人办理，还是替别人办理" in reply.text
    assert [choice.label for choice in reply.choices] == ["本人", "代办"]
    assert slots["focus"]["facet"] == CHECKLIST and slots["focus"]["choosing"] == "applicant"


def test_given_the_question_when_it_is_answered_then_the_notice_is_for_that_case(services):
    focus = {"item": PERMIT, "facet": CHECKLIST, "facts": {}, "choosing": "applicant"}

    reply, slots = asked(services, "代办", PERMIT, slots={"focus": focus}, facts={"applicant": "代办"})

    assert reply.status is AnswerStatus.ANSWERED and reply.facet == "materials"
    assert "授权委托书" in reply.text and "下载或者打印" in reply.text
    assert {cited.field for cited in reply.citations} >= {"materials"}
    assert kept(services, reply).case == "申请人：代办"
    assert slots["focus"]["facet"] == "materials"
    (paper,) = reply.papers
    assert paper.page == f"{paper.url}/page" and paper.name.endswith(".pdf")


def test_given_who_does_not_know_the_case_when_asked_then_the_notice_comes_all_the_same(services):
    focus = {"item": PERMIT, "facet": CHECKLIST, "facts": {}, "choosing": "applicant"}

    reply, _ = asked(services, "不知道", PERMIT, slots={"focus": focus}, facts={"applicant": None})

    assert kept(services, reply).case == "一般情形"
    assert any("“申请人”" in line for line in kept(services, reply).missing)


def test_given_an_item_talked_of_when_a_notice_is_wanted_then_it_is_for_that_and_what_was_told(services):
    focus = {"item": FLAGSHIP, "facet": "materials", "facts": {"applicant": "代办"}}

    reply, _ = asked(services, "把要带的材料列个单子", slots={"focus": focus})

    assert kept(services, reply).item_id == FLAGSHIP
    assert kept(services, reply).case == "申请人：代办"


def test_given_who_is_signed_in_when_the_notice_is_for_oneself_then_the_masked_name_stands_on_it(services):
    services.conversations.bind("signed-in", CITIZEN, "web")

    own, _ = asked(services, "告知单", PERMIT, "signed-in", facts={"applicant": "本人"})
    others, _ = asked(services, "告知单", PERMIT, "signed-in", facts={"applicant": "代办"})

    assert kept(services, own).holder == "张*例"
    assert kept(services, others).holder == ""


def test_given_an_application_when_a_notice_is_wanted_in_it_then_nothing_is_asked_and_what_lacks_is_told(services):
    services.engine.start("applying", PERMIT, "我要签注居住证", CITIZEN)

    reply, _ = asked(services, "材料清单打印一下", PERMIT, "applying", loop="application_form")

    written = kept(services, reply)
    assert not reply.choices and written.holder == "张*例" and written.case == "申请人：本人"
    assert written.missing[0].startswith("申请里还没有填：居住登记地址")


def test_given_an_item_that_is_gone_when_a_notice_is_wanted_then_it_is_not_understood(services):
    reply, _ = asked(services, "告知单", "no-such-item")

    assert reply.status is AnswerStatus.NOT_UNDERSTOOD


def step_of(services: Services, text: str, conversation: str, intent: str = "inform") -> Reply:
    """What the form replies to a message in a running application."""
    reply, _ = asked(
        services,
        text,
        FLAGSHIP,
        conversation,
        "application_form",
        ValidateApplicationForm,
        outcome="turn_reply",
        intent=intent,
    )
    return reply


def test_given_a_guide_that_asks_for_it_in_writing_when_one_states_to_be_authorised_then_the_form_is_offered(services):
    services.conversations.bind("for-another", CITIZEN, "web")
    services.engine.start("for-another", FLAGSHIP, "帮我妈办无犯罪记录证明，她要出国", CITIZEN)
    for said in ("代办", "王示例"):
        step_of(services, said, "for-another")

    asked_to_state = step_of(services, "31010119620315001X", "for-another")

    assert "授权委托书" in asked_to_state.text and "由被代办人签名" in asked_to_state.text
    (form,) = asked_to_state.papers
    assert form.kind == "authorisation" and form.page is None
    assert form.url == f"/api/conversations/for-another/authorisation-forms/{FLAGSHIP}"
    step_of(services, "我声明属实", "for-another")
    receipt = step_of(services, "确认", "for-another", "affirm")
    assert receipt.status is AnswerStatus.SUBMITTED and receipt.papers == (form,)
    assert {"agent_name", "authorisation"} <= {line["field"] for line in receipt.application.fields}


def test_given_a_guide_that_asks_for_no_such_paper_when_one_states_to_be_authorised_then_none_is_named(services):
    services.engine.start("loss", "id-card-loss-report", "给我爸挂失身份证，昨天在公园里丢的", CITIZEN)
    for said in ("代办", "王示例", "31010119620315001X", "公园里"):
        reply = step_of(services, said, "loss")

    assert "属实" in reply.text and not reply.papers
