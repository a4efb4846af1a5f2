"""What was said in a conversation, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import groupby
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from storage.database import Database
from storage.models import TranscriptRow
from storage.turn_counts import TurnOutcome, count_turn


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

    def append(
        self,
        conversation_id: str,
        role: TranscriptRole,
        payload: Mapping[str, Any],
        outcome: TurnOutcome | None = None,
    ) -> TranscriptEntry:
        """Add an entry and return it as it will be read; its number counts from 1 within the conversation.

        `outcome` is what the turn came to that the entry ends; it is counted in the same transaction.
        """
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
            if outcome is not None:
                local = at.astimezone(self._database.clock().tzinfo)
                count_turn(session, outcome, local, begins=self._is_first_turn(session, conversation_id))
        return TranscriptEntry(seq, TranscriptRole(role), self._database.cipher.decrypt_json(sealed), at)

    def length(self, conversation_id: str) -> int:
        """Return the number of the last entry, 0 before the first."""
        with self._database.session() as session:
            last = session.query(func.max(TranscriptRow.seq)).filter_by(conversation_id=conversation_id).scalar()
        return last or 0

    def conversations_since(
        self, moment: datetime, page: int = 500
    ) -> Iterator[tuple[str, tuple[TranscriptEntry, ...]]]:
        """Yield each conversation's id and its entries from a moment on, in order; rows are read a page at a time."""
        with self._database.session() as session:
            query = session.query(TranscriptRow).filter(TranscriptRow.at >= moment)
            rows = query.order_by(TranscriptRow.conversation_id, TranscriptRow.seq).yield_per(page)
            for conversation_id, own in groupby(rows, key=lambda row: str(row.conversation_id)):
                yield conversation_id, tuple(self._read(row) for row in own)

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
        return tuple(self._read(row) for row in rows)

    @staticmethod
    def _is_first_turn(session: Session, conversation_id: str) -> bool:
        said = session.query(TranscriptRow.seq).filter_by(
            conversation_id=conversation_id, role=TranscriptRole.CITIZEN.value
        )
        return len(said.limit(2).all()) < 2

    def _read(self, row: TranscriptRow) -> TranscriptEntry:
        payload = self._database.cipher.decrypt_json(row.payload_sealed)
        return TranscriptEntry(row.seq, TranscriptRole(row.role), payload, row.at)
