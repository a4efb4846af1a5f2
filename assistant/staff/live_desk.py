"""The desk as it changes: a WebSocket for each signed-in page, which tells the lists anew and who is typing."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sanic import Blueprint, Request

from assistant.citizen.hub import ConversationHub
from assistant.citizen.limits import RateLimiter
from assistant.citizen.wire import EventType
from assistant.requests import as_function
from assistant.staff.desk_lists import DeskLists
from assistant.staff.sessions import COOKIE, StaffSessions
from storage.errors import HandoffUnknown
from storage.handoffs import Handoff, Handoffs, HandoffState
from storage.staff import DESK_ROLES, StaffAccount

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
"""for what nothing here tells of: another replica, another channel, a session that ends"""
AT_MOST_EVERY_S = 0.1
REFUSED = 4403
"""the code that a socket is closed with where nobody is signed in, or no longer, or another site's page asks"""
_UNSENT = 100
"""events that a page may be behind; one that is further behind is let go, and connects again"""


@dataclass(eq=False)
class Page:
    """A page of somebody who is signed in."""

    account: StaffAccount
    token: str
    unsent: asyncio.Queue[dict[str, Any] | None] = field(default_factory=lambda: asyncio.Queue(_UNSENT))
    """None closes the socket"""
    told: dict[str, Any] | None = None
    """the lists that were sent last"""

    def send(self, event: dict[str, Any] | None) -> None:
        """Send an event after those before it."""
        if self.unsent.full():
            event = None
            self.unsent.get_nowait()
        self.unsent.put_nowait(event)


class LiveDesk:
    """Tell each page what has changed. Everything told can be fetched anew, so that a break loses nothing."""

    def __init__(
        self,
        lists: DeskLists,
        handoffs: Handoffs,
        sessions: StaffSessions,
        hub: ConversationHub,
        limiter: RateLimiter,
    ) -> None:
        """Keep what the pages are told from; `hub` has the citizens' side."""
        self._lists = lists
        self._handoffs = handoffs
        self._sessions = sessions
        self._hub = hub
        self._limiter = limiter
        self._pages: set[Page] = set()
        self._nudged = asyncio.Event()
        self._checked = time.monotonic()
        hub.watch(self.nudge)

    def blueprint(self) -> Blueprint:
        """Return the route, below /api/staff."""
        routes = Blueprint("staff-live", url_prefix="/api/staff")
        routes.add_websocket_route(as_function(self.stream), "/stream")
        return routes

    def nudge(self, *_: Any) -> None:
        """Look at once: something may have changed."""
        self._nudged.set()

    def typing(self, handoff: Handoff) -> None:
        """Tell whoever has a conversation that its citizen is typing."""
        if handoff.state is HandoffState.WITH_PERSON:
            for page in self._pages:
                if page.account.id == handoff.staff_id:
                    page.send({"type": "typing", "handoff_id": handoff.id})

    async def keep(self) -> None:
        """Look again and again, at once where something was said."""
        while True:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._nudged.wait(), LOOK_EVERY_S)
            self._nudged.clear()
            try:
                self.look()
            except Exception as error:  # the storage's trouble must not end the server
                logger.error("The desk could not be told: %s", type(error).__name__)
            await asyncio.sleep(AT_MOST_EVERY_S)

    def look(self) -> None:
        """Close the pages whose session is over, and send each of the others its lists where they have changed."""
        if not self._pages:
            return
        if time.monotonic() - self._checked >= LOOK_EVERY_S:
            self._check_sessions()
        desk = self._lists.read()
        for page in self._pages:
            told = self._lists.told(desk, page.account)
            if told != page.told:
                page.told = told
                page.send({"type": "handoffs", "lists": told})

    async def stream(self, request: Request, ws: Any) -> None:
        """Serve one page until it leaves or its session ends; it may tell that its person is typing."""
        token = request.cookies.get(COOKIE) or ""
        account = self._sessions.staff.account_of(token) if token and _own_origin(request) else None
        if account is None or account.role not in DESK_ROLES:
            await ws.close(code=REFUSED, reason="sign in first")
            return
        page = Page(account, token)
        sender = asyncio.ensure_future(self._send(ws, page))
        self._pages.add(page)
        self.nudge()
        try:
            while (incoming := await ws.recv()) is not None:
                self._receive(page, incoming)
        finally:
            self._pages.discard(page)
            sender.cancel()

    def _check_sessions(self) -> None:
        self._checked = time.monotonic()
        for page in list(self._pages):
            account = self._sessions.staff.account_of(page.token)
            if account is None or account.role not in DESK_ROLES:
                self._pages.discard(page)
                page.send(None)
            else:
                page.account = account

    def _receive(self, page: Page, incoming: Any) -> None:
        with suppress(ValueError):
            body = json.loads(incoming)
            if isinstance(body, dict) and body.get("type") == "typing":
                self._staff_types(page.account, str(body.get("handoff_id")))

    def _staff_types(self, account: StaffAccount, handoff_id: str) -> None:
        if not self._limiter.takes_sign(account.id):
            return
        with suppress(HandoffUnknown):
            handoff = self._handoffs.get(handoff_id)
            if handoff.state is HandoffState.WITH_PERSON and handoff.staff_id == account.id:
                self._hub.tell(handoff.conversation_id, EventType.AGENT_TYPING, {"name": account.display_name})

    @staticmethod
    async def _send(ws: Any, page: Page) -> None:
        while (event := await page.unsent.get()) is not None:
            await ws.send(json.dumps(event, ensure_ascii=False))
        await ws.close(code=REFUSED, reason="the session is over")


def _own_origin(request: Request) -> bool:
    """Tell whether the page that asks is of this site: a cookie alone would let another site's page listen."""
    origin = urlsplit(request.headers.get("origin") or "")
    return bool(origin.netloc) and origin.netloc == request.headers.get("host")
