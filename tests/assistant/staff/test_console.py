"""The console's routes, on a real server."""

from __future__ import annotations

from typing import Any

import pytest

from storage.audit import AuditTrail
from storage.handoffs import Handoffs
from tests.assistant.staff.signing_in import colleague, sign_in

pytestmark = pytest.mark.server
PHONE = "13900000001"


class Clerk:
    """Somebody of the staff who is signed in."""

    def __init__(self, server: Any, role: str = "clerk") -> None:
        self.server = server
        self.account = colleague(server, role)
        self.name = self.account[0]
        self.headers = sign_in(server, self.account)
        self.id = self.get("session")["id"]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        return self.server.call(method, f"/api/staff/{path}", body, headers=self.headers)

    def get(self, path: str) -> Any:
        answer = self.ask("GET", path)
        assert answer.status == 200, answer.body.decode()
        return answer.json

    def post(self, path: str, body: Any = None) -> Any:
        answer = self.ask("POST", path, body or {})
        assert answer.status == 200, answer.body.decode()
        return answer.json

    def waiting(self, citizen: Any) -> dict[str, Any]:
        return next(one for one in self.get("handoffs")["waiting"] if one["conversation_id"] == citizen.id)

    def takes(self, citizen: Any) -> str:
        """Take a citizen's conversation; return its handoff's id."""
        handoff_id = str(self.waiting(citizen)["handoff_id"])
        self.post(f"handoffs/{handoff_id}/take")
        return handoff_id


@pytest.fixture
def applicant(server):
    """A citizen who waits for a person with an application half filled in."""
    talk = server.talk("demo")
    talk.say("我想申请办理有无犯罪证明")
    talk.say("转人工")
    return talk


def audited(storage, conversation: str, action: str) -> list[Any]:
    return [entry for entry in AuditTrail(storage).entries(conversation) if entry.action == action]


@pytest.mark.parametrize("path", ["choices", "items?q=a", "colleagues", "handoffs/unknown/case"])
def test_given_nobody_or_an_editor_when_the_console_is_asked_then_it_is_refused(server, path):
    editor = sign_in(server, colleague(server, "editor"))

    assert server.call("GET", f"/api/staff/{path}").status == 401
    assert server.call("GET", f"/api/staff/{path}", headers=editor).status == 403


def test_given_a_clerk_when_asked_what_may_be_chosen_then_replies_outcomes_items_and_departments_are_told(server):
    clerk = Clerk(server)

    choices = clerk.get("choices")
    assert {"code", "title", "text"} == set(choices["canned_replies"][0])
    assert "solved" in [one["key"] for one in choices["outcomes"]]
    assert clerk.get("items?q=") == {"items": []}
    found = clerk.get("items?q=%E8%BA%AB%E4%BB%BD%E8%AF%81")["items"]
    assert 1 <= len(found) <= 8 and all(set(one) == {"item_id", "name", "department"} for one in found)
    assert "tax" in [one["key"] for one in clerk.get("colleagues")["departments"]]
    assert clerk.id not in [one["id"] for one in clerk.get("colleagues")["colleagues"]]


def test_given_an_application_when_the_case_is_read_then_item_reason_and_masked_fields_are_told(
    server, storage, applicant
):
    clerk = Clerk(server)
    handoff_id = clerk.takes(applicant)

    case = clerk.get(f"handoffs/{handoff_id}/case")

    assert case["item"]["item_id"] == "no-criminal-record-certificate" and case["item"]["why"]
    assert all(one["name"] in one["request"] for one in case["materials"])
    fields = {one["field"]: one for one in case["application"]["fields"]}
    assert fields["phone"]["masked"] and PHONE not in fields["phone"]["value"]
    assert audited(storage, applicant.id, "read-case")


def test_given_a_hidden_value_when_its_clerk_looks_then_it_is_told_and_the_trail_names_the_field_only(
    server, storage, applicant
):
    clerk, other, supervisor = Clerk(server), Clerk(server), Clerk(server, "supervisor")
    handoff_id = clerk.takes(applicant)
    unmask = f"handoffs/{handoff_id}/unmask"

    assert clerk.post(unmask, {"field": "phone"}) == {"field": "phone", "value": PHONE}
    assert supervisor.post(unmask, {"field": "phone"})["value"] == PHONE
    assert other.ask("POST", unmask, {"field": "phone"}).status == 403
    for field in ("nothing", "", "purpose"):
        assert clerk.ask("POST", unmask, {"field": field}).status == 404
    without_csrf = {"Cookie": clerk.headers["Cookie"]}
    assert server.call("POST", f"/api/staff/{unmask}", {"field": "phone"}, headers=without_csrf).status == 403

    looks = audited(storage, applicant.id, "unmask-field")
    assert sorted(one.actor for one in looks) == sorted([clerk.name, supervisor.name])
    assert all(one.details == {"field": "phone", "item": "no-criminal-record-certificate"} for one in looks)
    assert PHONE not in server.log.read_text()


