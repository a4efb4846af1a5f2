"""Messages that citizens leave while nobody is at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.models import LeftMessageRow
from storage.receipts import next_receipt

PREFIX = "M"  # keeps these numbers apart from the receipts of applications


@dataclass(frozen=True)
class LeftMessage:
    number: str
    conversation_id: str | None
    phone: str
    text: str
    at: datetime
    done_at: datetime | None


class LeftMessages:
    def __init__(self, database: Database) -> None:
        self._database = database

    def leave(self, phone: str, text: str, conversation_id: str | None = None, number: str | None = None) -> str:
        """Keep a message with the phone to call back; return its number: the given one, or `M` and a receipt's.

        A message whose number is there already is not kept twice.
        """
        cipher = self._database.cipher
        with self._database.writing("left messages") as session:
            if number is not None and session.get(LeftMessageRow, number) is not None:
                return number
            number = number or PREFIX + next_receipt(session, "message", self._database.clock())
            session.add(
                LeftMessageRow(
                    number=number,
                    conversation_id=conversation_id,
                    phone_sealed=cipher.encrypt_text(phone),
                    text_sealed=cipher.encrypt_text(text),
                    at=self._database.now(),
                )
            )
        return number

    def waiting(self) -> tuple[LeftMessage, ...]:
        """Return those not yet dealt with, oldest first."""
        with self._database.session() as session:
            rows = session.query(LeftMessageRow).filter(LeftMessageRow.done_at.is_(None)).order_by(LeftMessageRow.at)
            return tuple(self._read(row) for row in rows)

    def mark_done(self, number: str) -> bool:
        """Note that somebody has called back, the first time it is said; say whether there was such a message."""
        with self._database.writing("left messages") as session:
            row = session.get(LeftMessageRow, number)
            if row is None:
                return False
            row.done_at = row.done_at or self._database.now()
            return True

    def _read(self, row: LeftMessageRow) -> LeftMessage:
        decrypt = self._database.cipher.decrypt_text
        return LeftMessage(
            row.number,
            row.conversation_id,
            decrypt(row.phone_sealed),
            decrypt(row.text_sealed),
            row.at,
            row.done_at,
        )
