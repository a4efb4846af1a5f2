"""Rasa's tracker store with a bounded memory: a long conversation costs no more than a short one."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
import sqlalchemy.orm
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import ActiveLoop, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.pool import QueuePool

from storage.private_files import private_database

TURNS_KEPT = 6
"""turns of events given to a turn; older ones stay in the database and only their slots and form count"""


class BoundedTrackerStore(SQLTrackerStore):
    """Give each turn the latest events and, of everything before, the last value of each slot and the form.

    `SQLTrackerStore` replays a conversation from its first event, so its two-hundredth turn costs many times its
    tenth. A cut before a user message loses nothing a rule can see: rules look at the running turn, the slots and the
    active form.
    """

    def __init__(self, domain: Any = None, url: str = "sqlite://", event_broker: Any = None, **kwargs: Any) -> None:
        """Open the store at an SQLAlchemy address, its connections pooled."""
        private_database(url)
        super().__init__(domain, host=url, event_broker=event_broker, **kwargs)
        if url.startswith("sqlite"):
            self.engine = sa.create_engine(url, poolclass=QueuePool, connect_args={"check_same_thread": False})
            sa.event.listen(self.engine, "connect", _tune_sqlite)
            self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the tracker of the conversation's latest turns on top of its slots, or None if there is none."""
        with self.session_scope() as session:
            event = self.SQLEvent
            mine = event.sender_id == sender_id
            users = (
                session.query(event.id)
                .filter(mine, event.type_name == "user")
                .order_by(event.id.desc())
                .limit(TURNS_KEPT)
                .all()
            )
            since = users[-1][0] if len(users) == TURNS_KEPT else 0
            recent = session.query(event.data).filter(mine, event.id >= since).order_by(event.id).all()
            earlier = self._state_before(session, sender_id, since) if since else []
        if not recent:
            return None
        events = [json.loads(row[0]) for row in (*earlier, *recent)]
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots if self.domain else None)
        tracker.events_already_stored = len(tracker.events)
        return tracker

    def _state_before(self, session: Any, sender_id: str, since: int) -> list[Any]:
        """Return the events that set each slot and the active form last before the given event."""
        event = self.SQLEvent
        latest = (
            session.query(sa.func.max(event.id))
            .filter(
                event.sender_id == sender_id,
                event.id < since,
                event.type_name.in_((SlotSet.type_name, ActiveLoop.type_name)),
            )
            .group_by(
                event.type_name,
                sa.case([(event.type_name == SlotSet.type_name, event.action_name)], else_=""),
            )
        )
        return list(session.query(event.data).filter(event.id.in_(latest)).order_by(event.id).all())

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that came since the tracker was retrieved."""
        await super().save(tracker)
        tracker.events_already_stored = len(tracker.events)

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Any]:
        """Return the events that came since the tracker was retrieved."""
        return itertools.islice(tracker.events, getattr(tracker, "events_already_stored", 0), None)


def _tune_sqlite(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=5000")
