"""Rasa's tracker store with a bounded memory: a long conversation costs no more than a short one."""

from __future__ import annotations

import itertools
import json
from typing import Any

import sqlalchemy as sa
import sqlalchemy.orm
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses
from sqlalchemy.pool import QueuePool

from storage.private_files import private_database

TURNS_KEPT = 6
"""turns of events given to a turn; older ones stay in the database and only their slots and form count"""
INDEX = "events_by_kind"
EVENTS = {event.type_name: event for event in all_subclasses(Event)}
"""Rasa's kinds of event by the name they are stored under"""


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
        _index_by_kind(self.SQLEvent).create(self.engine, checkfirst=True)

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
        events = [_event_of(json.loads(row[0])) for row in (*earlier, *recent)]
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots if self.domain else None)
        tracker.events_already_stored = len(tracker.events)
        return tracker

    def _state_before(self, session: Any, sender_id: str, since: int) -> list[Any]:
        """Return the events that set each slot and the active form last before the given event.

        Each is found at the end of its own stretch of the index, however long the conversation.
        """
        event = self.SQLEvent

        def last(kind: Any, name: str | None) -> Any:
            of_kind = (event.sender_id == sender_id, event.type_name == kind.type_name, event.action_name == name)
            return sa.select([sa.func.max(event.id)]).where(*of_kind, event.id < since)

        slots = [slot.name for slot in self.domain.slots] if self.domain else []
        forms = [*self.domain.form_names, None] if self.domain else [None]
        latest = sa.union_all(
            *(last(SlotSet, slot) for slot in slots),
            *(last(ActiveLoop, form) for form in forms),
        )
        return list(session.query(event.data).filter(event.id.in_(latest)).order_by(event.id).all())

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that came since the tracker was retrieved, all in one statement."""
        await self.stream_events(tracker)
        events = itertools.islice(tracker.events, getattr(tracker, "events_already_stored", 0), None)
        rows = [_row(tracker.sender_id, event) for event in events]
        if rows:
            with self.session_scope() as session:
                session.execute(sa.insert(self.SQLEvent), rows)
                session.commit()
        tracker.events_already_stored = len(tracker.events)


def _index_by_kind(event: Any) -> sa.Index:
    """Return the index that finds a conversation's last event of a kind, and of a slot, without reading the others."""
    table = event.__table__
    known = next((index for index in table.indexes if index.name == INDEX), None)
    return known or sa.Index(INDEX, table.c.sender_id, table.c.type_name, table.c.action_name, table.c.id)


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    """Return the row of an event, its columns filled as `SQLTrackerStore` fills them."""
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _event_of(parameters: dict[str, Any]) -> Event:
    """Return the event of a stored one; `Event.from_parameters` would search all classes anew for each."""
    event: Event = EVENTS[parameters["event"]]._from_parameters(parameters)
    return event


def _tune_sqlite(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=5000")
