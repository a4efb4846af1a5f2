"""What is handed over to a connector: written with the submission itself, and kept until the application has ended.

The storage knows a connector by its name alone. One row an application; several processes may work on the rows: whoever
claims one holds it for a while (a lease), and what a process reports after its lease was given to another is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any
from uuid import uuid4

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from storage.application_states import ApplicationState
from storage.database import Database
from storage.models import ApplicationEventRow, ApplicationRow, OutboxRow, ProvisionalNumberRow

STUCK_AFTER = timedelta(days=1)
"""from then on a row that keeps failing is something a person should look at"""
AT_ONCE = timedelta(0)


class OutboxState(str, Enum):
    WAITING = "waiting"
    """to be handed over"""
    DELIVERED = "delivered"
    """the other side has it; it is asked what became of it"""
    REJECTED = "rejected"
    """the other side does not take it as it is: a person must look at it"""
    ENDED = "ended"


@dataclass(frozen=True)
class Handover:
    """One row; `reference` is what the other side calls the application, `last_failure` a code that names nobody."""

    application_id: str
    receipt_number: str
    connector: str
    state: OutboxState
    reference: str | None
    attempts: int
    """since the last success, the one under way counted in"""
    last_failure: str | None
    failing_since: datetime | None
    due_at: datetime | None
    queued_at: datetime
    delivered_at: datetime | None
    lease: str | None = None


def outbox_row(application_id: str, connector: str, now: datetime) -> OutboxRow:
    """Make the row of an application that is to be handed over at once; it belongs into the submitting transaction."""
    return OutboxRow(
        application_id=application_id,
        connector=connector,
        state=OutboxState.WAITING.value,
        attempts=0,
        due_at=now,
        queued_at=now,
    )


class Outbox:
    def __init__(self, database: Database) -> None:
        self._database = database

    def claim_due(self, connector: str, state: OutboxState, lease: timedelta, limit: int = 1) -> tuple[Handover, ...]:
        """Take the rows of a connector in a state that are due longest, and count an attempt; none is held by two."""
        now = self._database.now()
        due = and_(
            OutboxRow.connector == connector,
            OutboxRow.state == state.value,
            OutboxRow.due_at <= now,
            _is_free(now),
        )
        with self._database.session() as session:  # reading takes no lock, and most of the time nothing is due
            if session.query(OutboxRow.application_id).filter(due).first() is None:
                return ()
        return self._claim(due, now + lease, limit)

    def claim(self, receipt_number: str, lease: timedelta) -> Handover | None:
        """Take one row that has not ended, due or not; None when there is none or another process holds it."""
        now = self._database.now()
        application = select(ApplicationRow.id).where(ApplicationRow.receipt_number == receipt_number)
        wanted = and_(
            OutboxRow.application_id.in_(application), OutboxRow.state != OutboxState.ENDED.value, _is_free(now)
        )
        return next(iter(self._claim(wanted, now + lease, 1)), None)

    def delivered(self, claimed: Handover, reference: str, ask_in: timedelta) -> bool:
        """Note that the other side has the application under its reference; False when the lease was lost.

        A citizen who was given a provisional number is to be told.
        """
        now = self._database.now()
        with self._database.writing(claimed.application_id) as session:
            done = self._finished(
                session,
                claimed,
                state=OutboxState.DELIVERED.value,
                reference_sealed=self._database.cipher.encrypt_text(reference),
                delivered_at=now,
                due_at=now + ask_in,
                **_WELL,
            )
            if done:
                _tell_again(session, claimed.application_id)
            return done

    def asked(self, claimed: Handover, ask_in: timedelta) -> bool:
        """Note that its state is known and may be asked again later; False when the lease was lost."""
        return self._finish(claimed, due_at=self._database.now() + ask_in, **_WELL)

    def ended(self, claimed: Handover) -> bool:
        """Note that nothing more is to be done; False when the lease was lost."""
        return self._finish(claimed, state=OutboxState.ENDED.value, due_at=None, **_WELL)

    def failed(self, claimed: Handover, failure: str, retry_in: timedelta) -> bool:
        """Note a failure, as a code without personal data, and when to try again; False when the lease was lost."""
        now = self._database.now()
        since = claimed.failing_since or now
        return self._finish(claimed, last_failure=failure, failing_since=since, due_at=now + retry_in)

    def rejected(self, claimed: Handover, failure: str) -> bool:
        """Note that trying again would not help; the row stays, for a person; False when the lease was lost."""
        since = claimed.failing_since or self._database.now()
        state = OutboxState.REJECTED.value
        return self._finish(claimed, state=state, last_failure=failure, failing_since=since, due_at=None)

    def released(self, claimed: Handover) -> bool:
        """Give a row back as it was; False when the lease was lost."""
        return self._finish(claimed, attempts=claimed.attempts - 1)

    def retry(self, receipt_number: str) -> bool:
        """Make a row that fails or was rejected due at once; False when there is no such row."""
        row = self.of(receipt_number)
        if row is None or row.failing_since is None:
            return False
        state = OutboxState.DELIVERED if row.delivered_at else OutboxState.WAITING
        with self._database.writing(receipt_number) as session:
            changed = (
                session.query(OutboxRow)
                .filter(OutboxRow.application_id == row.application_id, OutboxRow.failing_since.isnot(None))
                .update({"state": state.value, "due_at": self._database.now()}, synchronize_session=False)
            )
        return bool(changed)

    def of(self, receipt_number: str) -> Handover | None:
        """Return the row of an application, or None."""
        with self._database.session() as session:
            found = self._rows(session).filter(ApplicationRow.receipt_number == receipt_number).first()
        return None if found is None else self._read(*found)

    def troubled(self, failing_for: timedelta = STUCK_AFTER) -> tuple[Handover, ...]:
        """Return what a person should look at, longest first: rejected, or failing for so long."""
        limit = self._database.now() - failing_for
        trouble = or_(OutboxRow.state == OutboxState.REJECTED.value, OutboxRow.failing_since <= limit)
        with self._database.session() as session:
            rows = self._rows(session).filter(trouble).order_by(OutboxRow.failing_since).all()
        return tuple(self._read(*row) for row in rows)

    def counts(self) -> Mapping[tuple[str, OutboxState], int]:
        """Return how many rows there are by connector and state."""
        with self._database.session() as session:
            rows = session.query(OutboxRow.connector, OutboxRow.state, func.count()).group_by(
                OutboxRow.connector, OutboxRow.state
            )
            return {(connector, OutboxState(state)): number for connector, state, number in rows}

    def _claim(self, wanted: Any, until: datetime, limit: int) -> tuple[Handover, ...]:
        """Lease rows: PostgreSQL skips those that another process is just leasing, SQLite has one writer at a time."""
        lease = uuid4().hex
        with self._database.writing(lease) as session:
            ids = [
                found
                for (found,) in session.query(OutboxRow.application_id)
                .filter(wanted)
                .order_by(OutboxRow.due_at)
                .limit(limit)
                .with_for_update(skip_locked=True)
            ]
            session.query(OutboxRow).filter(OutboxRow.application_id.in_(ids), wanted).update(
                {"lease": lease, "leased_until": until, "attempts": OutboxRow.attempts + 1}, synchronize_session=False
            )
            rows = self._rows(session).filter(OutboxRow.lease == lease).order_by(OutboxRow.due_at).all()
            return tuple(self._read(*row) for row in rows)

    def _finish(self, claimed: Handover, **values: Any) -> bool:
        with self._database.writing(claimed.application_id) as session:
            return self._finished(session, claimed, **values)

    @staticmethod
    def _finished(session: Session, claimed: Handover, **values: Any) -> bool:
        held = session.query(OutboxRow).filter_by(application_id=claimed.application_id, lease=claimed.lease)
        return bool(held.update({**values, "lease": None, "leased_until": None}, synchronize_session=False))

    @staticmethod
    def _rows(session: Session) -> Any:
        return session.query(OutboxRow, ApplicationRow.receipt_number).join(
            ApplicationRow, ApplicationRow.id == OutboxRow.application_id
        )

    def _read(self, row: OutboxRow, receipt_number: str) -> Handover:
        sealed = row.reference_sealed
        return Handover(
            application_id=row.application_id,
            receipt_number=receipt_number,
            connector=row.connector,
            state=OutboxState(row.state),
            reference=None if sealed is None else self._database.cipher.decrypt_text(sealed),
            attempts=row.attempts,
            last_failure=row.last_failure,
            failing_since=row.failing_since,
            due_at=row.due_at,
            queued_at=row.queued_at,
            delivered_at=row.delivered_at,
            lease=row.lease,
        )


_WELL: Mapping[str, Any] = {"attempts": 0, "last_failure": None, "failing_since": None}


def _is_free(now: datetime) -> Any:
    return or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until <= now)


def _tell_again(session: Session, application_id: str) -> None:
    """Let the submission be news where the citizen was told, with a provisional number, that nobody had it yet."""
    if session.get(ProvisionalNumberRow, application_id) is not None:
        session.query(ApplicationEventRow).filter_by(
            application_id=application_id, state=ApplicationState.SUBMITTED.value
        ).update({ApplicationEventRow.told: False}, synchronize_session=False)
