"""One-time notices that staff make, on a real server."""

from __future__ import annotations

import pytest

from tests.assistant.papers.fetching import fetched
from tests.assistant.staff.signing_in import Session, colleague, sign_in
from tests.assistant.staff.test_desk import audited, taken_by

pytestmark = pytest.mark.server

PERMIT = "residence-permit-endorsement"


def test_given_a_conversation_of_mine_when_a_notice_is_made_then_the_citizen_has_it_and_it_can_be_printed(
    server, storage
):
    clerk = sign_in(server)
    citizen, handoff_id = taken_by(server, clerk)
    one = f"/api/staff/handoffs/{handoff_id}/checklists"

    made = server.call("POST", one, {"item": PERMIT, "facts": {"applicant": "代办"}}, headers=clerk)

    assert made.status == 200 and made.json["case"] == "申请人：代办"
    assert audited(storage, "make-checklist")[-1] == citizen.id
    told = next(event for event in reversed(citizen.events()) if event["type"] == "agent-message")
    (paper,) = told["payload"]["papers"]
    assert told["payload"]["message_seq"] == 1
    assert "一次性告知单" in told["payload"]["text"]
    assert server.call("GET", paper["page"], token=citizen.token).status == 200
    page = server.call("GET", f"{made.json['page']}?paper=roll", headers=clerk)
    assert page.status == 200 and "授权委托书" in page.body.decode()
    assert fetched(server, made.json["url"], headers=clerk).body.startswith(b"%PDF")
    assert audited(storage, "read-checklist")[-2:] == [citizen.id, citizen.id]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"item": "no-such-item"},
        {"item": PERMIT, "facts": {"applicant": "谁"}},
        {"item": PERMIT, "facts": {"colour": "红"}},
        {"item": PERMIT, "facts": {"applicant": ["代办"]}},
        {"item": PERMIT, "facts": "代办"},
    ],
)
def test_given_what_is_no_case_of_an_item_when_a_notice_is_wanted_then_it_is_told(server, body):
    clerk = sign_in(server)
    _, handoff_id = taken_by(server, clerk)

    answer = server.call("POST", f"/api/staff/handoffs/{handoff_id}/checklists", body, headers=clerk)

    assert answer.status == 400 and answer.json["message"].endswith("。")


def test_given_a_conversation_that_is_not_mine_when_a_notice_is_wanted_then_it_is_refused(server):
    clerk, other = sign_in(server), sign_in(server, colleague(server))
    _, handoff_id = taken_by(server, clerk)
    one = f"/api/staff/handoffs/{handoff_id}/checklists"
    made = server.call("POST", one, {"item": PERMIT}, headers=clerk).json
    editor = Session.of_new(server, "editor").headers

    for headers in (other, editor):
        assert server.call("POST", one, {"item": PERMIT}, headers=headers).status == 403
        assert server.call("GET", made["url"], headers=headers).status == 403
    assert server.call("POST", one, {"item": PERMIT}).status == 401
    without_csrf = {"Cookie": clerk["Cookie"]}
    assert server.call("POST", one, {"item": PERMIT}, headers=without_csrf).status == 403
    assert server.call("GET", f"{one}/unknown", headers=clerk).status == 404
