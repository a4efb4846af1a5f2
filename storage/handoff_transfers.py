"""Conversations given to a colleague or a department: kept for them in the queue until they come, or do not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from storage.handoff_reader import HandoffReader
from storage.handoff_records import Handoff, HandoffState
from storage.handoff_steps import check_holder, kept_for_nobody, move


class HandoffTransfers(HandoffReader):
    """Each step is one transaction: a conversation is with one member of staff, or in the queue."""

    def to_colleague(self, handoff_id: str, by: str, staff_id: str) -> Handoff:
        """Put a conversation back in the queue, kept for a colleague; raise HandoffTaken where it is not `by`'s."""
        return self._transfer(handoff_id, by, staff_id, None)

    def to_department(self, handoff_id: str, by: str, department: str) -> Handoff:
        """Put a conversation back in the queue, kept for a department; raise HandoffTaken where it is not `by`'s."""
        return self._transfer(handoff_id, by, None, department)

    def kept(self) -> tuple[Handoff, ...]:
        """Return those that wait for somebody they were transferred to."""
        return tuple(handoff for handoff in self.queue() if handoff.is_meant)

    def open_to_all(self, handoff_id: str, meant_at: datetime) -> Handoff | None:
        """Let everybody take a conversation that was transferred at a moment; None where it was taken meanwhile."""
        with self._database.writing(handoff_id) as session:
            row = self._row(session, handoff_id)
            if row.state != HandoffState.QUEUED.value or row.meant_at != meant_at:
                return None
            kept_for_nobody(row)
            return self._read(row)

    def _transfer(self, handoff_id: str, by: str, staff_id: str | None, department: str | None) -> Handoff:
        now = self._database.now()
        with self._database.writing(handoff_id) as session:
            row = self._row(session, handoff_id)
            check_holder(row, by)
            move(row, HandoffState.QUEUED, now)
            row.staff_id, row.meant_at = None, now
            row.meant_for_staff, row.meant_for_department = staff_id, department
            return self._read(row)


def somebody_there(handoff: Handoff, present: Iterable[tuple[str, str | None]]) -> bool:
    """Tell whether one of those present (id, department) is whom a transferred conversation is kept for."""
    return any(handoff.is_open_to(staff_id, department) for staff_id, department in present)