def test_given_a_conversation_that_only_waits_when_a_value_is_asked_for_then_it_stays_hidden(server, applicant):
    clerk = Clerk(server)

    answer = clerk.ask("POST", f"handoffs/{clerk.waiting(applicant)['handoff_id']}/unmask", {"field": "phone"})

    assert answer.status == 403


def test_given_messages_when_the_clerk_reads_them_then_the_citizen_is_told_once_and_they_are_no_longer_unread(server):
    clerk, citizen = Clerk(server), server.talk()
    citizen.say("转人工")
    handoff_id = clerk.takes(citizen)
    citizen.say("在吗")
    citizen.say("请问几点下班")
    sent = [event["payload"].get("message_seq") for event in citizen.events() if event["type"] == "message"]
    assert sent == [None, 1, 2]
    assert clerk.get("handoffs")["mine"][0]["unread"] == 2

    assert clerk.post(f"handoffs/{handoff_id}/read", {"seq": 2}) == {"read": 2}
    assert clerk.post(f"handoffs/{handoff_id}/read", {"seq": 1}) == {"read": None}

    assert [event["payload"] for event in citizen.events() if event["type"] == "agent-read"] == [{"message_seq": 2}]
    assert clerk.get("handoffs")["mine"][0]["unread"] == 0
    assert clerk.ask("POST", f"handoffs/{handoff_id}/read", {"seq": "x"}).status == 400
    assert Clerk(server).ask("POST", f"handoffs/{handoff_id}/read", {"seq": 2}).status == 403


def test_given_a_colleague_when_a_conversation_is_transferred_then_they_take_it_and_the_citizen_is_told(
    server, storage
):
    clerk, other, third, citizen = Clerk(server), Clerk(server), Clerk(server), server.talk()
    citizen.say("转人工")
    handoff_id = clerk.takes(citizen)
    transfer = f"handoffs/{handoff_id}/transfer"
    for nobody in (
        {},
        {"to": "unknown"},
        {"to": clerk.id},
        {"department": "unknown"},
        {"to": other.id, "note": "x" * 501},
    ):
        assert clerk.ask("POST", transfer, nobody).status == 400

    clerk.post(transfer, {"to": other.id, "note": "要查户籍"})

    assert clerk.ask("POST", transfer, {"to": third.id}).status == 403
    assert other.waiting(citizen)["meant"] == {"mine": True, "name": other.name}
    assert third.waiting(citizen)["meant"] == {"mine": False, "name": other.name}
    assert other.get("handoffs")["waiting"][0]["handoff_id"] == handoff_id
    refused = third.ask("POST", f"handoffs/{handoff_id}/take", {})
    assert refused.status == 400 and "已转给" in refused.json["message"]
    left = [event["payload"] for event in citizen.events() if event["type"] == "agent-left"]
    assert left[0]["outcome"] == "transferred" and other.name in left[0]["text"] and "要查户籍" not in left[0]["text"]
    assert citizen.events()[-1]["type"] == "handoff-queued"
    other.takes(citizen)
    assert "要查户籍" in other.get(f"handoffs/{handoff_id}")["transcript"][-1]["text"]
    (entry,) = audited(storage, citizen.id, "transfer-conversation")
    assert (entry.actor, entry.details) == (clerk.name, {"staff": other.id})


def test_given_a_department_nobody_is_there_for_when_transferred_then_it_waits_for_it(server):
    clerk, citizen = Clerk(server), server.talk()
    citizen.say("转人工")
    handoff_id = clerk.takes(citizen)

    clerk.post(f"handoffs/{handoff_id}/transfer", {"department": "tax"})

    assert clerk.waiting(citizen)["meant"] == {"mine": False, "name": "税务窗口"}
    assert citizen.say("在吗")["status"] == "handed_over"


def test_given_an_outcome_when_closed_then_it_is_kept_and_an_unknown_one_is_refused(server, storage):
    clerk, citizen = Clerk(server), server.talk()
    citizen.say("转人工")
    handoff_id = clerk.takes(citizen)
    assert clerk.ask("POST", f"handoffs/{handoff_id}/close", {"outcome": "nothing"}).status == 400

    clerk.post(f"handoffs/{handoff_id}/close", {"outcome": "referred"})

    assert Handoffs(storage).get(handoff_id).outcome == "referred"
