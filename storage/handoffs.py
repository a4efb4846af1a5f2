"""Conversations handed to a person: offered → queued → with a person → returned or closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import uuid4

from sqlalchemy import func
from sqlalchemy.orm import Session

from storage.database import Database
from storage.errors import HandoffTaken, HandoffUnknown, TransitionRefused
from storage.models import HandoffMessageRow, HandoffRow, StaffAccountRow, StaffSessionRow


class HandoffState(str, Enum):
    """Where a handoff stands; a conversation without an active handoff is the assistant's."""

    OFFERED = "offered"
    QUEUED = "queued"
    WITH_PERSON = "with_person"
    RETURNED = "returned"
    CLOSED = "closed"


ACTIVE = (HandoffState.OFFERED, HandoffState.QUEUED, HandoffState.WITH_PERSON)
NEXT_STATES = {
    HandoffState.OFFERED: {HandoffState.QUEUED, HandoffState.CLOSED},
    HandoffState.QUEUED: {HandoffState.WITH_PERSON, HandoffState.RETURNED, HandoffState.CLOSED},
    HandoffState.WITH_PERSON: {HandoffState.QUEUED, HandoffState.RETURNED, HandoffState.CLOSED},
    HandoffState.RETURNED: set(),
    HandoffState.CLOSED: set(),
}


class MessageRole(str, Enum):
    CITIZEN = "citizen"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True)
class Handoff:
    id: str
    conversation_id: str
    state: HandoffState
    reason: str
    summary: str
    staff_id: str | None
    opened_at: datetime
    queued_at: datetime | None
    taken_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class HandoffMessage:
    seq: int
    role: MessageRole
    text: str
    at: datetime


