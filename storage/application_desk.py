"""Applications as the back office's desk sees them: lists without a citizen's data, and steps taken by staff."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import Session

from storage import provisional_numbers
from storage.application_records import NewFile
from storage.application_states import NEXT_STATES, ApplicationState
from storage.application_steps import ApplicationSteps
from storage.database import Database
from storage.errors import ApplicationMoved, ApplicationUnknown
from storage.models import ApplicationEventRow, ApplicationRow, OutboxRow, ProvisionalNumberRow, ReminderRow
from storage.outbox import OutboxState
from storage.supplements import Supplements, Wanted

OPEN = tuple(state for state, following in NEXT_STATES.items() if following and state is not ApplicationState.DRAFT)
DECIDED = tuple(state for state, following in NEXT_STATES.items() if not following)
MOST_OPEN = 5000
"""open applications that are looked at, longest in their state first"""
MOST_FOUND = 50


@dataclass(frozen=True)
class Handing:
    """Where an application is on its way to a department; a failure is a code that names nobody."""

    connector: str
    state: OutboxState
    attempts: int
    last_failure: str | None
    failing_since: datetime | None
    delivered_at: datetime | None


@dataclass(frozen=True)
class DeskEntry:
    """A line of the desk's lists."""

    receipt_number: str
    item_id: str
    state: ApplicationState
    submitted_at: datetime
    since: datetime
    """when it came into its state"""
    version: int
    """grows with each step: who takes one says which version they looked at"""
    staff_id: str | None
    """who of the staff took the last step that staff took"""
    reminders: int
    reminded_at: datetime | None
    handing: Handing | None
    """None where the back office decides itself"""


