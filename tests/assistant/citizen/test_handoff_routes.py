"""The citizen's routes around a person, on a real server."""

from __future__ import annotations

import pytest

from tests.assistant.staff.signing_in import sign_in

pytestmark = pytest.mark.server


def handoff(server, talk) -> dict:
    return server.call("GET", f"/api/conversations/{talk.id}/handoff", token=talk.token).json


def post(server, talk, way: str, message_id: str):
    path = f"/api/conversations/{talk.id}/handoff/{way}"
    return server.call("POST", path, {"client_message_id": message_id}, talk.token)


def test_given_one_who_waits_when_the_page_asks_then_place_and_wait_are_told_and_leaving_goes_back(server):
    sign_in(server)
    talk = server.talk()
    assert handoff(server, talk)["state"] == "assistant"
    talk.say("转人工")

    told = handoff(server, talk)
    assert (told["state"], told["reason"], told["on_duty"]) == ("queued", "asked_for", True)
    assert (
        told["position"] >= 0
        and told["estimated_seconds"] is not None
        and ("前面还有" in told["text"] or "下一位" in told["text"])
    )
    queued = [event for event in talk.events() if event["type"] == "handoff-queued"][-1]
    assert queued["payload"]["position"] == told["position"]

    left = post(server, talk, "leave", "leave-1")
    assert left.status == 200
    assert left.json["events"][-1]["payload"]["status"] == "handoff_left"
    assert handoff(server, talk)["state"] == "assistant"
    # sent again after a broken connection it returns the same; anew it has nothing to leave
    assert post(server, talk, "leave", "leave-1").json == left.json
    assert post(server, talk, "leave", "leave-2").status == 409
    assert talk.say("护照丢了怎么补办")["status"] == "answered"


def test_given_one_who_waits_when_a_message_is_left_instead_then_the_number_is_asked_for(server):
    talk = server.talk()
    talk.say("转人工")

    answer = post(server, talk, "message", "message-1")

    assert "手机号" in answer.json["events"][-1]["payload"]["text"]
    assert handoff(server, talk)["state"] == "assistant"


@pytest.mark.parametrize(("method", "way"), [("GET", ""), ("POST", "/leave"), ("POST", "/message")])
def test_given_no_token_when_a_handoff_is_asked_about_then_it_is_refused(server, method, way):
    talk = server.talk()

    assert server.call(method, f"/api/conversations/{talk.id}/handoff{way}", {} if way else None).status == 403