class Handoffs:
    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, conversation_id: str, reason: str, summary: str) -> Handoff:
        """Offer a person; an active handoff of the conversation is returned as it is."""
        now = self._database.now()
        with self._database.writing(conversation_id) as session:
            row = self._active(session, conversation_id).first()
            if row is None:
                row = HandoffRow(
                    id=uuid4().hex,
                    conversation_id=conversation_id,
                    state=HandoffState.OFFERED.value,
                    reason=reason,
                    summary_sealed=self._database.cipher.encrypt_text(summary),
                    opened_at=now,
                )
                session.add(row)
            return self._read(row)

    def active(self, conversation_id: str) -> Handoff | None:
        """Return the handoff that is offered, queued or with a person; one indexed row."""
        with self._database.session() as session:
            row = self._active(session, conversation_id).first()
        return None if row is None else self._read(row)

    def get(self, handoff_id: str) -> Handoff:
        """Return a handoff; raise HandoffUnknown."""
        with self._database.session() as session:
            return self._read(self._row(session, handoff_id))

    def queue(self) -> tuple[Handoff, ...]:
        """Return those that wait for a person, longest waiting first."""
        return self._in_state(HandoffState.QUEUED)

    def with_person(self, staff_id: str | None = None) -> tuple[Handoff, ...]:
        """Return those that a person has, of one member of staff or of all."""
        found = self._in_state(HandoffState.WITH_PERSON)
        return tuple(handoff for handoff in found if staff_id in (None, handoff.staff_id))

    def unattended(self) -> tuple[Handoff, ...]:
        """Return those whose person is signed in no longer, longest waiting first.

        Signed out, the session expired, or the account disabled: nobody reads what the citizen writes.
        """
        with self._database.session() as session:
            present = self._signed_in(session)
            rows = (
                session.query(HandoffRow)
                .filter(HandoffRow.state == HandoffState.WITH_PERSON.value, HandoffRow.staff_id.not_in(present))
                .order_by(HandoffRow.queued_at)
                .all()
            )
        return tuple(self._read(row) for row in rows)

    def enqueue(self, handoff_id: str) -> Handoff:
        """Put an accepted offer, or a conversation its person gives up, in the queue."""
        return self._move(handoff_id, HandoffState.QUEUED, staff_id=None)

    def requeue(self, handoff_id: str) -> Handoff:
        """Put a conversation whose person is signed in no longer back in the queue, at its old place.

        Raises:
            HandoffTaken: its person is signed in.
            TransitionRefused: no person has it.
        """
        with self._database.writing(handoff_id) as session:
            row = self._row(session, handoff_id)
            if row.state != HandoffState.WITH_PERSON.value:
                raise TransitionRefused("This conversation is not with a person.")
            if self._signed_in(session).filter(StaffSessionRow.staff_id == row.staff_id).first() is not None:
                raise HandoffTaken("The member of staff who has this conversation is signed in.")
            self._change(row, HandoffState.QUEUED)
            row.staff_id = None
            return self._read(row)

    def take(self, handoff_id: str, staff_id: str) -> Handoff:
        """Give a queued conversation to a member of staff; raise HandoffTaken when another has it."""
        with self._database.writing(handoff_id) as session:
            row = self._row(session, handoff_id)
            if row.state == HandoffState.WITH_PERSON.value:
                if row.staff_id != staff_id:
                    raise HandoffTaken("Another member of staff has this conversation already.")
                return self._read(row)
            self._change(row, HandoffState.WITH_PERSON)
            row.staff_id, row.taken_at = staff_id, self._database.now()
            return self._read(row)

    def hand_back(self, handoff_id: str) -> Handoff:
        """Return the conversation to the assistant."""
        return self._move(handoff_id, HandoffState.RETURNED)

    def close(self, handoff_id: str) -> Handoff:
        """End it: declined, settled or given up."""
        return self._move(handoff_id, HandoffState.CLOSED)

    def post(self, handoff_id: str, role: MessageRole, text: str) -> HandoffMessage:
        """Add a message to an active handoff; raise TransitionRefused when it has ended."""
        now = self._database.now()
        with self._database.writing(handoff_id) as session:
            row = self._row(session, handoff_id)
            if HandoffState(row.state) not in ACTIVE:
                raise TransitionRefused("This conversation is no longer with a person.")
            last = session.query(func.max(HandoffMessageRow.seq)).filter_by(handoff_id=handoff_id).scalar()
            seq = (last or 0) + 1
            session.add(
                HandoffMessageRow(
                    handoff_id=handoff_id,
                    seq=seq,
                    role=MessageRole(role).value,
                    text_sealed=self._database.cipher.encrypt_text(text),
                    at=now,
                )
            )
        return HandoffMessage(seq, MessageRole(role), text, now)

    def messages(self, handoff_id: str, since: int = 0) -> tuple[HandoffMessage, ...]:
        """Return the messages after number `since`, oldest first."""
        with self._database.session() as session:
            rows = (
                session.query(HandoffMessageRow)
                .filter(HandoffMessageRow.handoff_id == handoff_id, HandoffMessageRow.seq > since)
                .order_by(HandoffMessageRow.seq)
                .all()
            )
        decrypt = self._database.cipher.decrypt_text
        return tuple(HandoffMessage(row.seq, MessageRole(row.role), decrypt(row.text_sealed), row.at) for row in rows)

    def _in_state(self, state: HandoffState) -> tuple[Handoff, ...]:
        with self._database.session() as session:
            rows = session.query(HandoffRow).filter_by(state=state.value).order_by(HandoffRow.queued_at).all()
        return tuple(self._read(row) for row in rows)

    @staticmethod
    def _active(session: Session, conversation_id: str) -> Any:
        return session.query(HandoffRow).filter(
            HandoffRow.conversation_id == conversation_id,
            HandoffRow.state.in_([state.value for state in ACTIVE]),
        )

    def _signed_in(self, session: Session) -> Any:
        """Return a query of the ids of the staff who have a living session."""
        return (
            session.query(StaffSessionRow.staff_id)
            .join(StaffAccountRow, StaffAccountRow.id == StaffSessionRow.staff_id)
            .filter(StaffSessionRow.expires_at > self._database.now(), StaffAccountRow.enabled.is_(True))
        )

    @staticmethod
    def _row(session: Session, handoff_id: str) -> HandoffRow:
        row = session.query(HandoffRow).filter_by(id=handoff_id).with_for_update().first()
        if row is None:
            raise HandoffUnknown("No handoff has this id.")
        return row

    def _move(self, handoff_id: str, state: HandoffState, **changes: Any) -> Handoff:
        with self._database.writing(handoff_id) as session:
            row = self._row(session, handoff_id)
            if row.state != state.value:
                self._change(row, state)
                for name, value in changes.items():
                    setattr(row, name, value)
            return self._read(row)

    def _change(self, row: HandoffRow, state: HandoffState) -> None:
        current = HandoffState(row.state)
        if state not in NEXT_STATES[current]:
            raise TransitionRefused(f"A handoff cannot go from {current.value} to {state.value}.")
        row.state = state.value
        if state is HandoffState.QUEUED:
            row.queued_at = row.queued_at or self._database.now()
        elif state not in ACTIVE:
            row.ended_at = self._database.now()

    def _read(self, row: HandoffRow) -> Handoff:
        return Handoff(
            id=row.id,
            conversation_id=row.conversation_id,
            state=HandoffState(row.state),
            reason=row.reason,
            summary=self._database.cipher.decrypt_text(row.summary_sealed),
            staff_id=row.staff_id,
            opened_at=row.opened_at,
            queued_at=row.queued_at,
            taken_at=row.taken_at,
            ended_at=row.ended_at,
        )
