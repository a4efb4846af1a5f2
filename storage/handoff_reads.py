"""Which messages of a conversation with a person were read, by the person and by the citizen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, case, func

from storage.database import Database
from storage.handoff_records import ACTIVE, MessageRole
from storage.handoff_steps import check_holder
from storage.models import HandoffMessageRow, HandoffRow


@dataclass(frozen=True)
class MessageCounts:
    """How far a conversation has come."""

    last: int = 0
    """the number of its last message"""
    unread: int = 0
    """messages of the citizen that the person has not seen"""


class HandoffReads:
    """A mark only moves on, and never beyond what was said."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_staff(self, handoff_id: str, staff_id: str, seq: int) -> int | None:
        """Note up to which message the member of staff who has it has read; return the mark if it moved.

        Raises:
            HandoffTaken: they have it no longer.
        """
        return self._mark(handoff_id, "read_by_staff", seq, staff_id)

    def by_citizen(self, handoff_id: str, seq: int) -> int | None:
        """Note up to which message the citizen has read; return the mark if it moved."""
        return self._mark(handoff_id, "read_by_citizen", seq, None)

    def counts(self, handoff_ids: Collection[str]) -> Mapping[str, MessageCounts]:
        """Return the counts of some handoffs; one without messages is left out."""
        unread = and_(
            HandoffMessageRow.role == MessageRole.CITIZEN.value, HandoffMessageRow.seq > HandoffRow.read_by_staff
        )
        with self._database.session() as session:
            rows = (
                session.query(
                    HandoffMessageRow.handoff_id,
                    func.max(HandoffMessageRow.seq),
                    func.sum(case((unread, 1), else_=0)),
                )
                .join(HandoffRow, HandoffRow.id == HandoffMessageRow.handoff_id)
                .filter(HandoffMessageRow.handoff_id.in_(list(handoff_ids)))
                .group_by(HandoffMessageRow.handoff_id)
                .all()
            )
        return {handoff_id: MessageCounts(last, int(unread)) for handoff_id, last, unread in rows}

    def _mark(self, handoff_id: str, column: str, seq: int, staff_id: str | None) -> int | None:
        with self._database.writing(handoff_id) as session:
            row = session.query(HandoffRow).filter_by(id=handoff_id).with_for_update().first()
            if row is None or row.state not in {state.value for state in ACTIVE}:
                return None
            check_holder(row, staff_id)
            last = session.query(func.max(HandoffMessageRow.seq)).filter_by(handoff_id=handoff_id).scalar() or 0
            mark = min(seq, last)
            if mark <= getattr(row, column):
                return None
            setattr(row, column, mark)
            return mark
