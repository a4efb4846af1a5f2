"""Conversations handed to a person: offered → queued → with a person → returned or closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func

from storage.desk_measures import signed_in, unanswered_since
from storage.errors import HandoffMeant, HandoffTaken, TransitionRefused
from storage.handoff_reader import HandoffReader
from storage.handoff_records import (
    ACTIVE,
    Handoff,
    HandoffMessage,
    HandoffReason,
    HandoffState,
    MessageRole,
    urgency_of,
)
from storage.handoff_steps import check_holder, kept_for_nobody, move
from storage.models import HandoffMessageRow, HandoffRow, StaffAccountRow, StaffSessionRow

__all__ = ["ACTIVE", "Handoff", "HandoffMessage", "HandoffReason", "HandoffState", "Handoffs", "MessageRole"]


class Handoffs(HandoffReader):
    """Offer a person, queue for one, and give a conversation to one and back; each step is one transaction."""

    def open(self, conversation_id: str, reason: str, summary: str) -> Handoff:
        """Offer a person; an active handoff of the conversation is returned, its reason the more urgent of both."""
        now = self._database.now()
        with self._database.writing(conversation_id) as session:
            row = self._active(session, conversation_id).with_for_update().first()
            if row is not None and urgency_of(reason) > row.urgency:
                row.reason, row.urgency = HandoffReason(reason).value, urgency_of(reason)
            if row is None:
                row = HandoffRow(
                    id=uuid4().hex,
                    conversation_id=conversation_id,
                    state=HandoffState.OFFERED.value,
                    reason=getattr(reason, "value", reason),
                    urgency=urgency_of(reason),
                    summary_sealed=self._database.cipher.encrypt_text(summary),
                    opened_at=now,
                    read_by_staff=0,
                    read_by_citizen=0,
                )
                session.add(row)
            return self._read(row)

    def enqueue(self, handoff_id: str, summary: str | None = None) -> Handoff:
        """Put an accepted offer (`summary`: what it is about now), or a conversation given up, in the queue."""
        changes: dict[str, Any] = {"staff_id": None}
        if summary is not None:
            changes["summary_sealed"] = self._database.cipher.encrypt_text(summary)
        return self._move(handoff_id, HandoffState.QUEUED, **changes)

    def decline(self, handoff_id: str) -> bool:
        """End an offer that was not accepted; say whether it still stood."""
        return self._move_from(HandoffState.OFFERED, handoff_id, HandoffState.CLOSED)

    def close_offers(self, made_before: datetime) -> int:
        """End the offers made before a moment that nobody accepted; return how many."""
        with self._database.session() as session:
            rows = session.query(HandoffRow.id).filter(
                HandoffRow.state == HandoffState.OFFERED.value, HandoffRow.opened_at < made_before
            )
            stale = [handoff_id for (handoff_id,) in rows]
        return sum(self.decline(handoff_id) for handoff_id in stale)

    def leave(self, handoff_id: str, leaves_message: bool = False) -> bool:
        """Take a citizen out of the queue, to the assistant or to leave a message; say whether they still waited."""
        state = HandoffState.CLOSED if leaves_message else HandoffState.RETURNED
        return self._move_from(HandoffState.QUEUED, handoff_id, state)

    def put_back_unanswered(self, handoff_id: str, since: datetime) -> Handoff | None:
        """Put a conversation whose citizen has waited for an answer since a moment back in the queue, at its old place.

        None where the person has answered meanwhile, or has it no longer.
        """
        with self._database.writing(handoff_id) as session:
            row = self._row(session, handoff_id)
            waits = unanswered_since(session, row) if row.state == HandoffState.WITH_PERSON.value else None
            if waits is None or waits > since:
                return None
            self._change(row, HandoffState.QUEUED)
            row.staff_id, row.unanswered_by = None, row.staff_id
            return self._read(row)

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
            present = signed_in(session, self._database.now())
            if present.filter(StaffSessionRow.staff_id == row.staff_id).first() is not None:
                raise HandoffTaken("The member of staff who has this conversation is signed in.")
            self._change(row, HandoffState.QUEUED)
            row.staff_id = None
            return self._read(row)

    def take(self, handoff_id: str, staff_id: str) -> Handoff:
        """Give a queued conversation to a member of staff; raise HandoffTaken when another has it.

        Raise HandoffMeant while it is kept for somebody else.
        """
        with self._database.writing(handoff_id) as session:
            row = self._row(session, handoff_id)
            if row.state == HandoffState.WITH_PERSON.value:
                if row.staff_id != staff_id:
                    raise HandoffTaken("Another member of staff has this conversation already.")
                return self._read(row)
            account = session.get(StaffAccountRow, staff_id)
            if not self._read(row).is_open_to(staff_id, None if account is None else account.department):
                raise HandoffMeant("This conversation is kept for somebody else.")
            self._change(row, HandoffState.WITH_PERSON)
            kept_for_nobody(row)
            row.staff_id, row.taken_at, row.unanswered_by = staff_id, self._database.now(), None
            return self._read(row)

    def hand_back(self, handoff_id: str, note: str = "", by: str | None = None) -> Handoff:
        """Return the conversation to the assistant, with what its person notes of it.

        `by`, the member of staff who does it, must still have it, or HandoffTaken is raised; so in what follows.
        """
        return self._move(handoff_id, HandoffState.RETURNED, by, **self._noted(note))

    def close(self, handoff_id: str, note: str = "", by: str | None = None, outcome: str | None = None) -> Handoff:
        """End it: declined, settled or given up; `outcome` says how, for the figures."""
        return self._move(handoff_id, HandoffState.CLOSED, by, outcome=outcome, **self._noted(note))

    def post(self, handoff_id: str, role: MessageRole, text: str, by: str | None = None) -> HandoffMessage:
        """Add a message to an active handoff; raise TransitionRefused when it has ended."""
        now = self._database.now()
        with self._database.writing(handoff_id) as session:
            row = self._row(session, handoff_id)
            if HandoffState(row.state) not in ACTIVE:
                raise TransitionRefused("This conversation is no longer with a person.")
            check_holder(row, by)
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

    def _move(self, handoff_id: str, state: HandoffState, by: str | None = None, **changes: Any) -> Handoff:
        with self._database.writing(handoff_id) as session:
            row = self._row(session, handoff_id)
            check_holder(row, by)
            if row.state != state.value:
                self._change(row, state)
                for name, value in changes.items():
                    setattr(row, name, value)
            return self._read(row)

    def _move_from(self, expected: HandoffState, handoff_id: str, state: HandoffState) -> bool:
        """Move a handoff that stands where it is expected; say whether it did."""
        with self._database.writing(handoff_id) as session:
            row = self._row(session, handoff_id)
            if row.state != expected.value:
                return False
            self._change(row, state)
            return True

    def _noted(self, note: str) -> dict[str, Any]:
        return {"note_sealed": self._database.cipher.encrypt_text(note)} if note else {}

    def _change(self, row: HandoffRow, state: HandoffState) -> None:
        move(row, state, self._database.now())
