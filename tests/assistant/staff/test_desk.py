"""The staff's routes, on a real server."""

from __future__ import annotations

import pytest

from storage.left_messages import LeftMessages
from storage.models import AuditRow
from storage.reports import Reports
from tests.assistant.staff.signing_in import (
    colleague,
    sign_in,
)

pytestmark = pytest.mark.server


def audited(storage, action: str) -> list[str]:
    """Return what an action was done to, oldest first."""
    with storage.session() as session:
        rows = session.query(AuditRow).filter_by(action=action).order_by(AuditRow.seq)
        return [row.subject for row in rows]


def taken_by(server, session: dict[str, str]):
    """Return a citizen whose conversation this session's clerk has taken, and its handoff's id."""
    citizen = server.talk()
    citizen.say("转人工")
    waiting = server.call("GET", "/api/staff/handoffs", headers=session).json["waiting"]
    handoff_id = next(one["handoff_id"] for one in waiting if one["conversation_id"] == citizen.id)
    assert server.call("POST", f"/api/staff/handoffs/{handoff_id}/take", {}, headers=session).status == 200
    return citizen, handoff_id


@pytest.mark.parametrize(
    "path", ["/api/staff/handoffs", "/api/staff/messages", "/api/staff/reports", "/api/staff/session"]
)
def test_given_nobody_signed_in_when_a_staff_route_is_asked_then_it_is_refused(server, path):
    assert server.call("GET", path).status == 401


def test_given_a_waiting_citizen_when_a_clerk_takes_answers_and_hands_back_then_both_see_it(server):
    clerk = sign_in(server)
    citizen = server.talk()
    citizen.say("护照丢了怎么补办")
    assert citizen.say("转人工")["status"] == "handed_over"

    waiting = server.call("GET", "/api/staff/handoffs", headers=clerk).json["waiting"]
    handoff = next(one for one in waiting if one["conversation_id"] == citizen.id)
    one = f"/api/staff/handoffs/{handoff['handoff_id']}"
    assert server.call("POST", f"{one}/take", {}, headers=clerk).status == 200
    assert citizen.say("你好，我想问加急的事") == {}
    transcript = server.call("GET", one, headers=clerk).json["transcript"]
    assert transcript[-1]["text"] == "你好，我想问加急的事"
    assert server.call("POST", f"{one}/messages", {"text": "您好，可以加急。"}, headers=clerk).status == 200
    assert server.call("POST", f"{one}/hand-back", {}, headers=clerk).status == 200

    types = [event["type"] for event in citizen.events()]
    assert [type for type in types if type.startswith("agent-")] == ["agent-joined", "agent-message", "agent-left"]
    assert citizen.say("身份证丢了怎么办")["status"] in ("answered", "clarified")


def test_given_a_note_and_an_item_when_handed_back_then_the_citizen_hears_the_note_and_the_assistant_goes_on(server):
    clerk = sign_in(server)
    citizen, handoff_id = taken_by(server, clerk)
    one = f"/api/staff/handoffs/{handoff_id}"
    assert server.call("POST", f"{one}/hand-back", {"item": "nothing"}, headers=clerk).status == 400
    server.call("POST", f"{one}/messages", {"text": "请带户口簿，或打13912345678"}, headers=clerk)

    back = {"note": "已预约周三", "item": "no-criminal-record-certificate"}
    assert server.call("POST", f"{one}/hand-back", back, headers=clerk).status == 200

    said = citizen.say("刚才工作人员说了什么")["text"]
    assert "请带户口簿" in said and "已预约周三" in said and "13912345678" not in said
    assert citizen.say("那要什么材料")["item"]["item_id"] == "no-criminal-record-certificate"


def test_given_a_conversation_of_nobody_when_replied_to_then_it_is_refused(server):
    clerk = sign_in(server)

    answer = server.call("POST", "/api/staff/handoffs/unknown/messages", {"text": "您好"}, headers=clerk)

    assert answer.status == 400
    assert answer.json["message"]


def test_given_a_clerk_who_went_home_when_another_puts_the_conversation_back_then_it_waits_again(server, storage):
    left, clerk = sign_in(server, colleague(server)), sign_in(server)
    citizen, handoff_id = taken_by(server, left)
    assert server.call("DELETE", "/api/staff/session", headers=left).status == 200
    lists = server.call("GET", "/api/staff/handoffs", headers=clerk).json
    assert handoff_id in [one["handoff_id"] for one in lists["others"]]

    answer = server.call("POST", f"/api/staff/handoffs/{handoff_id}/requeue", {}, headers=clerk)

    assert (answer.status, answer.json["handoff"]["state"]) == (200, "queued")
    lists = server.call("GET", "/api/staff/handoffs", headers=clerk).json
    assert handoff_id in [one["handoff_id"] for one in lists["waiting"]]
    assert handoff_id not in [one["handoff_id"] for one in lists["others"]]
    assert citizen.events()[-1]["type"] == "handoff-queued"
    assert citizen.say("还有人吗")["status"] == "handed_over"
    assert audited(storage, "requeue-conversation")[-1] == citizen.id


def test_given_a_clerk_who_is_signed_in_when_another_puts_the_conversation_back_then_it_is_refused(server):
    present, clerk = sign_in(server, colleague(server)), sign_in(server)
    _, handoff_id = taken_by(server, present)

    answer = server.call("POST", f"/api/staff/handoffs/{handoff_id}/requeue", {}, headers=clerk)

    assert answer.status == 400
    lists = server.call("GET", "/api/staff/handoffs", headers=clerk).json
    assert handoff_id not in [one["handoff_id"] for one in lists["others"] + lists["waiting"]]


def test_given_a_left_message_when_it_is_marked_as_dealt_with_then_it_is_listed_no_more(server, storage):
    clerk = sign_in(server)
    number = LeftMessages(storage).leave("13900000001", "请回电")
    listed = server.call("GET", "/api/staff/messages", headers=clerk).json["messages"]
    assert number in [one["number"] for one in listed]

    assert server.call("POST", f"/api/staff/messages/{number}/done", {}, headers=clerk).status == 200

    listed = server.call("GET", "/api/staff/messages", headers=clerk).json["messages"]
    assert number not in [one["number"] for one in listed]
    assert audited(storage, "message-done")[-1] == number


def test_given_no_such_message_when_it_is_marked_as_dealt_with_then_it_is_not_found(server):
    answer = server.call("POST", "/api/staff/messages/M0/done", {}, headers=sign_in(server))

    assert answer.status == 404
    assert answer.json["message"]


def test_given_a_complaint_when_the_reports_are_listed_then_it_is_there_and_the_look_is_audited(server, storage):
    clerk = sign_in(server)
    number = Reports(storage).create("one", "citizen-report", "半夜装修", "示例小区", "13900000001")
    looks = len(audited(storage, "read-reports"))

    listed = server.call("GET", "/api/staff/reports", headers=clerk).json["reports"]

    report = next(one for one in listed if one["number"] == number)
    assert report.pop("at")
    assert report == {
        "number": number,
        "kind": "citizen-report",
        "kind_label": "反映问题",
        "text": "半夜装修",
        "place": "示例小区",
        "contact": "13900000001",
    }
    assert len(audited(storage, "read-reports")) == looks + 1
