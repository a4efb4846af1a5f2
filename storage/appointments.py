"""Seats of appointments: booked with the submission itself, given back when it is withdrawn or refused.

The storage knows no timetable: whoever submits says which window is wanted and how many seats it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage.database import Database
from storage.encryption import Cipher
from storage.errors import AlreadyBooked, SlotTaken
from storage.models import AppointmentRow

_SCOPE = "appointment"


@dataclass(frozen=True)
class Slot:
    """A window of a day at a place, by the schedule it is offered in."""

    schedule: str
    place: str
    day: date
    window: str


@dataclass(frozen=True)
class WantedSeat:
    slot: Slot
    capacity: int
    """how many seats the window has there"""
    matter: str = ""
    """of one matter a person has one appointment a day"""


@dataclass(frozen=True)
class Seat:
    slot: Slot
    number: int
    """from 1 to the capacity"""


def book(session: Session, cipher: Cipher, application_id: str, wanted: WantedSeat, holder: str | None) -> None:
    """Take the first free seat for an application, within the transaction that submits it.

    `holder` is the ID number of whom it is for; only a keyed hash of it is kept. Raises AlreadyBooked, SlotTaken.
    """
    slot = wanted.slot
    index = _holder_index(cipher, wanted, holder) if holder else None
    if index and session.query(AppointmentRow.seat).filter_by(holder_index=index).first() is not None:
        raise AlreadyBooked(AlreadyBooked.__doc__)
    taken = {seat for (seat,) in session.query(AppointmentRow.seat).filter_by(**vars(slot))}
    free = next((seat for seat in range(1, wanted.capacity + 1) if seat not in taken), None)
    if free is None:
        raise SlotTaken(SlotTaken.__doc__)
    session.add(AppointmentRow(application_id=application_id, **vars(slot), seat=free, holder_index=index))
    try:
        session.flush()
    except IntegrityError as error:  # somebody wrote beside the lock: the constraints have the last word
        raise SlotTaken(SlotTaken.__doc__) from error


def release(session: Session, application_id: str) -> bool:
    """Give the seat of an application back; say whether it had one."""
    rows = session.query(AppointmentRow).filter_by(application_id=application_id)
    return bool(rows.delete(synchronize_session=False))


class Appointments:
    """Read what is booked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def taken(self, schedule: str, place: str, first: date, last: date) -> Mapping[tuple[date, str], int]:
        """Return how many seats are taken by day and window, from the first to the last day; none where it is free."""
        with self._database.session() as session:
            rows = (
                session.query(AppointmentRow.day, AppointmentRow.window, func.count())
                .filter_by(schedule=schedule, place=place)
                .filter(AppointmentRow.day.between(first, last))
                .group_by(AppointmentRow.day, AppointmentRow.window)
            )
            return {(day, window): number for day, window, number in rows}

    def of(self, application_id: str) -> Seat | None:
        """Return the seat of an application, or None."""
        with self._database.session() as session:
            row = session.query(AppointmentRow).filter_by(application_id=application_id).first()
        return None if row is None else Seat(Slot(row.schedule, row.place, row.day, row.window), row.seat)


def _holder_index(cipher: Cipher, wanted: WantedSeat, holder: str) -> str:
    parts = (wanted.slot.schedule, holder, wanted.matter, wanted.slot.day.isoformat())
    return cipher.blind_index("\0".join(parts), _SCOPE)
