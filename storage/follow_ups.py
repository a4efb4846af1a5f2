"""Follow-ups of low ratings: open → contacted → closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import and_, func
from sqlalchemy.orm import Session, aliased

from storage.database import Database
from storage.errors import FollowUpUnknown, TransitionRefused
from storage.models import FollowUpNoteRow, FollowUpRow, RatingRow
from storage.rating_records import FollowUp, FollowUpNote, FollowUpOutcome, FollowUpState, RatedKind
from storage.ratings import read_rating

__all__ = ["FollowUp", "FollowUpNote", "FollowUpOutcome", "FollowUpState", "FollowUps"]

_CLOSED = FollowUpState.CLOSED.value


class FollowUps:
    """Each step is one transaction; one that is closed is changed no more (TransitionRefused)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self) -> tuple[FollowUp, ...]:
        """Return those that are not closed, the first due first."""
        with self._database.session() as session:
            rows = self._rows(session).filter(FollowUpRow.state != _CLOSED)
            return tuple(map(self._read, rows.order_by(FollowUpRow.due_on, FollowUpRow.opened_at)))

    def closed(self, limit: int = 50) -> tuple[FollowUp, ...]:
        """Return those closed last, newest first."""
        with self._database.session() as session:
            rows = self._rows(session).filter(FollowUpRow.state == _CLOSED)
            return tuple(map(self._read, rows.order_by(FollowUpRow.closed_at.desc()).limit(limit)))

    def overdue(self, today: date) -> int:
        """Return how many should have been closed before today."""
        with self._database.session() as session:
            rows = session.query(func.count(FollowUpRow.id)).filter(
                FollowUpRow.state != _CLOSED, FollowUpRow.due_on < today
            )
            return int(rows.scalar())

    def get(self, follow_up_id: str) -> FollowUp:
        """Return one; raise FollowUpUnknown."""
        with self._database.session() as session:
            found = self._rows(session).filter(FollowUpRow.id == follow_up_id).first()
            if found is None:
                raise FollowUpUnknown("No follow-up has this id.")
            return self._read(found)

    def due_on(self, rating_id: str) -> date | None:
        """Return by when the follow-up of a rating is due, or None where nothing is followed up."""
        with self._database.session() as session:
            found = session.query(FollowUpRow.due_on).filter_by(rating_id=rating_id).scalar()
        return found

    def notes(self, follow_up_id: str) -> tuple[FollowUpNote, ...]:
        """Return what was written in one, oldest first."""
        decrypt = self._database.cipher.decrypt_text
        with self._database.session() as session:
            rows = session.query(FollowUpNoteRow).filter_by(follow_up_id=follow_up_id).order_by(FollowUpNoteRow.seq)
            return tuple(
                FollowUpNote(row.seq, row.staff_id, decrypt(row.text_sealed), row.told, row.at) for row in rows
            )

    def assign(self, follow_up_id: str, staff_id: str | None) -> None:
        """Give it to a member of staff, or to nobody."""
        with self._database.writing(follow_up_id) as session:
            self._pending_row(session, follow_up_id).assigned_to = staff_id

    def add_note(self, follow_up_id: str, staff_id: str, text: str, told: bool = False) -> None:
        """Keep what was written; `told` says that the citizen was told it."""
        with self._database.writing(follow_up_id) as session:
            self._pending_row(session, follow_up_id)
            last = session.query(func.max(FollowUpNoteRow.seq)).filter_by(follow_up_id=follow_up_id).scalar()
            session.add(
                FollowUpNoteRow(
                    follow_up_id=follow_up_id,
                    seq=(last or 0) + 1,
                    staff_id=staff_id,
                    text_sealed=self._database.cipher.encrypt_text(text),
                    told=told,
                    at=self._database.now(),
                )
            )

    def contacted(self, follow_up_id: str, staff_id: str) -> None:
        """Note that the citizen was reached, the first time it is said; who says so has it unless somebody had."""
        with self._database.writing(follow_up_id) as session:
            row = self._pending_row(session, follow_up_id)
            row.state = FollowUpState.CONTACTED.value
            row.contacted_at = row.contacted_at or self._database.now()
            row.assigned_to = row.assigned_to or staff_id

    def close(
        self, follow_up_id: str, staff_id: str, outcome: FollowUpOutcome, findings: str, agrees: bool | None
    ) -> None:
        """End it with what was found and whether the citizen agrees.

        Raises:
            TransitionRefused: the citizen was not contacted, and is not said to be unreachable either; or it is closed.
        """
        with self._database.writing(follow_up_id) as session:
            row = self._pending_row(session, follow_up_id)
            if row.state == FollowUpState.OPEN.value and outcome is not FollowUpOutcome.UNREACHABLE:
                raise TransitionRefused("The citizen has not been contacted.")
            row.state, row.outcome, row.agrees = _CLOSED, FollowUpOutcome(outcome).value, agrees
            row.findings_sealed = self._database.cipher.encrypt_text(findings)
            row.closed_at, row.closed_by = self._database.now(), staff_id
            row.assigned_to = row.assigned_to or staff_id

    @staticmethod
    def _rows(session: Session) -> Any:
        second = aliased(RatingRow)
        is_second = and_(second.subject_kind == RatedKind.FOLLOW_UP.value, second.subject_id == FollowUpRow.id)
        return (
            session.query(FollowUpRow, RatingRow, second.level)
            .join(RatingRow, RatingRow.id == FollowUpRow.rating_id)
            .outerjoin(second, is_second)
        )

    @staticmethod
    def _pending_row(session: Session, follow_up_id: str) -> FollowUpRow:
        row = session.query(FollowUpRow).filter_by(id=follow_up_id).with_for_update().first()
        if row is None:
            raise FollowUpUnknown("No follow-up has this id.")
        if row.state == _CLOSED:
            raise TransitionRefused("This follow-up is closed.")
        return row

    def _read(self, found: Any) -> FollowUp:
        row, rating, second_level = found
        return FollowUp(
            id=row.id,
            rating=read_rating(rating, self._database.cipher),
            state=FollowUpState(row.state),
            due_on=row.due_on,
            opened_at=row.opened_at,
            assigned_to=row.assigned_to,
            contacted_at=row.contacted_at,
            closed_at=row.closed_at,
            closed_by=row.closed_by,
            outcome=FollowUpOutcome(row.outcome) if row.outcome else None,
            agrees=row.agrees,
            findings=self._database.cipher.decrypt_text(row.findings_sealed) if row.findings_sealed else "",
            second_level=second_level,
        )
