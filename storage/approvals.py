"""Answers of the assistant that wait for a member of staff's yes before the citizen sees them.

Questions and answers come masked and are encrypted; the state, the item and why it waits are in clear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from storage.database import Database
from storage.errors import AlreadyDecided, HeldAnswerUnknown
from storage.models import HeldAnswerRow


class HeldState(str, Enum):
    WAITING = "waiting"
    APPROVED = "approved"
    """sent as it stood"""
    EDITED = "edited"
    """sent with changes"""
    REFUSED = "refused"
    """whoever refused it answers instead"""
    EXPIRED = "expired"
    """nobody decided in time"""
    OVERTAKEN = "overtaken"
    """a person has the conversation, and answers"""


SENT = (HeldState.APPROVED, HeldState.EDITED)


@dataclass(frozen=True)
class HeldAnswer:
    id: str
    conversation_id: str
    state: HeldState
    reason: str
    """why it waits: item, confidence or passage"""
    question: str
    """masked"""
    reply: Mapping[str, Any]
    """the assistant's reply as plain values"""
    at: datetime
    sent: str | None = None
    """what was sent instead, where it was edited"""
    sent_masked: str | None = None
    """the same, personal data masked"""
    decided_by: str | None = None
    """the id of the member of staff; None while it waits, and where time or a person decided"""
    decided_at: datetime | None = None
    told: bool = False
    """the conversation has heard what was decided"""


class HeldAnswers:
    """Keep what waits; each answer is decided about once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hold(self, conversation_id: str, question: str, reply: Mapping[str, Any], reason: str) -> HeldAnswer:
        """Keep an answer until it is decided about."""
        with self._database.writing(conversation_id) as session:
            row = HeldAnswerRow(
                id=uuid4().hex,
                conversation_id=conversation_id,
                state=HeldState.WAITING.value,
                item_id=reply.get("item"),
                reason=reason,
                content_sealed=self._database.cipher.encrypt_json({"question": question, "reply": dict(reply)}),
                at=self._database.now(),
                told=False,
            )
            session.add(row)
            return self._read(row)

    def get(self, answer_id: str) -> HeldAnswer:
        """Return an answer; raise HeldAnswerUnknown."""
        with self._database.session() as session:
            return self._read(self._row(session, answer_id))

    def waiting(self) -> tuple[HeldAnswer, ...]:
        """Return those that wait, the longest waiting first."""
        with self._database.session() as session:
            rows = session.query(HeldAnswerRow).filter_by(state=HeldState.WAITING.value)
            return tuple(self._read(row) for row in rows.order_by(HeldAnswerRow.at, HeldAnswerRow.id))

    def decide(
        self,
        answer_id: str,
        state: HeldState,
        staff_id: str | None = None,
        sent: str | None = None,
        sent_masked: str | None = None,
    ) -> HeldAnswer:
        """Settle an answer once; an edited one comes with what is `sent`, and `sent_masked`, the same to learn from.

        Raises:
            HeldAnswerUnknown: there is none.
            AlreadyDecided: it waits no longer.
        """
        with self._database.writing(answer_id) as session:
            row = self._row(session, answer_id)
            if row.state != HeldState.WAITING.value:
                raise AlreadyDecided("Somebody else has decided about this answer already.")
            row.state, row.decided_by, row.decided_at = state.value, staff_id, self._database.now()
            if sent is not None:
                words = {"text": sent, "masked": sent_masked}
                row.sent_sealed = self._database.cipher.encrypt_json(words)
            return self._read(row)

    def untold(self, conversation_id: str | None = None) -> tuple[HeldAnswer, ...]:
        """Return those decided about that their conversations have not heard of, the first decided first."""
        with self._database.session() as session:
            rows = session.query(HeldAnswerRow).filter(
                HeldAnswerRow.told.is_(False), HeldAnswerRow.state != HeldState.WAITING.value
            )
            if conversation_id is not None:
                rows = rows.filter(HeldAnswerRow.conversation_id == conversation_id)
            return tuple(self._read(row) for row in rows.order_by(HeldAnswerRow.decided_at, HeldAnswerRow.id))

    def mark_told(self, answer_id: str) -> None:
        """Note that the conversation has heard what was decided."""
        with self._database.writing(answer_id) as session:
            self._row(session, answer_id).told = True

    def edited_since(self, moment: datetime) -> tuple[HeldAnswer, ...]:
        """Return the answers sent with changes since a moment."""
        with self._database.session() as session:
            rows = session.query(HeldAnswerRow).filter(
                HeldAnswerRow.state == HeldState.EDITED.value, HeldAnswerRow.decided_at >= moment
            )
            return tuple(self._read(row) for row in rows.order_by(HeldAnswerRow.decided_at))

    @staticmethod
    def _row(session: Session, answer_id: str) -> HeldAnswerRow:
        row = session.query(HeldAnswerRow).filter_by(id=answer_id).with_for_update().first()
        if row is None:
            raise HeldAnswerUnknown("No answer waits for approval under this id.")
        return row

    def _read(self, row: HeldAnswerRow) -> HeldAnswer:
        content = self._database.cipher.decrypt_json(row.content_sealed)
        sent = self._database.cipher.decrypt_json(row.sent_sealed) if row.sent_sealed else {}
        return HeldAnswer(
            id=row.id,
            conversation_id=row.conversation_id,
            state=HeldState(row.state),
            reason=row.reason,
            question=content["question"],
            reply=content["reply"],
            at=row.at,
            sent=sent.get("text"),
            sent_masked=sent.get("masked"),
            decided_by=row.decided_by,
            decided_at=row.decided_at,
            told=row.told,
        )
