"""Complaints and requests of citizens, taken as messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.models import ReportRow
from storage.receipts import next_receipt

PREFIX = "R"  # keeps the numbers of reports apart from the receipts of applications


@dataclass(frozen=True)
class Report:
    number: str
    conversation_id: str
    kind: str
    text: str
    place: str
    contact: str
    at: datetime


class Reports:
    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self, conversation_id: str, kind: str, text: str, place: str, contact: str, number: str | None = None
    ) -> str:
        """Keep a report and return its number: the given one, or `R` and then as a receipt's.

        A report whose number is there already is not kept twice.
        """
        content = {"text": text, "place": place, "contact": contact}
        with self._database.writing("reports") as session:
            if number is not None and session.get(ReportRow, number) is not None:
                return number
            number = number or PREFIX + next_receipt(session, "report", self._database.clock())
            session.add(
                ReportRow(
                    number=number,
                    conversation_id=conversation_id,
                    kind=kind,
                    content_sealed=self._database.cipher.encrypt_json(content),
                    at=self._database.now(),
                )
            )
        return number

    def get(self, number: str) -> Report | None:
        with self._database.session() as session:
            row = session.get(ReportRow, number)
        return None if row is None else self._read(row)

    def latest(self, limit: int = 50) -> tuple[Report, ...]:
        """Return the newest reports, newest first."""
        with self._database.session() as session:
            rows = session.query(ReportRow).order_by(ReportRow.at.desc(), ReportRow.number.desc()).limit(limit).all()
        return tuple(self._read(row) for row in rows)

    def _read(self, row: ReportRow) -> Report:
        content = self._database.cipher.decrypt_json(row.content_sealed)
        return Report(row.number, row.conversation_id, row.kind, **content, at=row.at)
