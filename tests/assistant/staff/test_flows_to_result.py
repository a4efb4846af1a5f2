"""Every flow, from the citizen's sentence to the result in their hands, decided by whoever its file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.back_office import Looked
from actions.connectors.embedded import FILED
from actions.flows.definition import load_flows
from actions.status import AnswerStatus as Status
from assistant.citizen.wire import EventType
from storage.applications import ApplicationState
from storage.errors import ApplicationMoved, TransitionRefused
from storage.supplements import Wanted

FLOWS = {
    item: flow
    for item, flow in load_flows(Path(__file__).parents[3] / "data" / "flows").items()
    if flow.submit.delivers not in FILED
}
SCRIPTS = {
    "no-criminal-record-certificate": ("demo", "我要开无犯罪记录证明", "求职就业"),
    "birth-allowance": ("demo", "我要申领生育津贴"),
    "residence-permit-endorsement": ("demo-5", "我要办居住证签注", "在公司上班，一直交着社保"),
    "social-security-card-reissue": ("demo", "社保卡丢了，帮我补办一张"),
    "senior-allowance": ("demo-4", "我要申领老年综合津贴", "农业银行"),
    "housing-fund-rent-withdrawal": ("demo", "我要租房提取公积金"),
    "id-card-loss-report": ("demo", "帮我把身份证挂失", "前天在地铁二号线上丢的"),
    "unemployment-registration": ("demo-5", "我要办失业登记", "单位终止或解除合同"),
    "service-hall-appointment": ("demo", "帮我预约政务大厅", "后天上午九点"),
}
"""who applies, and what they say before the yes"""
SENIOR = "senior-allowance"
CLERK, COLLEAGUE = "c" * 32, "d" * 32


@pytest.fixture
def office(assistant):
    return assistant.services.back_office


@pytest.fixture
def apply(conversation):
    """Apply in a conversation by the item's script; return the conversation and the receipt number."""

    def apply_(item: str):
        identity, *said = SCRIPTS[item]
        citizen = conversation(identity)
        for sentence in said:
            reply = citizen.say(sentence)
            assert (reply.status, reply.item) == (Status.FLOW_ASKED, item), (sentence, reply.text)
        reply = citizen.say("确认")
        assert reply.status is Status.SUBMITTED, reply.text
        return citizen, reply.application.receipt_number

    return apply_


def looked(office, receipt: str, staff: str = CLERK) -> Looked:
    return Looked(receipt, office.desk.entry(receipt).version, staff)


def news(citizen) -> list:
    """Take the news of a conversation, as the server publishes them."""
    notices = citizen.assistant.notices
    told = [one for one in notices.pending() if one.conversation_id == citizen.id]
    for one in told:
        notices.mark_told(one)
    return told


def waiting(apply, office):
    """Return a citizen of whom the desk has asked for more, who was told, and the number."""
    citizen, receipt = apply(SENIOR)
    office.ask_for(looked(office, receipt), Wanted(("居民户口簿",), "请写明和申请人的关系"))
    (told,) = news(citizen)
    assert "1. 居民户口簿" in told.payload["text"] and "2. 请写明和申请人的关系" in told.payload["text"]
    assert told.payload["choices"] == [{"label": "现在补正"}]
    return citizen, receipt


def test_given_the_flows_when_counted_then_each_has_a_script(assistant):
    assert FLOWS.keys() == SCRIPTS.keys()


@pytest.mark.parametrize("item", FLOWS)
def test_given_a_sentence_when_the_flow_is_gone_through_and_decided_then_the_citizen_has_the_result(
    item, apply, office, assistant, clock
):
    citizen, receipt = apply(item)

    if FLOWS[item].submit.by_staff:
        assistant.services.connector.advance()
        assert assistant.services.applications.by_receipt(receipt).state is ApplicationState.SUBMITTED
        office.accept(looked(office, receipt))
        assert "已受理" in news(citizen)[-1].payload["text"]
        clock.advance(days=1)
        office.issue(looked(office, receipt), "已经核对，准予办理。", office.delivered(looked(office, receipt)))
    else:
        assistant.services.connector.advance()
        clock.advance(hours=1)
        assistant.services.connector.advance()

    told = news(citizen)[-1]
    assert told.type is EventType.APPLICATION_ISSUED and receipt in told.payload["text"]
    certified = FLOWS[item].submit.delivers == "certificate_pdf"
    assert bool(told.payload["documents"]) is certified
    tracked = citizen.say(f"查一下{receipt}")
    assert (tracked.status, tracked.application.state) == (Status.TRACKED, "issued")
    for document in assistant.services.applications.documents(receipt):
        assert assistant.services.applications.document(document.id).content.startswith(b"%PDF")


def test_given_what_is_asked_for_when_it_is_answered_in_the_conversation_then_the_desk_has_it_and_goes_on(
    apply, office, assistant
):
    citizen, receipt = waiting(apply, office)

    assert "补充" in citizen.say("现在补正").text or "写" in citizen.replies[-1].text
    aside = citizen.say("老年综合津贴每个月多少钱？")
    assert aside.status is Status.ANSWERED
    read_back = citizen.say("户口簿明天上午送到社区受理中心，她是我母亲，我手机13900009999")
    assert read_back.status is Status.FLOW_ASKED and "13900009999" not in read_back.text
    done = citizen.say("确认")

    assert done.status is Status.SUBMITTED and receipt in done.text
    assert done.application.receipt_number == receipt and done.application.state == "submitted"
    (request,) = office.supplements.of(receipt)
    assert "她是我母亲" in request.answer and "13900009999" in request.answer
    assert news(citizen) == []
    office.accept(looked(office, receipt))
    office.issue(looked(office, receipt), "从本月起发放。", office.delivered(looked(office, receipt)))
    assert "从本月起发放" in news(citizen)[-1].payload["text"]


