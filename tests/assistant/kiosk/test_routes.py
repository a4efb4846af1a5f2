"""A machine's routes on a real server: a visit from its beginning to where nothing is left of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import websockets

from storage.applications import Applications
from storage.handoffs import Handoffs
from tests.assistant.server_process import CARD, PHONE_ADDRESS, Answer, Server, Talk
from tests.assistant.test_privacy import scan

pytestmark = pytest.mark.server

NAME, ID_NUMBER, PHONE = "诸葛无痕", "110105199003078430", "13787654321"
WORDS = "隔壁欧阳阿姨家的猫半夜唱评弹"
REFUSED = 4403
ONLY_HERE = "只能在自助机上使用。"


@dataclass
class Visit(Talk):
    """A visit as the machine's page holds it."""

    def ask(self, what: str, token: str | None = None) -> Answer:
        """Ask for something of the visit."""
        return self.server.call("POST", f"/api/kiosk/visits/{self.id}/{what}", token=token or self.token)

    @property
    def stream(self) -> str:
        return f"ws://127.0.0.1:{self.server.port}/api/conversations/{self.id}/stream"


@pytest.fixture
def visit(server: Server) -> Visit:
    begun = server.call("POST", "/api/kiosk/visits")
    assert begun.status == 201
    return Visit(server, begun.json["conversation_id"], begun.json["token"])


@pytest.fixture
def card(server: Server) -> Iterator[Path]:
    """The file that stands for a card on the reader."""
    path = server.var / CARD
    yield path
    path.unlink(missing_ok=True)


def place(card: Path, name: str = NAME, id_number: str = ID_NUMBER) -> None:
    unfinished = card.with_suffix(".new")
    unfinished.write_text(json.dumps({"name": name, "id_number": id_number}), encoding="utf-8")
    unfinished.rename(card)


async def opened(visit: Visit) -> Any:
    """A WebSocket of the visit that has been let in, and over which something was said."""
    socket = await websockets.connect(visit.stream)
    await socket.send(json.dumps({"type": "hello", "token": visit.token}))
    await socket.send(json.dumps({"type": "message", "text": ""}))
    heard: list[str] = []
    while heard[-3:] != ["typing", "message", "reply"]:
        heard.append(json.loads(await asyncio.wait_for(socket.recv(), 30))["type"])
    return socket


async def until_closed(socket: Any) -> tuple[list[str], int]:
    """What still comes over a WebSocket, and the code it is closed with."""
    types = []
    try:
        while True:
            heard = await asyncio.wait_for(socket.recv(), 30)
            types += [json.loads(heard)["type"]] if isinstance(heard, str) else []
    except websockets.ConnectionClosed as closed:
        return types, closed.code


def test_given_a_machine_when_its_page_asks_then_it_is_told_how_the_machine_is_set_up(server):
    answer = server.call("GET", "/api/kiosk")

    told = answer.json
    assert answer.headers["Cache-Control"] == "no-store"
    assert told["hall"].keys() == {"name", "address", "hours"} and told["machine"]
    assert len(told["items"]) == 10 and all(one["name"] and one["words"] for one in told["items"])
    assert told["idle"] == {"notice_seconds": 60, "wipe_seconds": 90}
    assert (told["paper"], told["phone"], told["card_reader"]) == ("80mm", True, True)


@pytest.mark.parametrize("headers", [{"X-Forwarded-For": "203.0.113.9"}, {"Host": "attacker.example"}])
def test_given_a_request_for_somebody_else_when_it_reaches_the_machine_then_it_is_refused(server, headers):
    assert server.call("GET", "/api/kiosk", headers=headers).status == 403
    assert server.call("POST", "/api/kiosk/visits", headers=headers).status == 403
    assert server.call("POST", "/api/kiosk/visits/kiosk-x/wipe", headers=headers).json["message"] == ONLY_HERE


