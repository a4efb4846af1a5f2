"""The routes of the back office's desk, on a real server."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from storage.applications import Applications, ApplicationState
from storage.audit import AuditTrail
from storage.outbox import Outbox, OutboxState
from storage.provisional_numbers import ProvisionalNumbers, in_groups
from tests.assistant.staff.office_clerk import ADDRESS, DEPARTMENT, FIELDS, ITEM, Clerk, listed, submitted

pytestmark = pytest.mark.server

LEASE = timedelta(minutes=5)
WITHIN_SECONDS = 30


@pytest.fixture
def clerk(server) -> Clerk:
    """A clerk of the department that decides on the item."""
    return Clerk.of(server, DEPARTMENT)


@pytest.fixture
def general(server) -> Clerk:
    """A clerk of the general window, who sees everything."""
    return Clerk.of(server)


@pytest.fixture
def submit(storage):
    """Submit an application into the server's storage; `handed` gives it to a department nobody calls."""

    def submit_(item: str = ITEM, fields=FIELDS, handed: bool = False, conversation: str = "desk-test") -> str:
        return submitted(storage, item, fields, {item: "police"} if handed else {}, conversation)

    return submit_


def wait_for(citizen, wanted):
    """Return the first event of a conversation that is wanted: the server tells its news every two seconds."""
    end = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < end:
        found = next((event for event in citizen.events() if wanted(event)), None)
        if found is not None:
            return found
        time.sleep(0.2)
    raise AssertionError("It was never told.")


@pytest.mark.parametrize("path", ["", "/attention", "/search?number=1", "/20261123-0000012"])
def test_given_nobody_signed_in_or_another_role_when_asked_then_it_is_refused(server, path):
    editor = Clerk.of(server, role="editor")

    assert server.call("GET", f"{ADDRESS}{path}").status == 401
    assert editor.get(path).status == 403


def test_given_a_step_without_the_sessions_token_when_taken_then_it_is_refused(server, clerk, submit):
    receipt = submit()
    without = {"Cookie": clerk.headers["Cookie"]}

    assert server.call("POST", f"{ADDRESS}/{receipt}/steps/accept", {"version": 1}, headers=without).status == 403


def test_given_a_new_application_when_looked_at_then_it_is_masked_and_each_value_shown_is_audited(
    clerk, submit, storage
):
    receipt = submit()
    assert receipt in listed(clerk, "to_accept")

    answer = clerk.get(f"/{receipt}")
    page, fields = answer.json["application"], {one["field"]: one for one in answer.json["application"]["fields"]}
    assert FIELDS["id_number"] not in answer.body.decode() and FIELDS["full_name"] not in answer.body.decode()
    assert fields["id_number"]["masked"] and not fields["district"]["masked"]
    assert page["steps"] == ["accept", "supplement", "refuse"] and page["due"]["limit"] == "acceptance"
    assert "老人居民身份证" in page["materials"]

    shown = clerk.post(f"/{receipt}/unmask", {"field": "id_number"})
    assert shown.json == {"value": FIELDS["id_number"]}
    for nothing in ("nothing", "answer-0", "answer-" + "9" * 5000):
        assert clerk.post(f"/{receipt}/unmask", {"field": nothing}).status == 404

    entries = [one for one in AuditTrail(storage).entries(receipt) if one.actor == clerk.account[0]]
    assert [(one.action, dict(one.details)) for one in reversed(entries)] == [
        ("read-application", {}),
        ("unmask-field", {"field": "id_number"}),
    ]


def test_given_an_application_when_it_is_accepted_and_issued_then_it_goes_through_the_tabs(clerk, submit, storage):
    receipt = submit()

    accepted = clerk.take(receipt, "accept").json["application"]
    assert accepted["state"] == "accepted" and accepted["due"]["days_left"] == 15
    assert accepted["staff"] == clerk.account[0] and receipt in listed(clerk, "processing")
    assert clerk.take(receipt, "issue").json["message"].startswith("这个事项不出证明")
    assert clerk.take(receipt, "issue", note="准予发放").json["application"]["state"] == "issued"

    assert receipt in listed(clerk, "decided") and receipt not in listed(clerk, "processing")
    history = [(one["state"], one["who"], one["note"]) for one in clerk.read(receipt)["history"]]
    assert history == [
        ("submitted", None, ""),
        ("accepted", clerk.account[0], ""),
        ("issued", clerk.account[0], "准予发放"),
    ]
    actions = {one.action for one in AuditTrail(storage).entries(receipt)}
    assert {"application-accept", "application-issue"} <= actions


def test_given_a_certificate_when_it_is_issued_then_staff_may_fetch_it_and_that_is_audited(server, submit, storage):
    clerk = Clerk.of(server, "social-insurance")
    fields = {"full_name": "陈假设", "id_number": "340111199011050067", "reason": "停业", "district": "闵行区"}
    receipt = submit("unemployment-registration", {**fields, "phone": "13900000005", "service": "只登记"})
    clerk.take(receipt, "accept")

    (document,) = clerk.take(receipt, "issue").json["application"]["documents"]
    found = clerk.get(f"/{receipt}/documents/{document['document_id']}")

    assert found.status == 200 and found.body.startswith(b"%PDF")
    assert clerk.get(f"/{submit('social-security-card-reissue')}/documents/{document['document_id']}").status == 404
    assert "read-document" in {one.action for one in AuditTrail(storage).entries(receipt)}