def test_given_another_application_half_filled_in_when_more_is_asked_for_then_neither_question_is_lost(
    apply, office, assistant
):
    citizen, receipt = apply(SENIOR)
    asked = citizen.say("我要开无犯罪记录证明")
    assert asked.status is Status.FLOW_ASKED
    office.ask_for(looked(office, receipt), Wanted(("居民户口簿",)))
    assert "用途" in news(citizen)[-1].payload["text"]

    assert citizen.say("补正").status is Status.FLOW_ASKED
    citizen.say("户口簿已经交到窗口")
    done = citizen.say("确认")

    assert done.status is Status.SUBMITTED and "继续办理" in done.text
    resumed = citizen.say("继续办理")
    assert resumed.item == "no-criminal-record-certificate" and "用途" in resumed.text
    assert citizen.say("求职就业").status is Status.FLOW_ASKED
    assert citizen.say("确认").status is Status.SUBMITTED


def test_given_what_is_asked_for_when_the_citizen_comes_anew_then_they_are_told_and_can_answer(
    apply, office, conversation, assistant
):
    _, receipt = waiting(apply, office)
    again, stranger = conversation("demo-4"), conversation("demo-3")

    arrival = assistant.notices.on_arrival(again.id)

    assert receipt in arrival.text and "居民户口簿" in arrival.text
    assert assistant.notices.on_arrival(stranger.id) is None
    assert stranger.say("现在补正").status is not Status.SUBMITTED
    again.say("现在补正")
    again.say("户口簿已经交到窗口")
    assert again.say("确认").status is Status.SUBMITTED
    assert assistant.services.applications.by_receipt(receipt).state is ApplicationState.SUBMITTED


def test_given_a_decision_meanwhile_when_the_citizen_answers_then_it_is_said_and_nothing_is_submitted(apply, office):
    citizen, receipt = waiting(apply, office)
    citizen.say("现在补正")
    citizen.say("户口簿已经交到窗口")
    office.refuse(looked(office, receipt), "逾期没有补正。")

    reply = citizen.say("确认")

    assert "不用补正了" in reply.text
    assert office.supplements.of(receipt)[0].answer is None


def test_given_a_refusal_after_acceptance_when_it_is_told_then_with_the_reason_and_how_to_object(apply, office):
    citizen, receipt = apply(SENIOR)
    office.accept(looked(office, receipt))
    office.refuse(looked(office, receipt), "户籍不在本市。")

    said = news(citizen)[-1].payload["text"]

    assert "不予批准" in said and "户籍不在本市。" in said and "行政复议" in said and "行政诉讼" in said
    assert "不予批准" in citizen.say(f"查一下{receipt}").text


def test_given_two_clerks_when_both_decide_then_the_second_is_told_and_nothing_of_theirs_is_kept(apply, office):
    citizen, receipt = apply(SENIOR)
    one, two = looked(office, receipt), looked(office, receipt, COLLEAGUE)
    office.accept(one)

    with pytest.raises(ApplicationMoved):
        office.refuse(two, "不符合条件。")

    assert office.desk.entry(receipt).staff_id == CLERK
    assert all("不予" not in told.payload["text"] for told in news(citizen))


def test_given_an_application_decided_automatically_when_staff_would_decide_then_it_is_refused(apply, office):
    _, receipt = apply("no-criminal-record-certificate")

    assert office.steps(office.desk.entry(receipt)) == ()
    with pytest.raises(TransitionRefused):
        office.refuse(looked(office, receipt), "不符合条件。")


@pytest.mark.parametrize("said", ["催一下", "能不能快点", "帮我催催我的申请"])
def test_given_an_application_when_the_citizen_reminds_then_it_is_noted_once_a_day_and_the_due_day_is_told(
    apply, office, said
):
    citizen, receipt = apply(SENIOR)
    office.accept(looked(office, receipt))

    first, again = citizen.say(said), citizen.say("催一下")

    assert first.status is Status.TRACKED and receipt in first.text
    assert "已经为您催办" in first.text and "承诺最迟12月14日办结" in first.text and "还有15个工作日" in first.text
    assert "今天已经催办过" in again.text
    assert office.desk.entry(receipt).reminders == 1


def test_given_an_application_past_its_day_when_the_citizen_reminds_then_it_is_said_so(apply, office, clock):
    citizen, receipt = apply("residence-permit-endorsement")
    office.accept(looked(office, receipt))
    clock.advance(days=3)

    said = citizen.say("催一下").text

    assert "已经过了11月24日的期限" in said and "超期" in said


def test_given_another_application_half_filled_in_when_the_citizen_reminds_then_its_question_comes_again(apply, office):
    citizen, receipt = apply(SENIOR)
    citizen.say("我要开无犯罪记录证明")

    reply = citizen.say("帮我催一下")

    assert receipt in reply.text and "用途" in reply.text
    assert citizen.say("求职就业").application.state == "draft"


def test_given_another_topic_when_more_speed_is_wanted_then_it_is_a_question_about_that(apply, office):
    citizen, receipt = apply(SENIOR)
    citizen.say("护照丢了怎么补办")

    reply = citizen.say("能不能快点")

    assert "催办" not in reply.text and office.desk.entry(receipt).reminders == 0


def test_given_nothing_applied_for_when_somebody_reminds_then_nothing_is_noted(conversation):
    citizen = conversation()

    assert "催办《" not in citizen.say("催一下").text
