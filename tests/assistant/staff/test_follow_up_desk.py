"""The supervisor's routes around low ratings, on a real server."""

from __future__ import annotations

import pytest

from storage.models import AuditRow
from tests.assistant.staff.signing_in import colleague, sign_in

pytestmark = pytest.mark.server

FOLLOW_UPS = "/api/staff/follow-ups"


@pytest.fixture
def supervisor(server):
    """The headers of a new supervisor's session."""
    return sign_in(server, colleague(server, "supervisor"))


def rated_low(server, comment="请回电13812345678"):
    """Return a citizen who rated the assistant low."""
    citizen = server.talk()
    citizen.say("身份证丢了怎么补办")
    citizen.say("谢谢，再见")
    question = next(event["payload"] for event in citizen.events() if event["type"] == "rating-asked")
    rating = {"rating_id": question["rating_id"], "level": 2, "reasons": ["time"], "comment": comment}
    server.call("POST", f"/api/conversations/{citizen.id}/ratings", rating, citizen.token)
    return citizen


def newest(server, headers):
    """Return the address of the follow-up opened last."""
    found = server.call("GET", FOLLOW_UPS, headers=headers).json["follow_ups"]
    pending = [one for one in found if one["state"] != "closed"]
    return f"{FOLLOW_UPS}/{max(pending, key=lambda one: one['opened_at'])['follow_up_id']}"


def audited(storage, subject):
    """Return what was done to a subject, oldest first."""
    with storage.session() as session:
        rows = session.query(AuditRow).filter_by(subject=subject).order_by(AuditRow.seq)
        return [row.action for row in rows]


@pytest.mark.parametrize("role", ["clerk", "editor", "auditor"])
def test_given_another_role_when_follow_ups_are_asked_for_then_they_are_refused(server, role):
    headers = sign_in(server, colleague(server, role))

    assert server.call("GET", FOLLOW_UPS, headers=headers).status == 403
    assert server.call("GET", f"{FOLLOW_UPS}/overdue", headers=headers).status == 403
    assert server.call("GET", FOLLOW_UPS).status == 401


def test_given_a_write_without_the_csrf_token_when_it_comes_then_it_is_refused(server, supervisor):
    rated_low(server)
    one = newest(server, supervisor)

    answer = server.call("POST", f"{one}/contacted", {}, headers={"Cookie": supervisor["Cookie"]})

    assert answer.status == 403


def test_given_a_low_rating_when_it_is_listed_and_read_then_only_reading_shows_the_words_and_each_look_is_audited(
    server, supervisor, storage
):
    citizen = rated_low(server)
    one = newest(server, supervisor)
    listed = server.call("GET", FOLLOW_UPS, headers=supervisor)
    assert "请回电" not in listed.body.decode()

    read = server.call("GET", one, headers=supervisor).json["follow_up"]
    said = server.call("GET", f"{one}/transcript", headers=supervisor).json["transcript"]
    contact = server.call("GET", f"{one}/contact", headers=supervisor).json

    assert (read["level_label"], read["reasons"], read["comment"]) == ("不满意", ["等得太久"], "请回电[手机号1]")
    assert (read["state"], read["standing"], read["due_on"], read["days_left"]) == ("open", "open", "2026-11-30", 5)
    assert "身份证丢了怎么补办" in [line["text"] for line in said]
    assert contact == {"phone": None, "comment": "请回电13812345678"}
    follow_up = one.rsplit("/", 1)[1]
    assert audited(storage, follow_up) == ["read-follow-up", "read-contact"]
    assert audited(storage, citizen.id) == ["read-conversation"]


