"""The audit trail: who looked at or changed what, in a chain that shows tampering."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from storage.database import Database
from storage.errors import Undecipherable
from storage.models import AuditHeadRow, AuditRow

START = "0" * 64


@dataclass(frozen=True)
class AuditEntry:
    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AuditFault:
    """A place where the trail does not hold; `seq` is the row, or where one is missing."""

    seq: int
    reason: str


class AuditTrail:
    """Append-only: each row's keyed hash covers the row and the hash before it, a sealed head covers the length."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, actor: str, action: str, subject: str, details: Mapping[str, Any] | None = None) -> int:
        """Write that `actor` did `action` to `subject` (ids, no personal data); return the entry's number."""
        now = self._database.now().replace(microsecond=0)
        with self._database.writing("audit") as session:
            last = session.query(AuditRow).order_by(AuditRow.seq.desc()).first()
            head = session.get(AuditHeadRow, 1)
            length = max(0 if head is None else head.length, 0 if last is None else last.seq)
            entry = AuditEntry(length + 1, now, actor, action, subject, dict(details or {}))
            previous = START if last is None else last.hash
            session.add(
                AuditRow(
                    seq=entry.seq,
                    at=entry.at,
                    actor=entry.actor,
                    action=entry.action,
                    subject=entry.subject,
                    details_sealed=self._database.cipher.encrypt_json(entry.details),
                    previous_hash=previous,
                    hash=self._hash(entry, previous),
                )
            )
            if head is None:
                session.add(AuditHeadRow(id=1, length=entry.seq, seal=self._head_seal(entry.seq)))
            elif head.seal == self._head_seal(head.length):  # a broken seal stays broken, so that `verify` sees it
                head.length, head.seal = entry.seq, self._head_seal(entry.seq)
            return entry.seq

    def entries(self, subject: str | None = None, limit: int = 200) -> tuple[AuditEntry, ...]:
        """Return the newest entries, newest first, of one subject or of all."""
        with self._database.session() as session:
            rows = session.query(AuditRow)
            if subject is not None:
                rows = rows.filter_by(subject=subject)
            return tuple(self._read(row) for row in rows.order_by(AuditRow.seq.desc()).limit(limit))

    def verify(self) -> tuple[AuditFault, ...]:
        """Return every place where a row was edited, removed or added by another hand; none if all is well."""
        faults: list[AuditFault] = []
        with self._database.session() as session:
            expected, previous = 1, START
            for row in session.query(AuditRow).order_by(AuditRow.seq).yield_per(500):
                if row.seq != expected:
                    faults.append(AuditFault(expected, f"Rows {expected} to {row.seq - 1} are missing."))
                elif row.previous_hash != previous:
                    faults.append(AuditFault(row.seq, "The row does not follow from the one before it."))
                if not self._is_genuine(row):
                    faults.append(AuditFault(row.seq, "The row was edited."))
                expected, previous = row.seq + 1, row.hash
            faults += self._head_faults(session, expected - 1)
        return tuple(faults)

    def _head_faults(self, session: Session, last: int) -> list[AuditFault]:
        head = session.get(AuditHeadRow, 1)
        if head is None:
            return [AuditFault(last, "The head of the trail is missing.")] if last else []
        if head.seal != self._head_seal(head.length):
            return [AuditFault(head.length, "The head of the trail was edited.")]
        if head.length > last:
            return [AuditFault(last + 1, f"Rows {last + 1} to {head.length} are missing at the end.")]
        if head.length < last:
            return [AuditFault(head.length + 1, "The trail is longer than its head says.")]
        return []

    def _is_genuine(self, row: AuditRow) -> bool:
        try:
            entry = self._read(row)
        except (Undecipherable, ValueError):
            return False
        return bool(row.hash == self._hash(entry, row.previous_hash))

    def _read(self, row: AuditRow) -> AuditEntry:
        details = self._database.cipher.decrypt_json(row.details_sealed)
        return AuditEntry(row.seq, row.at, row.actor, row.action, row.subject, details)

    def _hash(self, entry: AuditEntry, previous: str) -> str:
        parts = [
            entry.seq,
            entry.at.isoformat(),
            entry.actor,
            entry.action,
            entry.subject,
            dict(entry.details),
            previous,
        ]
        return self._database.cipher.seal(json.dumps(parts, ensure_ascii=False, sort_keys=True))

    def _head_seal(self, length: int) -> str:
        return self._database.cipher.seal(f"head {length}")
