"""Answers that wait for a clerk's yes, on a real server: approve, edit, refuse, and who is late."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from argon2 import PasswordHasher

from actions.approval_rules import ApprovalRules
from actions.reply import Reply
from actions.status import AnswerStatus
from actions.texts import Texts
from assistant.citizen.answer_approval import AnswerApproval
from assistant.citizen.limits import RateLimiter
from assistant.citizen.personal_data import PersonalDataGuard
from assistant.staff.approval_desk import ApprovalDesk, DecidedAlready
from assistant.staff.sessions import StaffSessions
from storage.approvals import HeldState
from storage.audit import AuditTrail
from storage.handoff_transfers import HandoffTransfers
from storage.staff import Staff, StaffAccount, StaffRole
from tests.assistant.staff.signing_in import colleague, sign_in, storage_beside
from tests.assistant.staff.test_desk import audited

pytestmark = pytest.mark.server

PATH = "/api/staff/approvals"
ASKED = "护照丢了补办要带什么材料"


@pytest.fixture
def storage(approving):
    with storage_beside(approving) as database:
        yield database


@pytest.fixture
def clerk(approving) -> dict[str, str]:
    """A session of a clerk."""
    return sign_in(approving, colleague(approving))


@pytest.fixture
def held(approving) -> Callable[..., tuple[Any, str]]:
    """Ask something whose answer waits; return the citizen and the answer's id."""

    def ask(text: str = ASKED) -> tuple[Any, str]:
        citizen = approving.talk()
        reply = citizen.say(text)
        assert (reply["status"], reply["citations"]) == ("awaiting_approval", [])
        return citizen, reply["approval"]

    return ask


def heard(citizen: Any) -> list[dict[str, Any]]:
    """Return what a citizen has heard of decisions."""
    return [event for event in citizen.events() if event["type"] in ("answer-approved", "answer-withdrawn")]


def test_given_a_held_answer_when_a_clerk_says_yes_then_the_citizen_gets_it_with_its_sources(
    approving, clerk, held, storage
):
    citizen, answer_id = held(f"{ASKED}，我电话13912345678")
    listed = approving.call("GET", PATH, headers=clerk).json
    line = next(one for one in listed["approvals"] if one["approval_id"] == answer_id)
    assert (listed["enabled"], line["reason"], line["left_seconds"] <= 600) == (True, "item", True)
    assert "护照丢了" not in json.dumps(listed, ensure_ascii=False)

    read = approving.call("GET", f"{PATH}/{answer_id}", headers=clerk).json
    assert "护照丢了" in read["question"] and "13912345678" not in json.dumps(read)
    assert read["citations"] and read["before"][-1]["role"] == "assistant"
    told = approving.call("POST", f"{PATH}/{answer_id}/approve", {}, headers=clerk).json

    (event,) = heard(citizen)
    assert (told["state"], event["type"]) == ("approved", "answer-approved")
    payload = event["payload"]
    assert (payload["approval"], payload["status"], payload["edited"]) == (answer_id, "answered", False)
    assert payload["text"] == read["text"] and payload["citations"][0]["source"]
    assert payload["question"] == read["question"] and payload["choices"]
    assert audited(storage, "read-held-answer")[-1] == citizen.id
    assert audited(storage, "approve-held-answer")[-1] == citizen.id


def test_given_a_citizen_who_goes_on_when_answers_are_approved_then_each_comes_with_its_question(
    approving, clerk, held
):
    citizen, first = held()
    second = citizen.say("那要多久")["approval"]
    third = citizen.say("身份证丢了怎么补办")
    assert third["status"] != "awaiting_approval"
    read = approving.call("GET", f"{PATH}/{second}", headers=clerk).json
    assert ASKED in [one["text"] for one in read["before"]]

    for answer_id in (second, first):
        assert approving.call("POST", f"{PATH}/{answer_id}/approve", {}, headers=clerk).status == 200

    later, earlier = (one["payload"] for one in heard(citizen))
    assert (later["question"], earlier["question"]) == ("那要多久", ASKED)
    assert earlier["choices"] == [], "the dialogue is elsewhere by now"
    assert [event["seq"] for event in citizen.events()] == list(range(1, len(citizen.events()) + 1))


def test_given_a_held_answer_when_a_clerk_edits_it_then_what_they_wrote_is_sent(approving, clerk, held, storage):
    citizen, answer_id = held()
    read = approving.call("GET", f"{PATH}/{answer_id}", headers=clerk).json
    for wrong in ({"text": "  "}, {"text": "问" * 4001}):
        assert approving.call("POST", f"{PATH}/{answer_id}/approve", wrong, headers=clerk).status == 400
    edited = {"text": read["text"] + "\n有事打13912345678。"}

    told = approving.call("POST", f"{PATH}/{answer_id}/approve", edited, headers=clerk).json

    (event,) = heard(citizen)
    assert (event["payload"]["text"], event["payload"]["edited"]) == (edited["text"], True)
    assert told["difference"][-1]["kind"] == "added" and audited(storage, "edit-held-answer")[-1] == citizen.id


def test_given_a_held_answer_when_a_clerk_refuses_it_then_the_conversation_is_theirs(approving, clerk, held, storage):
    citizen, answer_id = held()

    told = approving.call("POST", f"{PATH}/{answer_id}/refuse", {}, headers=clerk).json

    events = [event["type"] for event in citizen.events()][-2:]
    assert events == ["answer-withdrawn", "agent-joined"] and heard(citizen)[0]["payload"]["outcome"] == "refused"
    mine = approving.call("GET", "/api/staff/handoffs", headers=clerk).json["mine"]
    assert told["handoff"]["handoff_id"] in [one["handoff_id"] for one in mine]
    assert told["handoff"]["reason"] == "answer_refused" and ASKED in told["handoff"]["summary"]
    assert citizen.say("在吗") == {}
    assert audited(storage, "refuse-held-answer")[-1] == citizen.id
    assert audited(storage, "take-conversation")[-1] == citizen.id


