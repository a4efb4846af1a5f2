"""The staff's routes, on a real server."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.server


def sign_in(server) -> dict[str, str]:
    name, password = (server.var / "demo-clerk.txt").read_text().split()
    answer = server.call("POST", "/api/staff/session", {"name": name, "password": password})
    assert answer.status == 200
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    assert "HttpOnly" in answer.headers["Set-Cookie"] and "Strict" in answer.headers["Set-Cookie"]
    return {"Cookie": cookie, "X-CSRF-Token": answer.json["csrf"]}


@pytest.mark.parametrize("path", ["/api/staff/handoffs", "/api/staff/messages", "/api/staff/session"])
def test_given_nobody_signed_in_when_a_staff_route_is_asked_then_it_is_refused(server, path):
    assert server.call("GET", path).status == 401


def test_given_a_wrong_password_when_signing_in_then_it_is_refused(server):
    assert server.call("POST", "/api/staff/session", {"name": "clerk", "password": "wrong"}).status == 401


def test_given_no_csrf_token_when_something_is_changed_then_it_is_refused(server):
    signed_in = sign_in(server)

    answer = server.call("POST", "/api/staff/handoffs/x/take", {}, headers={"Cookie": signed_in["Cookie"]})

    assert answer.status == 403


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


def test_given_a_conversation_of_nobody_when_replied_to_then_it_is_refused(server):
    clerk = sign_in(server)

    answer = server.call("POST", "/api/staff/handoffs/unknown/messages", {"text": "您好"}, headers=clerk)

    assert answer.status == 400
    assert answer.json["message"]


@pytest.mark.parametrize("body", [["clerk"], "clerk", 3])
def test_given_a_body_that_is_no_object_when_signing_in_then_it_is_refused_with_a_sentence(server, body):
    answer = server.call("POST", "/api/staff/session", body)

    assert answer.status == 400
    assert answer.json["message"]


def test_given_a_csrf_token_of_foreign_characters_when_sent_then_it_is_refused(server):
    clerk = sign_in(server)

    answer = server.call("POST", "/api/staff/handoffs/x/take", {}, headers={**clerk, "X-CSRF-Token": "\xe9"})

    assert answer.status == 403
