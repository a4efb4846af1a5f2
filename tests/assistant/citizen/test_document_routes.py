"""Certificates are fetched and verified, on a real server."""

from __future__ import annotations

import io
import re
import time
from datetime import datetime

import pytest
from pypdf import PdfReader

from actions.clock import BEIJING

pytestmark = pytest.mark.server


def wait_for(server_talk, type: str, seconds: float = 60.0) -> dict:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = [event for event in server_talk.events() if event["type"] == type]
        if found:
            return found[0]
        time.sleep(0.5)
    raise AssertionError(f"No event {type} came: {[event['type'] for event in server_talk.events()]}")


def verification_code(pdf: bytes) -> str:
    """The code that is printed on a certificate."""
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text().replace("\0", "")
    return re.search(r"验证码：([0-9A-Z-]{19})", text)[1]


def issued_on(talk) -> str:
    """The day on which the conversation heard of its certificate."""
    at = next(event["at"] for event in talk.events() if event["type"] == "application-issued")
    return datetime.fromisoformat(at).astimezone(BEIJING).date().isoformat()


@pytest.mark.parametrize("code", ["ABCD-EFGH-JKLM-NPQR", "x", "%20", "%E6%A0%B7"])
def test_given_a_code_that_was_never_issued_when_asked_then_nothing_is_told(server, code):
    answer = server.call("GET", f"/api/certificates/{code}")

    assert (answer.status, answer.json) == (200, {"valid": False, "name": None, "issued_at": None})


def test_given_a_known_citizen_when_three_turns_are_sent_then_the_pdf_arrives(server):
    talk = server.talk("demo")

    assert talk.say("我想申请办理有无犯罪证明")["status"] == "flow_asked"
    assert talk.say("求职")["status"] == "flow_asked"
    submitted = talk.say("确认")
    assert submitted["status"] == "submitted"

    issued = wait_for(talk, "application-issued")["payload"]
    assert issued["receipt_number"] == submitted["application"]["receipt_number"]
    document = server.call("GET", issued["documents"][0]["url"], token=talk.token)
    assert document.body.startswith(b"%PDF")
    code = verification_code(document.body)
    today = issued_on(talk)
    assert server.call("GET", f"/api/certificates/{code}").json == {
        "valid": True,
        "name": "无犯罪记录证明（样例）",
        "issued_at": today,
    }
    for who, status in (("demo", 200), ("demo-2", 404), (None, 404)):
        other = server.talk(who)
        assert server.call("GET", issued["documents"][0]["url"], token=other.token).status == status
