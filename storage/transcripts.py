"""What was said in a conversation, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import func

from storage.database import Database
from storage.models import TranscriptRow


class TranscriptRole(str, Enum):
    CITIZEN = "citizen"
    ASSISTANT = "assistant"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True)
class TranscriptEntry:
    seq: int
    role: TranscriptRole
    payload: Mapping[str, Any]
    at: datetime


class Transcripts:
    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, conversation_id: str, role: TranscriptRole, payload: Mapping[str, Any]) -> TranscriptEntry:
        """Add an entry and return it as it will be read; its number counts from 1 within the conversation."""
        sealed = self._database.cipher.encrypt_json(dict(payload))
        with self._database.writing(conversation_id) as session:
            last = session.query(func.max(TranscriptRow.seq)).filter_by(conversation_id=conversation_id).scalar()
            seq, at = (last or 0) + 1, self._database.now()
            session.add(
                TranscriptRow(
                    conversation_id=conversation_id,
                    seq=seq,
                    role=TranscriptRole(role).value,
                    payload_sealed=sealed,
                    at=at,
                )
            )
        return TranscriptEntry(seq, TranscriptRole(role), self._database.cipher.decrypt_json(sealed), at)

    def all_since(self, conversation_id: str, seq: int = 0, page: int = 200) -> Iterator[TranscriptEntry]:
        """Yield every entry after number `seq`, oldest first, read a page at a time."""
        while entries := self.since(conversation_id, seq, page):
            yield from entries
            seq = entries[-1].seq

    def since(self, conversation_id: str, seq: int = 0, limit: int = 200) -> tuple[TranscriptEntry, ...]:
        """Return the entries after number `seq`, oldest first, at most `limit`."""
        with self._database.session() as session:
            rows = (
                session.query(TranscriptRow)
                .filter(TranscriptRow.conversation_id == conversation_id, TranscriptRow.seq > seq)
                .order_by(TranscriptRow.seq)
                .limit(limit)
                .all()
            )
        decrypt = self._database.cipher.decrypt_json
        return tuple(
            TranscriptEntry(row.seq, TranscriptRole(row.role), decrypt(row.payload_sealed), row.at) for row in rows
        )
