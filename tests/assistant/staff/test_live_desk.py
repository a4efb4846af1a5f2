"""The desk's WebSocket: who may listen, what is told and when, and when it ends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from argon2 import PasswordHasher

from actions.texts import Texts
from assistant.citizen.hub import ConversationHub
from assistant.citizen.limits import RateLimiter
from assistant.citizen.person_signs import PersonSigns
from assistant.citizen.wire import EventType
from assistant.staff import live_desk
from assistant.staff.desk_lists import DeskLists
from assistant.staff.live_desk import REFUSED, LiveDesk
from assistant.staff.sessions import COOKIE, StaffSessions
from storage.audit import AuditTrail
from storage.handoff_transfers import HandoffTransfers
from storage.handoffs import MessageRole
from storage.staff import Staff, StaffRole

PASSWORD = "correct horse"
HOST = "wenban.example"


class Socket:
    """A WebSocket as the server sees it."""

    def __init__(self) -> None:
        self.incoming: asyncio.Queue[str | None] = asyncio.Queue()
        self.sent: list[dict[str, Any]] = []
        self.closed: int | None = None

    async def recv(self) -> str | None:
        return await self.incoming.get()

    async def send(self, data: str) -> None:
        self.sent.append(json.loads(data))

    async def close(self, code: int, reason: str = "") -> None:
        self.closed = code
        self.incoming.put_nowait(None)

    def lists(self) -> list[dict[str, Any]]:
        return [event["lists"] for event in self.sent if event["type"] == "handoffs"]


class Desk:
    """A live desk with its staff."""

    def __init__(self, services: Any, data: Any) -> None:
        texts = Texts.load(data / "texts" / "staff.yml")
        self.services = services
        self.staff = Staff(services.database, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        limiter = RateLimiter()
        sessions = StaffSessions(self.staff, AuditTrail(services.database), b"key", limiter, texts)
        self.hub = ConversationHub(services.transcripts)
        lists = DeskLists(services, self.staff, {"tax": "税务窗口"}, texts)
        self.live = LiveDesk(lists, services.handoffs, sessions, self.hub, limiter)
        self.signs = PersonSigns(services, limiter)
        self.signs.watch(on_typing=self.live.typing, on_read=self.live.nudge)

    def sign_in(self, name: str, role: StaffRole = StaffRole.CLERK, department: str | None = None) -> str:
        self.staff.create(name, PASSWORD, role, name, department)
        return self.staff.sign_in(name, PASSWORD).token

    def id_of(self, name: str) -> str:
        return next(one.id for one in self.staff.accounts() if one.name == name)

    def queued(self, conversation: str, reason: str = "asked_for") -> str:
        self.services.clock.advance(seconds=1)  # whoever comes next has waited less
        return self.services.handoffs.enqueue(self.services.handoffs.open(conversation, reason, "").id).id

    def serve(self, token: str | None, origin: str | None = f"https://{HOST}") -> tuple[Socket, asyncio.Task[None]]:
        socket = Socket()
        headers = {"host": HOST, **({"origin": origin} if origin else {})}
        request = SimpleNamespace(cookies={COOKIE: token} if token else {}, headers=headers)
        return socket, asyncio.ensure_future(self.live.stream(request, socket))

    async def look(self) -> None:
        """Let what is begun go on, look once, and let what is told be sent."""
        await _settle()
        self.live.look()
        await _settle()


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.fixture
def desk(services, data):
    return Desk(services, data)


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(scenario(), 20))


@pytest.mark.parametrize(
    ("role", "origin"),
    [
        (StaffRole.EDITOR, f"https://{HOST}"),
        (StaffRole.CLERK, "https://elsewhere.example"),
        (StaffRole.CLERK, None),
        (None, f"https://{HOST}"),
    ],
)
def test_given_a_wrong_role_another_sites_page_or_nobody_when_connected_then_it_is_refused(desk, role, origin):
    async def scenario() -> None:
        desk.queued("one")
        socket, serving = desk.serve(desk.sign_in("anna", role) if role else "unknown", origin)
        await serving
        desk.live.look()
        assert (socket.closed, socket.sent) == (REFUSED, [])

    run(scenario)


def test_given_a_clerk_when_connected_then_the_lists_come_at_once_and_again_only_when_they_change(desk):
    async def scenario() -> None:
        socket, serving = desk.serve(desk.sign_in("anna"))
        await desk.look()
        await desk.look()
        assert [one["waiting"] for one in socket.lists()] == [[]]

        desk.queued("one")
        desk.queued("two", "emergency")
        await desk.look()

        assert [one["conversation_id"] for one in socket.lists()[-1]["waiting"]] == ["two", "one"]
        assert len(socket.lists()) == 2
        socket.incoming.put_nowait(None)
        await serving

    run(scenario)


def test_given_a_message_of_a_citizen_when_told_then_its_clerk_sees_it_unread_and_nobody_else_hears(desk):
    async def scenario() -> None:
        anna, bai = desk.serve(desk.sign_in("anna"))[0], desk.serve(desk.sign_in("bai"))[0]
        handoff_id = desk.queued("one")
        desk.services.handoffs.take(handoff_id, desk.id_of("anna"))
        await desk.look()
        before = len(bai.lists())

        desk.services.handoffs.post(handoff_id, MessageRole.CITIZEN, "在吗")
        await desk.look()

        (mine,) = anna.lists()[-1]["mine"]
        assert (mine["unread"], mine["last_seq"]) == (1, 1)
        assert len(bai.lists()) == before

    run(scenario)


def test_given_something_published_when_nobody_looks_then_the_desk_looks_by_itself(desk, monkeypatch):
    monkeypatch.setattr(live_desk, "LOOK_EVERY_S", 3600)

    async def scenario() -> None:
        socket, _ = desk.serve(desk.sign_in("anna"))
        keeping = asyncio.ensure_future(desk.live.keep())
        while not socket.lists():
            await asyncio.sleep(0.01)
        desk.queued("one")
        desk.hub.publish("one", EventType.HANDOFF_QUEUED, {"position": 0})
        while not socket.lists()[-1]["waiting"]:
            await asyncio.sleep(0.01)
        keeping.cancel()

    run(scenario)


@pytest.mark.parametrize("end", ["sign-out", "disabled"])
def test_given_a_session_that_ends_when_the_desk_looks_then_the_socket_is_closed(desk, monkeypatch, end):
    monkeypatch.setattr(live_desk, "LOOK_EVERY_S", 0)

    async def scenario() -> None:
        token = desk.sign_in("anna")
        socket, serving = desk.serve(token)
        await desk.look()
        if end == "sign-out":
            desk.staff.sign_out(token)
        else:
            desk.staff.set_enabled("anna", False)
        desk.queued("one")
        await desk.look()
        await serving
        assert socket.closed == REFUSED
        assert all(one["waiting"] == [] for one in socket.lists())

    run(scenario)


def test_given_a_clerk_who_types_when_it_is_their_conversation_then_the_citizen_hears_and_nothing_is_kept(desk):
    async def scenario() -> None:
        anna, bai = desk.serve(desk.sign_in("anna"))[0], desk.serve(desk.sign_in("bai"))[0]
        handoff_id = desk.queued("one")
        desk.services.handoffs.take(handoff_id, desk.id_of("anna"))
        citizen = desk.hub.listen("one")

        for socket in (anna, bai):
            socket.incoming.put_nowait(json.dumps({"type": "typing", "handoff_id": handoff_id}))
            socket.incoming.put_nowait(json.dumps({"type": "typing", "handoff_id": "unknown"}))
            socket.incoming.put_nowait("no json")
        await _settle()

        event = citizen.get_nowait()
        assert (event.type, event.payload, event.seq) == (EventType.AGENT_TYPING, {"name": "anna"}, None)
        assert citizen.empty() and desk.hub.since("one", 0) == []

    run(scenario)


def test_given_a_citizen_who_types_when_a_clerk_has_the_conversation_then_only_that_clerk_hears(desk):
    async def scenario() -> None:
        anna, bai = desk.serve(desk.sign_in("anna"))[0], desk.serve(desk.sign_in("bai"))[0]
        await desk.look()
        handoff_id = desk.queued("one")
        assert desk.signs.take("one", {"type": "typing"})
        desk.services.handoffs.take(handoff_id, desk.id_of("anna"))

        assert desk.signs.take("one", {"type": "typing"}) and not desk.signs.take("one", {"type": "message"})
        await _settle()

        assert [one for one in anna.sent if one["type"] == "typing"] == [{"type": "typing", "handoff_id": handoff_id}]
        assert [one for one in bai.sent if one["type"] == "typing"] == []

    run(scenario)


def test_given_a_transfer_when_told_then_whom_it_is_meant_for_sees_it_first_and_others_whose_it_is(desk):
    async def scenario() -> None:
        anna = desk.serve(desk.sign_in("anna"))[0]
        ding = desk.serve(desk.sign_in("ding", department="tax"))[0]
        first, handoff_id = desk.queued("one"), desk.queued("two")
        desk.services.handoffs.take(handoff_id, desk.id_of("anna"))
        HandoffTransfers(desk.services.database).to_department(handoff_id, desk.id_of("anna"), "tax")
        await desk.look()

        for socket, order, mine in ((anna, [first, handoff_id], False), (ding, [handoff_id, first], True)):
            waiting = socket.lists()[-1]["waiting"]
            assert [one["handoff_id"] for one in waiting] == order
            kept = next(one["meant"] for one in waiting if one["handoff_id"] == handoff_id)
            assert kept == {"mine": mine, "name": "税务窗口"}

    run(scenario)


def test_given_a_page_that_does_not_read_when_too_much_is_told_then_it_is_let_go(desk):
    async def scenario() -> None:
        page = live_desk.Page(desk.staff.create("anna", PASSWORD, StaffRole.CLERK), "token")
        for number in range(300):
            page.send({"type": "typing", "handoff_id": str(number)})
        told = [page.unsent.get_nowait() for _ in range(page.unsent.qsize())]
        assert None in told and len(told) <= 100

    run(scenario)
