"""The citizen's routes, on a real server."""

from __future__ import annotations

import asyncio
import json

import pytest
import websockets

pytestmark = pytest.mark.server


def test_given_an_application_when_it_asks_for_a_field_then_the_reply_tells_its_type_unless_one_may_pick(server):
    talk = server.talk()

    asked = [
        talk.say(said)["asks"] for said in ("我要办无犯罪记录证明", "司马听澜", "310101199304180027", "13900000001")
    ]

    assert asked == ["person_name", "cn_id_number", "cn_mobile", None]
    assert server.talk().say("护照丢了怎么补办")["asks"] is None


def test_given_a_message_when_it_is_sent_twice_then_it_is_taken_once(server):
    talk = server.talk()

    first = talk.say("护照丢了怎么补办", "one")
    second = talk.say("护照丢了怎么补办", "one")

    assert first == second
    assert sum(event["type"] == "message" for event in talk.events()) == 1


def test_given_another_conversation_when_its_token_is_used_then_it_is_refused(server):
    mine, other = server.talk(), server.talk()

    answer = server.call("POST", f"/api/conversations/{other.id}/messages", {"text": "你好"}, mine.token)

    assert answer.status == 403


@pytest.mark.parametrize(
    "body", [{}, {"text": 3}, {"text": None}, [], ["x"], "x", 3, {"text": "x", "client_message_id": []}]
)
def test_given_a_malformed_message_when_it_is_sent_then_it_is_refused_with_a_sentence(server, body):
    talk = server.talk()

    answer = server.call("POST", f"/api/conversations/{talk.id}/messages", body, talk.token)

    assert answer.status == 400
    assert answer.json["message"]


@pytest.mark.parametrize("body", [["demo"], "demo", 3, {"identity": ["demo"]}])
def test_given_a_malformed_beginning_when_it_is_sent_then_it_is_refused_with_a_sentence(server, body):
    answer = server.call("POST", "/api/conversations", body)

    assert answer.status == 400
    assert answer.json["message"]


def test_given_a_token_of_foreign_characters_when_it_is_sent_then_it_is_refused(server):
    talk = server.talk()

    answer = server.call("GET", f"/api/conversations/{talk.id}/events", headers={"Authorization": "Bearer \xe9\xfc"})

    assert answer.status == 403


def test_given_a_websocket_when_it_says_too_much_or_nonsense_then_it_hears_so_and_stays_open(server):
    talk = server.talk()

    async def converse() -> tuple[list[str], dict]:
        address = f"ws://127.0.0.1:{server.port}/api/conversations/{talk.id}/stream"
        sentences: list[str] = []
        async with websockets.connect(address) as socket:
            await socket.send(json.dumps({"type": "hello", "token": talk.token, "last_seq": "x"}))
            greeting = json.loads(await asyncio.wait_for(socket.recv(), 20))
            for nonsense in ("{", "[]", '"x"', '{"type": "message", "text": 3}'):
                await socket.send(nonsense)
            for number in range(42):
                await socket.send(json.dumps({"type": "message", "text": "", "client_message_id": f"m{number}"}))
            while not any("wait" in sentence for sentence in sentences):
                event = json.loads(await asyncio.wait_for(socket.recv(), 20))
                sentences += [event["payload"]["message"]] if event["type"] == "error" else []
            await socket.send("{")
            while event["type"] != "error" or "wait" in event["payload"]["message"]:
                event = json.loads(await asyncio.wait_for(socket.recv(), 20))
        return sentences, greeting

    sentences, greeting = asyncio.run(converse())

    assert greeting["seq"] == 1
    assert len(sentences) >= 5 and all(sentences)


def test_given_an_unknown_identity_when_named_then_it_is_refused(server):
    assert server.call("POST", "/api/conversations", {"identity": "nobody"}).status == 400


def test_given_rasas_webhook_when_a_client_names_a_known_conversation_then_it_has_no_identity(server):
    talk = server.talk("demo")
    talk.say("我要办无犯罪记录证明")

    answer = server.call("POST", "/webhooks/rest/webhook", {"sender": talk.id, "message": "我要办无犯罪记录证明"})

    said = json.dumps(answer.json, ensure_ascii=False)
    assert answer.status == 200
    assert "姓名" in said, "without identity the name is asked"
    assert "张" not in said


@pytest.mark.parametrize("message", ["/affirm", "", "着火了快来人"])
def test_given_rasas_webhook_when_a_message_comes_then_it_passes_the_gate(server, message):
    answer = server.call("POST", "/webhooks/rest/webhook", {"sender": "x", "message": message})

    assert answer.status == 200
    statuses = [part["custom"]["wenban"]["status"] for part in answer.json if "custom" in part]
    assert statuses
    if "着火" in message:
        assert statuses == ["emergency"]


def test_given_a_websocket_when_it_reconnects_then_nothing_is_lost_or_doubled(server):
    talk = server.talk()

    async def converse() -> list[dict]:
        address = f"ws://127.0.0.1:{server.port}/api/conversations/{talk.id}/stream"
        got: list[dict] = []
        async with websockets.connect(address) as socket:
            await socket.send(json.dumps({"type": "hello", "token": talk.token, "last_seq": 0}))
            await socket.send(json.dumps({"type": "message", "text": "护照丢了怎么补办", "client_message_id": "a"}))
            while not any(event["type"] == "reply" and event["payload"].get("item") for event in got):
                got.append(json.loads(await asyncio.wait_for(socket.recv(), 20)))
        last = max(event["seq"] or 0 for event in got)
        async with websockets.connect(address) as socket:
            await socket.send(json.dumps({"type": "hello", "token": talk.token, "last_seq": last}))
            await socket.send(json.dumps({"type": "message", "text": "护照丢了怎么补办", "client_message_id": "a"}))
            await socket.send(json.dumps({"type": "message", "text": "那要多久", "client_message_id": "b"}))
            while not any(event["type"] == "reply" and event["payload"]["facet"] == "time" for event in got):
                got.append(json.loads(await asyncio.wait_for(socket.recv(), 20)))
        return got

    events = [event for event in asyncio.run(converse()) if event["seq"]]

    assert [event["seq"] for event in events] == sorted({event["seq"] for event in events})
    assert [event["payload"]["client_message_id"] for event in events if event["type"] == "message"] == [
        "a",
        "b",
    ]


def test_given_a_websocket_when_the_token_is_wrong_then_it_is_closed(server):
    talk = server.talk()

    async def knock() -> int:
        async with websockets.connect(f"ws://127.0.0.1:{server.port}/api/conversations/{talk.id}/stream") as socket:
            await socket.send(json.dumps({"type": "hello", "token": "guess"}))
            try:
                await asyncio.wait_for(socket.recv(), 20)
            except websockets.ConnectionClosed as closed:
                return closed.code
        return 0

    assert asyncio.run(knock()) == 4403


def test_given_the_pages_when_loaded_then_they_forbid_foreign_and_inline_scripts(server):
    for path in ("/", "/staff"):
        page = server.call("GET", path)
        assert page.status == 200
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        assert b"<style" not in page.body and b"onclick" not in page.body


def test_given_the_openapi_document_when_read_then_it_names_every_route(server):
    document = server.call("GET", "/openapi.json").json

    assert document["openapi"].startswith("3.")
    assert {"/api/conversations", "/webhooks/rest/webhook", "/api/staff/handoffs"} <= set(document["paths"])


def test_given_a_missing_page_when_asked_for_then_it_is_a_plain_404(server):
    answer = server.call("GET", "/nothing-here")

    assert answer.status == 404
    assert b"Traceback" not in answer.body
