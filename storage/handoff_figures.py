"""What the figures need of the handoffs of a period: reasons, moments and ends, nothing of what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import func

from storage.database import Database
from storage.handoff_records import HandoffState
from storage.models import AuditRow, HandoffRow

NO_ANSWER = "no-answer"
"""the action in the audit trail of a conversation that was taken from a person who did not answer in time; the handoff
itself forgets it when the next person takes it"""


class HandoffOutcome(str, Enum):
    """What became of a citizen who asked for a person."""

    WAITING = "waiting"
    WITH_PERSON = "with_person"
    HANDED_BACK = "handed_back"
    SETTLED = "settled"
    LEFT = "left"
    """back to the assistant before a person came"""
    LEFT_MESSAGE = "left_message"
    """left a message instead of waiting on"""


_ENDS = {
    (HandoffState.WITH_PERSON, True): HandoffOutcome.WITH_PERSON,
    (HandoffState.RETURNED, True): HandoffOutcome.HANDED_BACK,
    (HandoffState.CLOSED, True): HandoffOutcome.SETTLED,
    (HandoffState.RETURNED, False): HandoffOutcome.LEFT,
    (HandoffState.CLOSED, False): HandoffOutcome.LEFT_MESSAGE,
}
"""by state, and whether a person had the conversation"""


@dataclass(frozen=True)
class QueuedHandoff:
    """One that was queued for a person."""

    reason: str
    outcome: HandoffOutcome
    queued_at: datetime
    waited_seconds: float | None
    """until a person took it, the last of them where one did not answer; None where nobody has it or had it"""
    handled_seconds: float | None
    """from then until it ended; None while it has not"""


class HandoffFigures:
    def __init__(self, database: Database) -> None:
        self._database = database

    def queued(self, since: datetime, until: datetime) -> tuple[QueuedHandoff, ...]:
        """Return the handoffs that were queued in a period, oldest first."""
        columns = (
            HandoffRow.reason,
            HandoffRow.state,
            HandoffRow.staff_id,
            HandoffRow.queued_at,
            HandoffRow.taken_at,
            HandoffRow.ended_at,
        )
        with self._database.session() as session:
            rows = (
                session.query(*columns)
                .filter(HandoffRow.queued_at >= since, HandoffRow.queued_at < until)
                .order_by(HandoffRow.queued_at)
                .all()
            )
        return tuple(_read(*row) for row in rows)

    def no_answers(self, since: datetime, until: datetime) -> int:
        """Return how often in a period a conversation was taken from a person who did not answer in time."""
        with self._database.session() as session:
            found = session.query(func.count()).filter(
                AuditRow.action == NO_ANSWER, AuditRow.at >= since, AuditRow.at < until
            )
            return int(found.scalar() or 0)


def _read(
    reason: str,
    state: str,
    staff_id: str | None,
    queued_at: datetime,
    taken_at: datetime | None,
    ended_at: datetime | None,
) -> QueuedHandoff:
    # Put back in the queue, a handoff keeps the moment it was taken and loses its person.
    taken = taken_at if staff_id is not None else None
    outcome = _ENDS.get((HandoffState(state), taken is not None), HandoffOutcome.WAITING)
    waited = _seconds(queued_at, taken) if taken else None
    handled = _seconds(taken, ended_at) if taken and ended_at else None
    return QueuedHandoff(reason, outcome, queued_at, waited, handled)


def _seconds(began: datetime, ended: datetime) -> float:
    """Return how long something lasted; nothing where the machine's clock was put back meanwhile."""
    return max((ended - began).total_seconds(), 0.0)
