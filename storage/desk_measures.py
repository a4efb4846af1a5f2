"""What the desk does, measured: who is there, how long conversations last, whose citizen waits for an answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from storage.database import Database
from storage.handoff_records import HandoffState, MessageRole
from storage.models import HandoffMessageRow, HandoffRow, StaffAccountRow, StaffSessionRow
from storage.staff import StaffRole

MEASURED = 40
"""conversations; older ones say little of today's desk"""
MEASURED_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class DeskState:
    """What an estimate of the waiting time is made from; durations in seconds."""

    present: int
    """members of staff who are signed in and talk with citizens"""
    running_for: tuple[float, ...]
    """how long each conversation with one of them lasts already"""
    lasted: tuple[float, ...]
    """how long the latest conversations with a person lasted, the newest first"""


class DeskMeasures:
    """Read what the desk does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, roles: Collection[StaffRole]) -> DeskState:
        """Return the state of the desk; `roles` are those who talk with citizens."""
        now = self._database.now()
        with self._database.session() as session:
            here = signed_in(session, now).filter(StaffAccountRow.role.in_([role.value for role in roles]))
            running = (
                session.query(HandoffRow.staff_id, HandoffRow.taken_at)
                .filter(HandoffRow.state == HandoffState.WITH_PERSON.value, HandoffRow.staff_id.in_(here))
                .all()
            )
            present = here.distinct().count()
            ended = (
                session.query(HandoffRow.taken_at, HandoffRow.ended_at)
                .filter(HandoffRow.staff_id.is_not(None), HandoffRow.taken_at.is_not(None))  # not put back, and left
                .filter(HandoffRow.ended_at > now - MEASURED_WITHIN)
                .order_by(HandoffRow.ended_at.desc())
                .limit(MEASURED)
                .all()
            )
        return DeskState(
            present,
            tuple((now - taken_at).total_seconds() for _, taken_at in running),
            tuple((ended_at - taken_at).total_seconds() for taken_at, ended_at in ended if ended_at > taken_at),
        )

    def unanswered(self, since: datetime) -> tuple[str, ...]:
        """Return the handoffs with a person whose citizen has waited for an answer since a moment, or longer."""
        with self._database.session() as session:
            rows = session.query(HandoffRow).filter(
                HandoffRow.state == HandoffState.WITH_PERSON.value, HandoffRow.taken_at <= since
            )
            waiting = ((row.id, unanswered_since(session, row)) for row in rows.all())
            return tuple(handoff_id for handoff_id, waits in waiting if waits is not None and waits <= since)


def signed_in(session: Session, now: datetime) -> Any:
    """Return a query of the ids of the staff who have a living session."""
    return (
        session.query(StaffSessionRow.staff_id)
        .join(StaffAccountRow, StaffAccountRow.id == StaffSessionRow.staff_id)
        .filter(StaffSessionRow.expires_at > now, StaffAccountRow.enabled.is_(True))
    )


def unanswered_since(session: Session, row: Any) -> datetime | None:
    """Return since when the citizen of a conversation with a person waits for an answer, or None.

    Since it was taken, until the person has written; then since the first message that came after the person's last.
    """
    messages = session.query(HandoffMessageRow).filter_by(handoff_id=row.id)
    answered = (
        messages.filter(HandoffMessageRow.role == MessageRole.STAFF.value, HandoffMessageRow.at >= row.taken_at)
        .with_entities(func.max(HandoffMessageRow.seq))
        .scalar()
    )
    if answered is None:
        return row.taken_at
    said = messages.filter(HandoffMessageRow.role == MessageRole.CITIZEN.value, HandoffMessageRow.seq > answered)
    first = said.order_by(HandoffMessageRow.seq).first()
    return None if first is None else first.at
