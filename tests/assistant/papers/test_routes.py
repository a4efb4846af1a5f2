"""Papers on a real server: for the conversation that they were made in, and for no other."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.assistant.papers.fetching import fetched

pytestmark = pytest.mark.server

PERMIT, FLAGSHIP = "residence-permit-endorsement", "no-criminal-record-certificate"


def given_notice(citizen) -> dict:
    """Ask for a notice, answer what decides the case, and return its paper."""
    citizen.say("居住证签注要什么材料")
    asked = citizen.say("给我一份告知单")
    assert "本人办理，还是替别人" in asked["text"] and not asked["papers"]
    reply = citizen.say("代办")
    (paper,) = reply["papers"]
    assert reply["item"]["item_id"] == PERMIT and "授权委托书" in reply["text"]
    return paper


def test_given_a_notice_when_it_is_fetched_with_the_conversations_token_then_it_comes_as_pdf_and_as_page(server):
    citizen = server.talk()
    paper = given_notice(citizen)

    pdf = fetched(server, paper["url"], token=citizen.token)
    page = server.call("GET", f"{paper['page']}?paper=roll", token=citizen.token)

    headers = {name.lower(): value for name, value in pdf.headers.items()}
    assert (pdf.status, headers["content-type"], headers["cache-control"]) == (200, "application/pdf", "no-store")
    assert PdfReader(BytesIO(pdf.body)).metadata.title.startswith("一次性告知单")
    assert page.status == 200 and '<body class="roll">' in page.body.decode()
    assert "代办人居民身份证" in page.body.decode()
    # drawn once
    assert server.call("GET", paper["url"], token=citizen.token).body == pdf.body


def test_given_a_notice_when_another_conversation_asks_for_it_then_there_is_none(server):
    paper = given_notice(server.talk())

    for token in (server.talk().token, None, "x"):
        assert server.call("GET", paper["url"], token=token).status == 404
        assert server.call("GET", paper["page"], token=token).status == 404
    assert server.call("GET", "/api/checklists/unknown", token="x").status == 404


def test_given_a_paper_that_is_none_of_ours_when_the_page_is_asked_for_then_it_is_told(server):
    citizen = server.talk()
    paper = given_notice(citizen)

    answer = server.call("GET", f"{paper['page']}?paper=a3", token=citizen.token)

    assert answer.status == 400 and "a4, roll" in answer.json["message"]


def test_given_an_item_when_the_form_of_an_authorisation_is_fetched_then_it_comes_as_pdf(server):
    citizen = server.talk()
    form = f"/api/conversations/{citizen.id}/authorisation-forms"

    answer = fetched(server, f"{form}/{FLAGSHIP}", token=citizen.token)

    assert answer.status == 200 and answer.body.startswith(b"%PDF")
    assert server.call("GET", f"{form}/unemployment-registration", token=citizen.token).status == 404
    assert server.call("GET", f"{form}/{FLAGSHIP}", token=server.talk().token).status == 403


def test_given_an_application_for_another_when_it_is_carried_through_then_agent_and_form_are_in_the_replies(server):
    citizen = server.talk("demo")
    for said in ("帮我妈办一下无犯罪记录证明，她出国用", "代办", "我妈叫王示例"):
        citizen.say(said)

    asked = citizen.say("31010119620315001X")

    assert asked["status"] == "flow_asked" and "属实" in asked["text"]
    assert [paper["kind"] for paper in asked["papers"]] == ["authorisation"]
    assert [choice["label"] for choice in asked["choices"]] == ["我声明属实", "还没有授权"]
    read_back = citizen.say("我声明属实")
    shown = {line["field"]: line["value"] for line in read_back["application"]["fields"]}
    assert shown["agent_name"] == "张*例" and "已经得到被代办人本人授权" in shown["authorisation"]
    receipt = citizen.say("确认提交")
    assert receipt["status"] == "submitted"
    assert {line["field"] for line in receipt["application"]["fields"]} >= {"agent_name", "authorisation"}