def test_given_a_follow_up_when_the_citizen_is_told_and_it_is_closed_then_they_hear_it_and_may_rate_again(
    server, supervisor, storage
):
    citizen = rated_low(server)
    one = newest(server, supervisor)
    closing = {"outcome": "rectified", "agrees": True, "findings": "已补派人手"}
    assert server.call("POST", f"{one}/close", closing, headers=supervisor).status == 400

    server.call("POST", f"{one}/notes", {"text": "内部：排队系统故障"}, headers=supervisor)
    server.call("POST", f"{one}/notes", {"text": "向您致歉，已整改。", "tell": True}, headers=supervisor)
    server.call("POST", f"{one}/contacted", {}, headers=supervisor)
    closed = server.call("POST", f"{one}/close", closing, headers=supervisor).json["follow_up"]

    assert (closed["standing"], closed["outcome"], closed["agrees"]) == ("done", "rectified", True)
    assert [(note["text"], note["told"]) for note in closed["notes"]] == [
        ("内部：排队系统故障", False),
        ("向您致歉，已整改。", True),
    ]
    told = [event["payload"]["text"] for event in citizen.events() if event["type"] == "agent-message"]
    assert told == ["向您致歉，已整改。"]
    assert citizen.events()[-1]["payload"]["subject"]["kind"] == "follow_up"
    assert citizen.say("满意")["status"] == "rated"
    assert server.call("GET", one, headers=supervisor).json["follow_up"]["second"] == {"level": 4, "label": "满意"}
    assert server.call("POST", f"{one}/notes", {"text": "x"}, headers=supervisor).status == 400
    assert audited(storage, one.rsplit("/", 1)[1])[:4] == [
        "note-follow-up",
        "note-follow-up",
        "contacted-follow-up",
        "close-follow-up",
    ]


def test_given_supervisors_when_one_is_assigned_then_only_a_supervisor_may_be(server, supervisor):
    rated_low(server)
    one = newest(server, supervisor)
    known = server.call("GET", FOLLOW_UPS, headers=supervisor).json["supervisors"]

    taken = server.call("POST", f"{one}/assign", {"staff_id": known[0]["id"]}, headers=supervisor)

    assert taken.json["follow_up"]["assigned_name"] == known[0]["name"]
    assert server.call("POST", f"{one}/assign", {"staff_id": "nobody"}, headers=supervisor).status == 400
    freed = server.call("POST", f"{one}/assign", {"staff_id": None}, headers=supervisor)
    assert freed.json["follow_up"]["assigned_to"] is None


def test_given_a_citizen_who_waits_for_a_person_when_a_note_is_told_then_it_is_refused_and_nothing_kept(
    server, supervisor
):
    citizen = rated_low(server)
    one = newest(server, supervisor)
    citizen.say("转人工")

    answer = server.call("POST", f"{one}/notes", {"text": "您好", "tell": True}, headers=supervisor)

    assert answer.status == 400 and answer.json["message"]
    assert server.call("GET", one, headers=supervisor).json["follow_up"]["notes"] == []


@pytest.mark.parametrize(
    ("deed", "body"),
    [
        ("notes", {"text": "  "}),
        ("notes", {"text": "长" * 1001}),
        ("close", {"outcome": "changed", "findings": "x"}),
        ("close", {"outcome": "unreachable", "findings": ""}),
        ("close", {"outcome": "unreachable", "findings": "x", "agrees": "yes"}),
    ],
)
def test_given_bad_input_when_it_is_sent_then_a_sentence_says_so(server, supervisor, deed, body):
    rated_low(server)
    one = newest(server, supervisor)

    answer = server.call("POST", f"{one}/{deed}", body, headers=supervisor)

    assert answer.status == 400 and answer.json["message"]
    assert server.call("GET", one, headers=supervisor).json["follow_up"]["state"] == "open"


def test_given_no_such_follow_up_when_it_is_read_then_it_is_not_found(server, supervisor):
    assert server.call("GET", f"{FOLLOW_UPS}/none", headers=supervisor).status == 404


def test_given_a_supervisor_who_was_rated_when_they_follow_it_up_then_it_is_refused(server, supervisor):
    rated = sign_in(server, colleague(server, "supervisor"))
    citizen = server.talk()
    citizen.say("转人工")
    waiting = server.call("GET", "/api/staff/handoffs", headers=rated).json["waiting"]
    handoff = next(one["handoff_id"] for one in waiting if one["conversation_id"] == citizen.id)
    path = f"/api/staff/handoffs/{handoff}"
    for deed, body in (("take", {}), ("messages", {"text": "您好"}), ("close", {})):
        assert server.call("POST", f"{path}/{deed}", body, headers=rated).status == 200
    question = citizen.awaited("rating-asked")["payload"]
    rating = {"rating_id": question["rating_id"], "level": 1}
    server.call("POST", f"/api/conversations/{citizen.id}/ratings", rating, citizen.token)
    one = newest(server, supervisor)

    assert server.call("POST", f"{one}/contacted", {}, headers=rated).status == 403
    me = server.call("GET", "/api/staff/session", headers=rated).json["id"]
    assert server.call("POST", f"{one}/assign", {"staff_id": me}, headers=supervisor).status == 400
    assert server.call("POST", f"{one}/contacted", {}, headers=supervisor).status == 200