def test_given_a_visit_when_it_is_wiped_then_its_token_is_refused_everywhere(server, visit):
    visit.say(WORDS)
    assert visit.ask("touch").status == 204

    wiped = visit.ask("wipe")

    assert (wiped.status, wiped.headers["Clear-Site-Data"]) == (204, '"cache", "storage"')
    assert {what: visit.ask(what).status for what in ("touch", "phone", "card", "call")} == dict.fromkeys(
        ("touch", "phone", "card", "call"), 403
    )
    conversation = f"/api/conversations/{visit.id}"
    for method, path in (
        ("POST", f"{conversation}/messages"),
        ("GET", f"{conversation}/events"),
        ("GET", f"{conversation}/handoff"),
        ("POST", f"{conversation}/speech"),
    ):
        answer = server.call(method, path, {"text": "你好"} if method == "POST" else None, visit.token)
        assert answer.status == 403, path
    assert visit.ask("wipe").status == 204


def test_given_a_visit_when_another_token_is_used_then_it_is_neither_touched_nor_wiped(server, visit):
    other = server.talk()

    assert [visit.ask(what, other.token).status for what in ("touch", "wipe", "call")] == [403, 403, 403]
    assert visit.ask("touch").status == 204


def test_given_open_sockets_when_the_visit_is_wiped_then_they_are_closed_and_open_no_more(visit):
    async def wiped() -> list[tuple[list[str], int]]:
        first, second = await opened(visit), await opened(visit)
        assert (await asyncio.to_thread(visit.ask, "wipe")).status == 204
        closed = [await until_closed(socket) for socket in (first, second)]
        late = await websockets.connect(visit.stream)
        await late.send(json.dumps({"type": "hello", "token": visit.token}))
        return [*closed, await until_closed(late)]

    assert [code for _, code in asyncio.run(wiped())] == [REFUSED, REFUSED, REFUSED]


def test_given_a_spoken_session_when_the_visit_is_wiped_then_it_is_closed_and_begins_no_more(visit):
    address = visit.stream.replace("/stream", "/voice")
    hello = json.dumps({"type": "hello", "token": visit.token})

    async def wiped() -> list[tuple[list[str], int]]:
        socket = await websockets.connect(address)
        await socket.send(hello)
        await socket.send(json.dumps({"type": "message", "text": "护照丢了怎么补办"}))
        heard: Any = b""
        while isinstance(heard, bytes) or json.loads(heard)["type"] != "reply":
            heard = await asyncio.wait_for(socket.recv(), 60)
        assert (await asyncio.to_thread(visit.ask, "wipe")).status == 204
        late = await websockets.connect(address)
        await late.send(hello)
        return [await until_closed(socket), await until_closed(late)]

    (_, ended), (_, refused) = asyncio.run(wiped())

    assert (ended, refused) == (1000, REFUSED)


def test_given_a_visit_with_name_number_words_and_an_application_when_it_is_wiped_then_no_byte_of_them_is_left(
    server, visit, storage, card
):
    place(card)
    read = visit.ask("card")
    assert (read.status, read.json) == (200, {"name": NAME, "id_number": ID_NUMBER})
    card.unlink()
    visit.say(WORDS)
    visit.say("我想申请办理有无犯罪证明")
    replies = [visit.say(said) for said in (PHONE, "求职", "确认")]
    receipt = replies[-1]["application"]["receipt_number"]
    visit.say("我想申请办理有无犯罪证明")  # and a second one, left half filled in
    assert scan(server.var, (visit.id,)) != []

    assert visit.ask("wipe").status == 204

    left = scan(server.var, (NAME, ID_NUMBER, PHONE, WORDS, WORDS[:8], visit.id, visit.token))
    assert left == [], "in a database, its log, or what the server wrote"
    applications = Applications(storage)
    submitted = applications.by_receipt(receipt)
    assert submitted.fields["full_name"] == NAME and submitted.conversation_id != visit.id
    assert [one.receipt_number for one in applications.of_citizen(ID_NUMBER)] == [receipt]
    assert applications.active_draft(visit.id) is None


