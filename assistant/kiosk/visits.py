"""Visits at this machine: begun, kept, and erased so that the next person finds nothing of the last."""

from __future__ import annotations

import asyncio
import logging

from actions.reply import Reply
from actions.status import AnswerStatus
from assistant.citizen.channel import CitizenChannel
from assistant.citizen.identity import new_conversation_id
from assistant.citizen.wire import EventType, reply_payload
from assistant.kiosk.leaving import Leaving
from assistant.kiosk.settings import KioskSettings
from assistant.staff.accounts import open_audit
from assistant.tracker_events import TrackerEvents
from storage.visit_ids import VISIT

logger = logging.getLogger(__name__)

ACTOR = CHANNEL = "kiosk"
"""who acts, in the audit trail; the channel of a visit's conversation"""
LOOK_EVERY_SECONDS = 2.0


class Visits:
    """The visits of one machine, which has one at a time."""

    def __init__(self, citizens: CitizenChannel, leaving: Leaving, kiosk: KioskSettings) -> None:
        """Keep the citizens' side and how the machine is set up."""
        self._citizens = citizens
        self._leaving = leaving
        self._kiosk = kiosk
        self._kept = leaving.kept
        self._services = citizens.assistant.services
        self._tracker = TrackerEvents(citizens.assistant.settings.tracker_url)
        self._audit = open_audit(citizens.assistant.settings, self._services.database)
        self._beginning = asyncio.Lock()
        self._finishing: set[asyncio.Future[None]] = set()
        self._running: str | None = None
        self._logs_are_empty = False

    async def begin(self) -> str:
        """Begin a visit, after those that were left here are erased; return its conversation's id."""
        async with self._beginning:
            await self.wipe_left(all_here=True)
            conversation_id = VISIT + new_conversation_id()
            self._kept.begin(conversation_id, self._kiosk.place, self._kiosk.visit_lasts)
        demo = self._citizens.assistant.settings.demo
        self._services.conversations.bind(conversation_id, None, CHANNEL, demo=demo)
        greeting = Reply(AnswerStatus.SMALLTALK, self._services.texts("greeting"))
        self._citizens.hub.publish(conversation_id, EventType.REPLY, reply_payload(greeting, 0.0))
        self._running = conversation_id
        return conversation_id

    def touch(self, conversation_id: str) -> bool:
        """Note that somebody is there; say whether the visit goes on here."""
        return self._kept.touch(conversation_id, self._kiosk.visit_lasts)

    async def wipe(self, conversation_id: str) -> None:
        """End a visit and erase it; of one that moved to a telephone, or is gone, nothing is left to do.

        First no token holds any more and every socket is closed, then a turn that runs is waited for, then everything
        is erased, also when whoever asked for it is gone meanwhile. Cut short by a power cut, it is done again when
        the machine starts.
        """
        if not self._kept.end(conversation_id):
            return
        self._leaving.show_out(conversation_id)
        finishing = asyncio.ensure_future(self._finish(conversation_id))
        self._finishing.add(finishing)
        finishing.add_done_callback(self._finishing.discard)
        await asyncio.shield(finishing)

    async def _finish(self, conversation_id: str) -> None:
        async with self._citizens.turn_of(conversation_id):
            await asyncio.to_thread(self._erase, conversation_id)
            self._citizens.forget(conversation_id)
        if self._running == conversation_id:
            self._running = None

    async def wipe_left(self, all_here: bool = False) -> None:
        """Erase the visits that were left, `all_here` every open one of this machine: somebody else is there now."""
        for conversation_id in self._kept.left(self._kiosk.place, with_open=all_here):
            await self.wipe(conversation_id)

    async def keep(self) -> None:
        """Look after left visits for as long as the server runs."""
        while True:
            try:
                await self.step()
            except Exception as error:  # the storage's trouble must not end the server
                logger.error("Left visits could not be erased: %s", type(error).__name__)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def step(self) -> None:
        """Erase what was left; show out a visit that another server of this storage has given to a telephone."""
        await self.wipe_left()
        if self._running is not None and self._kept.is_moved(self._running):
            self._leaving.move_out(self._running)
            self._running = None
        if not self._logs_are_empty:
            await asyncio.to_thread(self._empty_logs)

    def _erase(self, conversation_id: str) -> None:
        # The tracker first, and for good: as long as the visit is known, all this is done again after a power cut.
        events = self._tracker.forget([conversation_id])
        self._tracker.empty_log()
        with self._services.database.together():
            counts = {**self._kept.erase(conversation_id), "tracker_events": events}
            told = {table: rows for table, rows in counts.items() if rows}
            self._audit.append(ACTOR, "wipe-visit", self._kiosk.place, told)
        self._empty_logs()

    def _empty_logs(self) -> None:
        emptied = (self._tracker.empty_log(), self._services.database.empty_log())
        self._logs_are_empty = all(emptied)
