"""Citizens' reminders (催办) of their applications."""

from __future__ import annotations

from datetime import datetime

from storage.database import Database
from storage.errors import ApplicationUnknown
from storage.models import ApplicationRow, ReminderRow


class Reminders:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, receipt_number: str, since: datetime) -> bool:
        """Note a reminder; False where there was one since a moment already. Raises ApplicationUnknown."""
        now = self._database.now()
        with self._database.writing(receipt_number) as session:
            found = session.query(ApplicationRow.id).filter_by(receipt_number=receipt_number).first()
            if found is None:
                raise ApplicationUnknown(f"No application has the receipt number {receipt_number}.")
            of_it = session.query(ReminderRow.id).filter_by(application_id=found.id)
            if of_it.filter(ReminderRow.at >= since).first() is not None:
                return False
            session.add(ReminderRow(application_id=found.id, at=now))
        return True
