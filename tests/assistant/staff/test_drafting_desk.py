"""Drafts on a real server: proposed, sent, held against what was sent, reported."""

from __future__ import annotations

import json

import pytest

from storage.drafts import AnswerDrafts, DraftOutcome
from storage.models import DraftRequestRow
from tests.assistant.staff.signing_in import colleague, sign_in
from tests.assistant.staff.test_desk import audited, taken_by

pytestmark = pytest.mark.server

REISSUE = "passport-reissue"


def asked_in(storage) -> int:
    """Return how many questions were drafted for."""
    with storage.session() as session:
        return session.query(DraftRequestRow).count()


def test_given_a_message_in_a_taken_conversation_when_drafted_for_then_drafts_come_with_sources_and_the_edit_is_kept(
    server, storage
):
    clerk = sign_in(server)
    citizen, handoff_id = taken_by(server, clerk)
    one = f"/api/staff/handoffs/{handoff_id}"
    citizen.say("护照丢了要带什么材料补，我电话13912345678")

    told = server.call("POST", f"{one}/drafts", {}, headers=clerk).json

    assert "13912345678" not in json.dumps(told, ensure_ascii=False) and "护照" in told["question"]
    assert 1 <= len(told["drafts"]) <= 3
    draft = told["drafts"][0]
    assert (draft["rank"], draft["item"]["item_id"], draft["facet"]) == (1, REISSUE, "materials")
    assert draft["text"] == "\n".join(sentence["text"] for sentence in draft["sentences"])
    assert all(sentence["citation"]["item"] == REISSUE for sentence in draft["sentences"])
    assert draft["sentences"][0]["citation"]["source"] in draft["plain_text"]
    assert audited(storage, "draft-answers")[-1] == citizen.id
    # asking again for the same message proposes the same drafts
    again = server.call("POST", f"{one}/drafts", {"message_seq": told["message_seq"]}, headers=clerk).json
    assert again == told

    sent = {"text": f"{draft['text']}\n有事打13912345678。", "draft_id": draft["draft_id"]}
    outcome = server.call("POST", f"{one}/messages", sent, headers=clerk).json["draft"]

    assert (outcome["outcome"], outcome["kept"]) == ("edited", 1.0)
    assert outcome["difference"][-1] == {"kind": "added", "before": None, "after": "有事打13912345678。"}
    kept = AnswerDrafts(storage).get(draft["draft_id"])
    assert kept.outcome is DraftOutcome.EDITED and kept.sent is not None
    assert "13912345678" not in kept.sent and kept.sent.startswith(draft["text"])
    # what is asked next in short goes on from what was sent
    citizen.say("那要多久")
    following = server.call("POST", f"{one}/drafts", {}, headers=clerk).json["drafts"]
    assert (following[0]["item"]["item_id"], following[0]["facet"]) == (REISSUE, "time")


def test_given_a_citizen_who_said_nothing_since_when_drafted_for_then_it_is_for_what_was_asked_before(server):
    clerk = sign_in(server)
    citizen = server.talk()
    citizen.say("居住证丢了去哪里补")
    citizen.say("转人工")
    waiting = server.call("GET", "/api/staff/handoffs", headers=clerk).json["waiting"]
    handoff_id = next(one["handoff_id"] for one in waiting if one["conversation_id"] == citizen.id)
    path = f"/api/staff/handoffs/{handoff_id}/drafts"
    assert server.call("POST", path, {}, headers=clerk).status == 403
    server.call("POST", f"/api/staff/handoffs/{handoff_id}/take", {}, headers=clerk)

    told = server.call("POST", path, {}, headers=clerk).json

    assert (told["question"], told["message_seq"]) == ("居住证丢了去哪里补", None)
    assert told["drafts"][0]["item"]["item_id"] == "residence-permit-reissue"
    assert server.call("POST", path, {"message_seq": 99}, headers=clerk).status == 400


def test_given_small_talk_when_drafted_for_then_nothing_is_proposed_and_nothing_kept(server, storage):
    clerk = sign_in(server)
    citizen, handoff_id = taken_by(server, clerk)
    citizen.say("谢谢你")
    before = asked_in(storage)

    told = server.call("POST", f"/api/staff/handoffs/{handoff_id}/drafts", {}, headers=clerk).json

    assert (told["drafts"], asked_in(storage)) == ([], before)