def test_given_many_clerks_when_they_decide_at_once_then_one_wins_and_the_citizen_hears_once(approving, held):
    citizen, answer_id = held()
    clerks = [sign_in(approving, colleague(approving)) for _ in range(3)]
    deeds = ["approve", "refuse", "approve"]

    with ThreadPoolExecutor(3) as pool:
        answers = list(
            pool.map(
                lambda one: approving.call("POST", f"{PATH}/{answer_id}/{one[1]}", {}, headers=one[0]),
                zip(clerks, deeds, strict=True),
            )
        )

    assert sorted(answer.status for answer in answers) == [200, 409, 409]
    late = next(answer.json["message"] for answer in answers if answer.status == 409)
    assert late.endswith("。") and len(heard(citizen)) == 1


def test_given_a_conversation_that_a_person_took_when_its_answer_is_approved_then_the_clerk_is_told(
    approving, clerk, held
):
    citizen, answer_id = held()
    citizen.say("转人工")
    other = sign_in(approving, colleague(approving))
    waiting = approving.call("GET", "/api/staff/handoffs", headers=other).json["waiting"]
    handoff_id = next(one["handoff_id"] for one in waiting if one["conversation_id"] == citizen.id)
    approving.call("POST", f"/api/staff/handoffs/{handoff_id}/take", {}, headers=other)

    assert approving.call("POST", f"{PATH}/{answer_id}/approve", {}, headers=clerk).status == 409


def test_given_rasas_webhook_when_an_answer_is_approved_then_it_comes_with_the_next_reply(approving, clerk):
    def say(text: str) -> list[dict[str, Any]]:
        body = {"sender": "approval-client", "message": text}
        answer = approving.call("POST", "/webhooks/rest/webhook", body).json
        return [one["custom"]["wenban"] for one in answer if "custom" in one]

    (waits,) = say(ASKED)
    assert waits["status"] == "awaiting_approval" and "核实" in waits["text"]
    approving.call("POST", f"{PATH}/{waits['approval']}/approve", {}, headers=clerk)

    approved, reply = say("你好")

    assert (approved["status"], reply["status"]) == ("answered", "smalltalk")
    assert ASKED in approved["text"] and approved["citations"]


@pytest.mark.parametrize("text", ["你好", "楼下着火了", "我想申请办理有无犯罪证明"])
def test_given_what_never_waits_when_said_then_it_is_answered_at_once(approving, text):
    assert approving.talk().say(text)["status"] in ("smalltalk", "emergency", "flow_asked")


def test_given_a_held_answer_when_the_server_is_killed_and_started_then_it_still_waits_and_goes_out_once(
    approving, clerk, held
):
    citizen, answer_id = held()
    approving.kill()
    approving.start()

    again = citizen.say(ASKED, f"{citizen.id}-1")
    assert again["approval"] == answer_id, "the same message is not held twice"
    assert approving.call("POST", f"{PATH}/{answer_id}/approve", {}, headers=clerk).status == 200

    assert len(heard(citizen)) == 1
    assert approving.call("POST", f"{PATH}/{answer_id}/approve", {}, headers=clerk).status == 409


@pytest.mark.parametrize("role", ["editor", "auditor"])
def test_given_another_role_when_approvals_are_asked_for_then_they_are_refused(approving, role):
    session = sign_in(approving, colleague(approving, role))

    assert approving.call("GET", PATH, headers=session).status == 403
    assert approving.call("POST", f"{PATH}/x/approve", {}, headers=session).status == 403
    assert approving.call("GET", PATH).status == 401


def test_given_an_unknown_id_when_asked_for_then_it_is_said(approving, clerk):
    assert approving.call("GET", f"{PATH}/x", headers=clerk).status == 404


def test_given_a_conversation_kept_for_a_colleague_when_its_answer_is_refused_then_that_is_told_and_it_still_waits(
    services, hub, data
):
    handoffs, approval = services.handoffs, AnswerApproval(services, ApprovalRules(enabled=True), hub)
    handoff = handoffs.enqueue(handoffs.open("one", "asked_for", "").id)
    staff = Staff(services.database, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    anna, bai, third = (staff.create(name, "long enough", StaffRole.CLERK) for name in ("anna", "bai", "third"))
    handoffs.take(handoff.id, anna.id)
    HandoffTransfers(services.database).to_colleague(handoff.id, anna.id, bai.id)
    held = approval.held.hold("one", "护照多久", Reply(AnswerStatus.ANSWERED, "七天").as_json(), "item")
    citizens = SimpleNamespace(turn_of=lambda _: asyncio.Lock())
    guard = PersonalDataGuard.load(data / "texts" / "personal_data.yml", services.personal_values)
    texts = Texts.load(data / "texts" / "staff.yml")
    sessions = StaffSessions(staff, AuditTrail(services.database), b"key", RateLimiter(), texts)

    async def take_over(handoff_id: str, account: StaffAccount) -> dict[str, Any]:
        return vars(handoffs.take(handoff_id, account.id))

    desk = ApprovalDesk(services, approval, citizens, sessions, guard, take_over)
    with pytest.raises(DecidedAlready):
        asyncio.run(desk.refuse(None, third, held.id))

    assert approval.held.get(held.id).state is HeldState.REFUSED
    kept = handoffs.get(handoff.id)
    assert kept.is_open_to(bai.id, None) and not kept.is_open_to(third.id, None)
