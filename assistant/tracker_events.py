"""Rasa's events of conversations, seen from outside Rasa: found by their age, and deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage.private_files import sqlite_file
from storage.sqlite_traces import OVERWRITE_DELETED, empty_log

_EVENTS = sa.table("events", sa.column("sender_id"), sa.column("timestamp"))
"""the table of Rasa's `SQLTrackerStore`"""


class TrackerEvents:
    """The tracker store's database; there may be none yet."""

    def __init__(self, url: str) -> None:
        """Keep the SQLAlchemy address; nothing is opened, or made, before it is used."""
        self._url = url

    def forget(self, conversation_ids: Iterable[str]) -> int:
        """Delete everything of these conversations and return the number of events."""
        engine = self._engine()
        if engine is None:
            return 0
        with engine.begin() as connection:
            deleted = [
                connection.execute(sa.delete(_EVENTS).where(_EVENTS.c.sender_id == one)).rowcount
                for one in conversation_ids
            ]
        engine.dispose()
        return sum(deleted)

    def empty_log(self) -> bool:
        """Empty SQLite's log, in which what was deleted lies for a while; say whether it is empty."""
        engine = self._engine()
        if engine is None:
            return True
        emptied = empty_log(engine)
        engine.dispose()
        return emptied

    def idle_since(self, moment: datetime) -> tuple[str, ...]:
        """Return the conversations whose last event is older than a moment."""
        engine = self._engine()
        if engine is None:
            return ()
        last = sa.func.max(_EVENTS.c.timestamp)
        query = sa.select([_EVENTS.c.sender_id]).group_by(_EVENTS.c.sender_id).having(last < moment.timestamp())
        with engine.connect() as connection:
            found = tuple(str(row[0]) for row in connection.execute(query))
        engine.dispose()
        return found

    def _engine(self) -> sa.engine.Engine | None:
        """Return an engine, or None where no tracker store has been made yet."""
        file = sqlite_file(self._url)
        if file is not None and not file.exists():
            return None
        engine = sa.create_engine(self._url)
        if file is not None:
            sa.event.listen(engine, "connect", _overwrite_deleted)
        if sa.inspect(engine).has_table(_EVENTS.name):
            return engine
        engine.dispose()
        return None


def _overwrite_deleted(connection: Any, _record: Any) -> None:
    connection.execute(OVERWRITE_DELETED)
