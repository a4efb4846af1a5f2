"""Delete a citizen, a conversation, or what has outlived its period: in every database, and in the audit trail."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.settings import Settings
from assistant.staff.accounts import ACTOR, open_audit, open_database
from assistant.tracker_events import TrackerEvents
from storage.retention import Retention

Counts = Mapping[str, int]
"""rows by table"""


class Deletion:
    """The operator's ways to delete; each is written to the audit trail, which names no citizen."""

    def __init__(self, settings: Settings) -> None:
        """Open the storage of these settings."""
        self._database = open_database(settings)
        self._retention = Retention(self._database)
        self._audit = open_audit(settings, self._database)
        self._tracker = TrackerEvents(settings.tracker_url)

    def conversations_of(self, id_number: str) -> tuple[str, ...]:
        """Return the conversations that deleting a citizen would delete."""
        return self._retention.conversations_of(_written(id_number))

    def citizen(self, id_number: str) -> Counts:
        """Delete everything of a person, found by the ID number."""
        number = _written(id_number)
        conversations = self._retention.conversations_of(number)
        # The tracker first: when it fails, the storage still knows which conversations are the person's.
        events = self._tracker.forget(conversations)
        with self._database.together():
            return self._noted("delete-citizen", "citizen", self._retention.delete_citizen(number), events)

    def conversation(self, conversation_id: str) -> Counts:
        """Delete one conversation with its applications."""
        events = self._tracker.forget([conversation_id])
        with self._database.together():
            counts = self._retention.delete_conversation(conversation_id)
            return self._noted("delete-conversation", conversation_id, counts, events)

    def expired(self) -> Counts:
        """Delete what has outlived its period."""
        now = self._database.now()
        idle = self._tracker.idle_since(now - self._retention.periods.conversation)
        with self._database.together():
            counts = self._retention.purge_expired(now)
            kept = self._retention.kept_of(idle)
            events = self._tracker.forget([one for one in idle if one not in kept])
            return self._noted("purge-expired", "storage", counts, events)

    def _noted(self, action: str, subject: str, counts: Counts, events: int) -> Counts:
        told = {**counts, "tracker_events": events} if events else dict(counts)
        self._audit.append(ACTOR, action, subject, told)
        return told


def _written(id_number: str) -> str:
    """Return an ID number as it is stored."""
    return "".join(id_number.split()).upper()