def test_given_a_question_by_phone_when_one_draft_is_told_and_one_rejected_then_both_are_noted(server, storage):
    clerk = sign_in(server)
    told = server.call("POST", "/api/staff/drafts", {"question": "护照的事怎么弄"}, headers=clerk).json
    first, second = told["drafts"][:2]
    path = "/api/staff/drafts/{}/outcome"

    sent = server.call("POST", path.format(first["draft_id"]), {"outcome": "sent"}, headers=clerk).json
    rejected = server.call("POST", path.format(second["draft_id"]), {"outcome": "rejected"}, headers=clerk).json

    assert (sent["outcome"], sent["distance"], sent["kept"]) == ("sent", 0, 1.0)
    assert rejected["outcome"] == "rejected"
    assert audited(storage, "draft-sent")[-1] == first["draft_id"]
    assert audited(storage, "draft-rejected")[-1] == second["draft_id"]
    wrong = server.call("POST", path.format(first["draft_id"]), {"outcome": "rejected"}, headers=clerk)
    assert wrong.status == 400
    other = sign_in(server, colleague(server))
    assert server.call("POST", path.format(first["draft_id"]), {"outcome": "sent"}, headers=other).status == 404


def test_given_a_draft_being_edited_when_the_difference_is_asked_for_then_it_is_told_and_nothing_is_kept(
    server, storage
):
    clerk = sign_in(server, colleague(server))
    draft = server.call("POST", "/api/staff/drafts", {"question": "护照丢了怎么补办"}, headers=clerk).json["drafts"][0]
    path = f"/api/staff/drafts/{draft['draft_id']}"
    edited = {"text": draft["text"] + "\n谢谢。"}

    told = server.call("POST", f"{path}/difference", edited, headers=clerk).json["difference"]

    assert told[-1] == {"kind": "added", "before": None, "after": "谢谢。"}
    assert AnswerDrafts(storage).get(draft["draft_id"]).outcome is None
    other = sign_in(server, colleague(server))
    assert server.call("POST", f"{path}/difference", edited, headers=other).status == 404


def test_given_questions_by_phone_when_the_recent_ones_are_asked_for_then_they_are_ones_own_and_masked(server, storage):
    clerk = sign_in(server, colleague(server))
    question = {"question": "护照丢了怎么补办，我电话13912345678"}
    draft = server.call("POST", "/api/staff/drafts", question, headers=clerk).json["drafts"][0]
    path = f"/api/staff/drafts/{draft['draft_id']}/outcome"
    assert server.call("POST", path, {"outcome": "sent", "by": "pigeon"}, headers=clerk).status == 400
    server.call("POST", path, {"outcome": "sent", "by": "letter"}, headers=clerk)

    (recent,) = server.call("GET", "/api/staff/drafts/recent", headers=clerk).json["questions"]

    assert (recent["outcome"], recent["item"]) == ("sent", draft["item"]["name"])
    assert "13912345678" not in recent["question"] and "护照丢了" in recent["question"]
    other = sign_in(server, colleague(server))
    assert server.call("GET", "/api/staff/drafts/recent", headers=other).json["questions"] == []


@pytest.mark.parametrize("body", [{}, {"question": " "}, {"question": "问" * 4001}])
def test_given_no_question_or_one_too_long_when_drafted_for_then_it_is_refused(server, body):
    assert server.call("POST", "/api/staff/drafts", body, headers=sign_in(server)).status == 400


def test_given_a_draft_of_another_conversation_when_a_message_names_it_then_nothing_is_sent(server):
    clerk = sign_in(server)
    citizen, handoff_id = taken_by(server, clerk)
    told = server.call("POST", "/api/staff/drafts", {"question": "护照丢了怎么补办"}, headers=clerk).json
    message = {"text": "您好", "draft_id": told["drafts"][0]["draft_id"]}

    answer = server.call("POST", f"/api/staff/handoffs/{handoff_id}/messages", message, headers=clerk)

    assert answer.status == 404
    assert [event for event in citizen.events() if event["type"] == "agent-message"] == []


def test_given_drafts_when_a_supervisor_asks_then_the_report_counts_them_and_a_clerk_is_refused(server, storage):
    clerk, supervisor = sign_in(server), sign_in(server, colleague(server, "supervisor"))
    told = server.call("POST", "/api/staff/drafts", {"question": "护照丢了怎么补办"}, headers=clerk).json
    draft = told["drafts"][0]
    edited = {"outcome": "sent", "text": draft["text"] + "谢谢。"}
    server.call("POST", f"/api/staff/drafts/{draft['draft_id']}/outcome", edited, headers=clerk)

    report = server.call("GET", "/api/staff/drafts/report?days=7", headers=supervisor).json

    assert 0 < report["acceptance"] <= 1 and report["drafts"]["edited"] >= 1
    passport = next(one for one in report["items"] if one["item_id"] == REISSUE)
    assert passport["name"] and passport["edited"] >= 1 and passport["distance"] > 0
    assert audited(storage, "read-draft-report")
    assert server.call("GET", "/api/staff/drafts/report?days=8", headers=supervisor).status == 400
    assert server.call("GET", "/api/staff/drafts/report", headers=clerk).status == 403


@pytest.mark.parametrize("path", ["/api/staff/drafts", "/api/staff/drafts/x/outcome", "/api/staff/handoffs/x/drafts"])
def test_given_nobody_signed_in_when_drafts_are_asked_for_then_it_is_refused(server, path):
    assert server.call("POST", path, {}).status == 401