def test_given_what_is_missing_when_it_is_asked_for_then_all_of_it_stands_there_and_nothing_unknown_may(clerk, submit):
    receipt = submit()
    assert clerk.take(receipt, "supplement").status == 400
    assert clerk.take(receipt, "supplement", materials=["结婚证"]).status == 400
    assert clerk.take(receipt, "refuse").json["message"] == "请写明理由，申请人会看到。"
    assert clerk.take(receipt, "refuse", note="字" * 501).status == 400

    page = clerk.take(receipt, "supplement", materials=["居民户口簿"], note="请写明关系").json["application"]

    assert page["state"] == "supplement" and receipt in listed(clerk, "supplement")
    assert page["supplements"][0]["materials"] == ["居民户口簿"] and page["supplements"][0]["answer"] is None


def test_given_two_clerks_when_both_decide_then_the_second_is_told_who_was_first(server, clerk, submit):
    other, receipt = Clerk.of(server, DEPARTMENT), submit()
    seen = other.read(receipt)["version"]
    clerk.take(receipt, "accept")

    answer = other.post(f"/{receipt}/steps/refuse", {"version": seen, "note": "不符合条件"})

    assert (answer.status, answer.json["code"]) == (409, "moved")
    assert clerk.account[0] in answer.json["message"] and "已受理" in answer.json["message"]
    assert clerk.read(receipt)["state"] == "accepted"


def test_given_the_citizen_withdraws_meanwhile_when_a_clerk_decides_then_they_are_told(clerk, submit, storage):
    receipt = submit()
    seen = clerk.read(receipt)["version"]
    Applications(storage).transition(receipt, ApplicationState.WITHDRAWN)

    answer = clerk.post(f"/{receipt}/steps/accept", {"version": seen})

    assert answer.status == 409 and "申请人" in answer.json["message"]


def test_given_a_departments_application_when_looked_at_then_where_it_is_is_told_and_nothing_may_be_done(
    general, submit, storage
):
    receipt, outbox = submit("passport", {}, handed=True), Outbox(storage)
    (claimed,) = [
        one
        for one in outbox.claim_due("police", OutboxState.WAITING, lease=LEASE, limit=50)
        if one.receipt_number == receipt
    ]
    outbox.failed(claimed, "timeout", LEASE)

    page = general.read(receipt)

    assert (page["handing"]["connector"], page["handing"]["attempts"], page["handing"]["last_failure"]) == (
        "police",
        1,
        "timeout",
    )
    assert page["steps"] == []
    assert receipt in listed(general, "handed", "passport") and receipt not in listed(general, "to_accept", "passport")
    assert general.take(receipt, "accept").status == 409


def test_given_what_was_not_delivered_when_it_is_read_then_it_says_so_and_its_provisional_number_finds_it(
    general, storage, submit
):
    receipt = submit("passport", {}, handed=True)
    kept = ProvisionalNumbers(storage).give(receipt)

    page = general.read(receipt)

    assert page["state_label"] == "尚未送达"
    assert page["provisional_number"] == in_groups(kept.number)
    for typed in (kept.number, in_groups(kept.number)):
        found = general.get(f"/search?number={typed}").json["entries"]
        assert [one["receipt_number"] for one in found] == [receipt]
        assert kept.number not in str(found), "the number is shown to whoever opens the application"


def test_given_a_part_of_a_number_when_searched_then_it_is_found_and_a_report_never_is(clerk, submit):
    receipt, report = submit(), submit("citizen-report", {"content": "路灯坏了"})

    found = [one["receipt_number"] for one in clerk.get(f"/search?number={receipt[-7:]}").json["entries"]]

    assert receipt in found
    assert clerk.get(f"/search?number={report}").json["entries"] == []
    assert clerk.get(f"/{report}").status == 404
    assert clerk.get("/20261123-0000000").status == 404
    assert clerk.get("?tab=nothing").status == 400


def test_given_a_citizen_who_is_asked_for_more_when_they_answer_on_the_wire_then_the_desk_reads_it_masked(
    server, clerk
):
    citizen = server.talk("demo-4")
    citizen.say("我要申领老年综合津贴")
    citizen.say("农业银行")
    receipt = citizen.say("确认")["application"]["receipt_number"]
    clerk.take(receipt, "supplement", note="请写明联系人")
    told = wait_for(citizen, lambda event: "需要补正" in event["payload"].get("text", ""))
    assert [one["label"] for one in told["payload"]["choices"]] == ["现在补正"]

    citizen.say("现在补正")
    citizen.say("联系人是我女儿，电话13900009999")
    assert citizen.say("确认")["status"] == "submitted"
    assert citizen.say("催一下")["status"] == "tracked"

    page = clerk.read(receipt)
    answer = page["supplements"][0]
    assert page["state"] == "submitted" and page["reminders"] == 1
    assert "联系人是我女儿" in answer["answer"] and "13900009999" not in answer["answer"]
    assert "13900009999" in clerk.post(f"/{receipt}/unmask", {"field": answer["answer_field"]}).json["value"]
    clerk.take(receipt, "refuse", note="户籍不在本市。")
    refused = wait_for(citizen, lambda event: "不予受理" in event["payload"].get("text", ""))
    assert "行政复议" in refused["payload"]["text"] and "户籍不在本市" in refused["payload"]["text"]