class ApplicationDesk:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._steps = ApplicationSteps(database)
        self._supplements = Supplements(database)

    def open(self, without: Collection[str] = (), item: str | None = None) -> tuple[DeskEntry, ...]:
        """Return what is not decided, longest in its state first; `without` some items."""
        with self._database.session() as session:
            rows = self._entries(session, OPEN, without, item).order_by(ApplicationRow.updated_at).limit(MOST_OPEN)
            return tuple(_read(row) for row in rows)

    def decided(
        self, without: Collection[str] = (), item: str | None = None, first: int = 0, limit: int = 50
    ) -> tuple[DeskEntry, ...]:
        """Return what is decided or withdrawn, newest first."""
        with self._database.session() as session:
            rows = self._entries(session, DECIDED, without, item).order_by(
                ApplicationRow.updated_at.desc(), ApplicationRow.receipt_number.desc()
            )
            return tuple(_read(row) for row in rows.offset(first).limit(limit))

    def count_decided(self, without: Collection[str] = (), item: str | None = None) -> int:
        """Return how many are decided or withdrawn."""
        with self._database.session() as session:
            return int(session.query(ApplicationRow.id).filter(*_among(DECIDED, without, item)).count())

    def items(self, without: Collection[str] = ()) -> tuple[str, ...]:
        """Return the items that there are applications for."""
        with self._database.session() as session:
            rows = session.query(ApplicationRow.item_id).filter(*_among((*OPEN, *DECIDED), without, None)).distinct()
            return tuple(sorted(item_id for (item_id,) in rows))

    def found(self, typed: str, without: Collection[str] = ()) -> tuple[DeskEntry, ...]:
        """Return the applications whose receipt number has these digits in a row, newest first; none for no digits.

        A whole provisional number finds its application too.
        """
        digits = re.sub(r"\D", "", typed)
        if not digits:
            return ()
        plain = func.replace(ApplicationRow.receipt_number, "-", "")
        index = self._database.cipher.blind_index(digits, provisional_numbers.INDEX)
        shown = select(ProvisionalNumberRow.application_id).where(ProvisionalNumberRow.number_index == index)
        with self._database.session() as session:
            rows = (
                self._entries(session, (*OPEN, *DECIDED), without, None)
                .filter(or_(plain.contains(digits, autoescape=True), ApplicationRow.id.in_(shown)))
                .order_by(ApplicationRow.submitted_at.desc(), ApplicationRow.receipt_number.desc())
                .limit(MOST_FOUND)
            )
            return tuple(_read(row) for row in rows)

    def entry(self, receipt_number: str) -> DeskEntry:
        """Return one application's line; raise ApplicationUnknown."""
        with self._database.session() as session:
            row = (
                self._entries(session, (*OPEN, *DECIDED), (), None)
                .filter(ApplicationRow.receipt_number == receipt_number)
                .first()
            )
        if row is None:
            raise ApplicationUnknown(f"No application has the receipt number {receipt_number}.")
        return _read(row)

    def others_open(self, receipt_number: str) -> tuple[str, ...]:
        """Return the receipt numbers of the same person's other open applications for the same item."""
        with self._database.session() as session:
            this = session.query(ApplicationRow).filter_by(receipt_number=receipt_number).first()
            if this is None or this.citizen_index is None:
                return ()
            rows = (
                session.query(ApplicationRow.receipt_number)
                .filter(
                    *_among(OPEN, (), this.item_id),
                    ApplicationRow.citizen_index == this.citizen_index,
                    ApplicationRow.id != this.id,
                )
                .order_by(ApplicationRow.receipt_number)
            )
            return tuple(receipt for (receipt,) in rows)

    def step(
        self,
        receipt_number: str,
        version: int,
        state: ApplicationState,
        staff_id: str,
        note: str = "",
        files: Sequence[NewFile] = (),
        wanted: Wanted | None = None,
    ) -> None:
        """Take a step of staff, with what is asked for or issued, in one transaction.

        Raises:
            ApplicationUnknown: no application has this number.
            ApplicationMoved: somebody took another step since the version that was looked at.
            TransitionRefused: the state machine does not have this step.
        """
        now = self._database.now()
        with self._database.writing(receipt_number) as session:
            row = session.query(ApplicationRow).filter_by(receipt_number=receipt_number).with_for_update().first()
            if row is None:
                raise ApplicationUnknown(f"No application has the receipt number {receipt_number}.")
            newest = session.query(func.max(ApplicationEventRow.id)).filter_by(application_id=row.id).scalar()
            if newest != version:
                raise ApplicationMoved(f"Application {receipt_number} was moved on meanwhile.")
            self._steps.take(session, row, state, now, note, files, staff_id)
            if wanted is not None:
                session.add(self._supplements.row(row.id, wanted, staff_id, now))

    @staticmethod
    def _entries(
        session: Session, states: Collection[ApplicationState], without: Collection[str], item: str | None
    ) -> Any:
        event, of_it = ApplicationEventRow, ApplicationEventRow.application_id == ApplicationRow.id
        newest = select(func.max(event.id)).where(of_it).correlate(ApplicationRow).scalar_subquery()
        staff = (
            select(event.staff_id)
            .where(of_it, event.staff_id.isnot(None))
            .order_by(event.id.desc())
            .limit(1)
            .correlate(ApplicationRow)
            .scalar_subquery()
        )
        reminded = ReminderRow.application_id == ApplicationRow.id
        count = select(func.count(ReminderRow.id)).where(reminded).correlate(ApplicationRow).scalar_subquery()
        latest = select(func.max(ReminderRow.at)).where(reminded).correlate(ApplicationRow).scalar_subquery()
        return (
            session.query(
                ApplicationRow.receipt_number,
                ApplicationRow.item_id,
                ApplicationRow.state,
                ApplicationRow.submitted_at,
                ApplicationRow.updated_at,
                newest,
                staff,
                count,
                latest,
                OutboxRow,
            )
            .outerjoin(OutboxRow, OutboxRow.application_id == ApplicationRow.id)
            .filter(*_among(states, without, item))
        )


def _among(states: Collection[ApplicationState], without: Collection[str], item: str | None) -> tuple[Any, ...]:
    return (
        ApplicationRow.state.in_([state.value for state in states]),
        ApplicationRow.item_id.notin_(list(without)) if without else true(),
        true() if item is None else ApplicationRow.item_id == item,
    )


def _read(row: Any) -> DeskEntry:
    receipt, item_id, state, submitted_at, since, version, staff_id, reminders, reminded_at, outbox = row
    handing = outbox and Handing(
        outbox.connector,
        OutboxState(outbox.state),
        outbox.attempts,
        outbox.last_failure,
        outbox.failing_since,
        outbox.delivered_at,
    )
    return DeskEntry(
        receipt,
        item_id,
        ApplicationState(state),
        submitted_at,
        since,
        version,
        staff_id,
        reminders,
        reminded_at,
        handing,
    )
