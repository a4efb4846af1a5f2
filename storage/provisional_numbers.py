"""Provisional numbers (暂存号): what a citizen asks by while no department has taken the application yet."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session
from stdnum import damm

from storage.application_states import ApplicationState
from storage.database import Database
from storage.models import ApplicationRow, OutboxRow, ProvisionalNumberRow
from storage.outbox import OutboxState

LENGTH = 9
INDEX = "provisional-number"
"""the scope of the blind indexes over these numbers"""
UNDELIVERED = (OutboxState.WAITING, OutboxState.REJECTED)
_FORM = re.compile(rf"[2-9][0-9]{{{LENGTH - 1}}}")


def is_provisional_number(digits: str) -> bool:
    """Tell whether digits have the length and the check digit of a provisional number.

    The check digit is Damm's: one wrong digit and two swapped neighbours are noticed, always. No receipt number, ID
    number, bank card or mobile number has this length.
    """
    return bool(_FORM.fullmatch(digits)) and bool(damm.is_valid(digits))


def in_groups(number: str) -> str:
    """Return a provisional number as it is shown and said: 412-738-905."""
    return "-".join(number[place : place + 3] for place in range(0, LENGTH, 3))


def new_number() -> str:
    """Draw a number; it does not run on, so that no number tells of another."""
    body = f"{2 + secrets.randbelow(8)}{secrets.randbelow(10 ** (LENGTH - 2)):0{LENGTH - 2}d}"
    return body + str(damm.calc_check_digit(body))


@dataclass(frozen=True)
class Provisional:
    """The provisional number of an application, and how its handing over stands."""

    number: str
    state: OutboxState
    is_open: bool
    """whether the application waits for the department still: neither taken over there nor withdrawn here"""
    is_delivered: bool = False
    """whether the department has it, or had it"""


class ProvisionalNumbers:
    """One number an application, kept encrypted and found by a keyed hash; it lives as long as the application."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, receipt_number: str) -> Provisional | None:
        """Return the number of an application that its department does not have yet, drawing it the first time.

        None where the department has it, or nothing is to be handed over. Done again, it gives what the first time
        gave.
        """
        with self._database.session() as session:  # most have none: reading takes no lock
            found = self._found(session, receipt_number)
        if found is None or not found.is_open:
            return None
        if found.number:
            return found
        with self._database.writing(receipt_number) as session:
            row = session.query(ApplicationRow).filter_by(receipt_number=receipt_number).one_or_none()
            if row is not None:
                session.query(OutboxRow).filter_by(application_id=row.id).with_for_update().first()
            found = self._found(session, receipt_number)
            if row is None or found is None or not found.is_open:
                return None
            return found if found.number else replace(found, number=self._drawn(session, row.id))

    def of(self, receipt_number: str) -> Provisional | None:
        """Return the number that an application was given, or None; what has been handed over keeps its number."""
        with self._database.session() as session:
            found = self._found(session, receipt_number)
        return found if found is not None and found.number else None

    def index(self, number: str) -> str:
        """Return the keyed hash by which a number is found."""
        return self._database.cipher.blind_index(number, INDEX)

    def receipt_by(self, index: str) -> str | None:
        """Return the receipt number of the application whose provisional number has this hash, or None."""
        with self._database.session() as session:
            found = (
                session.query(ApplicationRow.receipt_number)
                .join(ProvisionalNumberRow, ProvisionalNumberRow.application_id == ApplicationRow.id)
                .filter(ProvisionalNumberRow.number_index == index)
                .scalar()
            )
        return None if found is None else str(found)

    def _found(self, session: Session, receipt_number: str) -> Provisional | None:
        """Return how a handing over stands, the number empty where none was given; None where there is none."""
        found = (
            session.query(OutboxRow, ApplicationRow.state, ProvisionalNumberRow.number_sealed)
            .join(ApplicationRow, ApplicationRow.id == OutboxRow.application_id)
            .outerjoin(ProvisionalNumberRow, ProvisionalNumberRow.application_id == OutboxRow.application_id)
            .filter(ApplicationRow.receipt_number == receipt_number)
            .first()
        )
        if found is None:
            return None
        outbox, application, sealed = found
        number = "" if sealed is None else self._database.cipher.decrypt_text(sealed)
        state = OutboxState(outbox.state)
        is_open = state in UNDELIVERED and application == ApplicationState.SUBMITTED.value
        return Provisional(number, state, is_open, outbox.delivered_at is not None)

    def _drawn(self, session: Session, application_id: str) -> str:
        number = new_number()
        while session.query(ProvisionalNumberRow).filter_by(number_index=self.index(number)).first() is not None:
            number = new_number()
        session.add(
            ProvisionalNumberRow(
                application_id=application_id,
                number_index=self.index(number),
                number_sealed=self._database.cipher.encrypt_text(number),
                given_at=self._database.now(),
            )
        )
        return number
