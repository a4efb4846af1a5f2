"""Read handoffs, and what was said in them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from storage.database import Database
from storage.desk_measures import signed_in
from storage.errors import HandoffUnknown
from storage.handoff_records import ACTIVE, Handoff, HandoffMessage, HandoffState, MessageRole
from storage.models import HandoffMessageRow, HandoffRow

# Made once: every reply asks it, and making it costs more than running it.
_WITH_PERSON = (
    select(HandoffRow.id)
    .where(
        HandoffRow.conversation_id == bindparam("conversation_id"), HandoffRow.state == HandoffState.WITH_PERSON.value
    )
    .limit(1)
)


class HandoffReader:
    """The reading side of `storage.handoffs.Handoffs`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def active(self, conversation_id: str) -> Handoff | None:
        """Return the handoff that is offered, queued or with a person; one indexed row."""
        with self._database.session() as session:
            row = self._active(session, conversation_id).first()
        return None if row is None else self._read(row)

    def get(self, handoff_id: str) -> Handoff:
        """Return a handoff; raise HandoffUnknown."""
        with self._database.session() as session:
            return self._read(self._row(session, handoff_id))

    def live(self) -> tuple[Handoff, ...]:
        """Return those that wait for a person or that one has: the queue's order, whatever their state."""
        return self._in_state(HandoffState.QUEUED, HandoffState.WITH_PERSON)

    def queue(self) -> tuple[Handoff, ...]:
        """Return those that wait for a person: the most urgent first, and of those the longest waiting."""
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
            present = signed_in(session, self._database.now())
            rows = (
                session.query(HandoffRow)
                .filter(HandoffRow.state == HandoffState.WITH_PERSON.value, HandoffRow.staff_id.not_in(present))
                .order_by(HandoffRow.queued_at)
                .all()
            )
        return tuple(self._read(row) for row in rows)

    def last_with_person(self, conversation_id: str) -> Handoff | None:
        """Return the conversation's latest handoff that a person had and that has ended."""
        with self._database.session() as session:
            row = (
                session.query(HandoffRow)
                .filter_by(conversation_id=conversation_id)
                .filter(HandoffRow.ended_at.is_not(None), HandoffRow.taken_at.is_not(None))
                .order_by(HandoffRow.ended_at.desc())
                .first()
            )
        return None if row is None else self._read(row)

    def is_with_person(self, conversation_id: str) -> bool:
        """Tell whether a person has the conversation now."""
        with self._database.session() as session:
            return session.execute(_WITH_PERSON, {"conversation_id": conversation_id}).first() is not None

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

    def _in_state(self, *states: HandoffState) -> tuple[Handoff, ...]:
        with self._database.session() as session:
            order = (HandoffRow.urgency.desc(), HandoffRow.queued_at, HandoffRow.opened_at, HandoffRow.id)
            among = HandoffRow.state.in_([state.value for state in states])
            rows = session.query(HandoffRow).filter(among).order_by(*order).all()
        return tuple(self._read(row) for row in rows)

    @staticmethod
    def _active(session: Session, conversation_id: str) -> Any:
        return session.query(HandoffRow).filter(
            HandoffRow.conversation_id == conversation_id,
            HandoffRow.state.in_([state.value for state in ACTIVE]),
        )

    @staticmethod
    def _row(session: Session, handoff_id: str) -> HandoffRow:
        row = session.query(HandoffRow).filter_by(id=handoff_id).with_for_update().first()
        if row is None:
            raise HandoffUnknown("No handoff has this id.")
        return row

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
            urgency=row.urgency,
            note=self._database.cipher.decrypt_text(row.note_sealed) if row.note_sealed else "",
            unanswered_by=row.unanswered_by,
            outcome=row.outcome,
            meant_for_staff=row.meant_for_staff,
            meant_for_department=row.meant_for_department,
            meant_at=row.meant_at,
            read_by_staff=row.read_by_staff,
            read_by_citizen=row.read_by_citizen,
        )