def test_given_an_item_that_takes_an_application_when_the_card_was_read_then_the_holder_is_not_asked_for(visit, card):
    place(card)
    visit.ask("card")

    asked, _, read_back = (visit.say(said) for said in ("我想申请办理有无犯罪证明", PHONE, "求职"))

    assert "手机号" in asked["text"]
    values = {line["field"]: line["value"] for line in read_back["application"]["fields"]}
    assert values["full_name"].startswith(NAME[0]) and values["id_number"].endswith(ID_NUMBER[-2:])


def test_given_a_card_was_read_when_another_is_placed_then_the_visit_stays_the_first_holders(visit, card):
    place(card)
    assert visit.ask("card").status == visit.ask("card").status == 200

    place(card, "王虚构", "310115199203150038")

    refused = visit.ask("card")
    assert refused.status == 409 and refused.json["message"]


def test_given_what_is_no_card_when_it_is_read_then_the_page_hears_that_the_reader_failed(visit, card):
    place(card, NAME, "110105199003078435")

    failed = visit.ask("card")

    assert failed.status == 503 and NAME not in failed.json["message"]


def test_given_a_code_when_a_telephone_takes_it_then_it_goes_on_there_and_the_machine_is_told(server, visit):
    said = visit.say("护照丢了怎么补办")

    async def taken() -> tuple[dict[str, Any], Answer, tuple[list[str], int]]:
        socket = await opened(visit)
        offered = (await asyncio.to_thread(visit.ask, "phone")).json
        answer = await asyncio.to_thread(server.call, "POST", "/api/continue", {"code": offered["code"]})
        return offered, answer, await until_closed(socket)

    offered, answer, (heard, code) = asyncio.run(taken())

    assert offered["expires_in_seconds"] == 300 and offered["svg"].startswith("<svg")
    address = urlsplit(offered["address"])
    assert offered["address"].startswith(f"{PHONE_ADDRESS}/#") and address.fragment == f"continue={offered['code']}"
    assert (heard, code) == (["conversation-moved"], REFUSED)
    phone = Talk(server, answer.json["conversation_id"], answer.json["token"])
    assert phone.id == visit.id and phone.token != visit.token
    assert any(event["payload"].get("text") == said["text"] for event in phone.events())
    assert "conversation-moved" not in [event["type"] for event in phone.events()]
    assert phone.say("那要多久")["item"]["item_id"] == said["item"]["item_id"]
    assert server.call("POST", "/api/continue", {"code": offered["code"]}).status == 404
    assert visit.ask("touch").status == 403
    assert visit.ask("wipe").status == 204
    assert phone.events(), "the telephone keeps what is its own"


@pytest.mark.parametrize(("body", "status"), [({"code": "x" * 22}, 404), ({}, 400), ({"code": 3}, 400)])
def test_given_no_good_code_when_it_is_sent_then_a_sentence_says_so(server, body, status):
    answer = server.call("POST", "/api/continue", body)

    assert answer.status == status and answer.json["message"]


def test_given_a_visit_when_a_clerk_is_called_then_it_waits_in_the_queue_with_the_machines_name(server, visit, storage):
    visit.say("护照丢了怎么补办")

    first, again = visit.ask("call"), visit.ask("call")

    assert first.status == again.status == 200 and first.json["message"]
    standing = server.call("GET", f"/api/conversations/{visit.id}/handoff", token=visit.token).json
    assert (standing["state"], standing["reason"]) == ("queued", "called")
    (handoff,) = [one for one in Handoffs(storage).queue() if one.conversation_id == visit.id]
    assert server.call("GET", "/api/kiosk").json["machine"] in handoff.summary and "护照" in handoff.summary
    assert "handoff-queued" in [event["type"] for event in visit.events()]

    visit.ask("wipe")

    assert handoff.id not in [one.id for one in Handoffs(storage).queue()]
