"""Conversations, and the identity that the server bound to each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database import Database
from storage.errors import IdentityMismatch
from storage.identity import Identity
from storage.models import ConversationRow

CITIZEN = "citizen"  # the scope of blind indexes over ID numbers
SEEN_WITHIN = timedelta(hours=1)
"""how exactly it is known when a citizen was last here"""


@dataclass(frozen=True)
class Conversation:
    conversation_id: str
    channel: str
    demo: bool
    identity: Identity | None
    created_at: datetime
    last_seen: datetime


class Conversations:
    def __init__(self, database: Database) -> None:
        self._database = database

    def bind(self, conversation_id: str, identity: Identity | None, channel: str, demo: bool = False) -> Conversation:
        """Create the conversation, or note that it goes on; give it an identity when one is passed.

        Only the server calls this, after a sign-in: never with what a client claims. A conversation keeps its
        identity when None is passed, and never changes it: IdentityMismatch.
        """
        cipher, now = self._database.cipher, self._database.now()
        with self._database.writing(conversation_id) as session:
            row = session.get(ConversationRow, conversation_id)
            if row is None:
                row = ConversationRow(id=conversation_id, created_at=now)
                session.add(row)
            row.channel, row.last_seen = channel, now
            if identity is not None:
                index = cipher.blind_index(identity.id_number, CITIZEN)
                if row.citizen_index not in (None, index):
                    raise IdentityMismatch("This conversation belongs to another person.")
                row.citizen_index = index
                row.identity_sealed = cipher.encrypt_json(identity.as_mapping())
                row.demo = demo
            elif row.demo is None:
                row.demo = demo
            return self._read(row)

    def get(self, conversation_id: str) -> Conversation | None:
        with self._database.session() as session:
            row = session.get(ConversationRow, conversation_id)
            return None if row is None else self._read(row)

    def touch(self, conversation_id: str, last_seen: datetime | None) -> None:
        """Note that the citizen was here now, unless that was noted within the hour (None: unknown conversation)."""
        now = self._database.now()
        if last_seen is None or now - last_seen < SEEN_WITHIN:
            return
        with self._database.writing(conversation_id) as session:
            session.query(ConversationRow).filter_by(id=conversation_id).update(
                {ConversationRow.last_seen: now}, synchronize_session=False
            )

    def _read(self, row: ConversationRow) -> Conversation:
        identity = None
        if row.identity_sealed is not None:
            identity = Identity.from_mapping(self._database.cipher.decrypt_json(row.identity_sealed))
        return Conversation(row.id, row.channel, row.demo, identity, row.created_at, row.last_seen)
