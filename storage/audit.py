"""The audit trail: who looked at or changed what, in a chain that shows tampering."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from storage.audit_anchor import AnchorBroken, AuditAnchor
from storage.audit_check import AuditCheck, AuditFault, AuditFaultKind
from storage.audit_records import START, AuditEntry, entry_hash, head_seal, read_entry, readable_rows
from storage.database import Database, Transaction
from storage.errors import AuditUnwritten, StorageError
from storage.models import AuditHeadRow, AuditRow

logger = logging.getLogger(__name__)

__all__ = ["AuditEntry", "AuditFault", "AuditFaultKind", "AuditTrail", "AuditWanted"]

EVERYTHING = 2**31 - 1
_BATCH = 500


@dataclass(frozen=True)
class AuditWanted:
    """Which entries are meant; what is None counts not."""

    actor: str | None = None
    actions: Collection[str] | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    """this moment is not counted in"""
    below: int | None = None
    """only entries with a smaller number"""


class AuditTrail:
    """Append-only: each row's keyed hash covers the row and the hash before it.

    A sealed head covers the length, an anchor outside the database that no older head was put back with its rows.
    """

    def __init__(self, database: Database, anchor: AuditAnchor | None = None) -> None:
        self.database = self._database = database
        self._anchor = anchor

    def append(self, actor: str, action: str, subject: str, details: Mapping[str, Any] | None = None) -> None:
        """Write that `actor` did `action` to `subject` (ids, no personal data).

        Within `Database.together` it stands if the deed does, and the deed if it does; raise AuditUnwritten, there when
        the transaction ends.
        """
        now, told = self._database.now().replace(microsecond=0), dict(details or {})
        with self._database.together() as transaction:
            transaction.at_the_end(lambda: self._write(transaction, AuditEntry(0, now, actor, action, subject, told)))

    def _write(self, transaction: Transaction, told: AuditEntry) -> None:
        cipher = self._database.cipher
        try:
            with self._database.writing("audit") as session:
                last = session.query(AuditRow.seq, AuditRow.hash).order_by(AuditRow.seq.desc()).first()
                head = session.get(AuditHeadRow, 1)
                length = max(0 if head is None else head.length, 0 if last is None else last.seq)
                entry = replace(told, seq=length + 1)
                previous = START if last is None else last.hash
                hash_ = entry_hash(cipher, entry, previous)
                anchor_holds = self._anchor_holds(session)
                session.add(
                    AuditRow(
                        seq=entry.seq,
                        at=entry.at,
                        actor=entry.actor,
                        action=entry.action,
                        subject=entry.subject,
                        details_sealed=cipher.encrypt_json(entry.details),
                        previous_hash=previous,
                        hash=hash_,
                    )
                )
                if head is None:
                    session.add(AuditHeadRow(id=1, length=entry.seq, seal=head_seal(cipher, entry.seq)))
                elif head.seal == head_seal(cipher, head.length):  # a broken seal stays broken: `verify` sees it
                    head.length, head.seal = entry.seq, head_seal(cipher, entry.seq)
        except (StorageError, SQLAlchemyError) as error:
            raise AuditUnwritten(AuditUnwritten.__doc__) from error
        if self._anchor is not None and anchor_holds:
            transaction.afterwards(partial(self._anchor.move, entry.seq, hash_))

    def entries(
        self, subject: str | None = None, limit: int = 200, wanted: AuditWanted | None = None
    ) -> tuple[AuditEntry, ...]:
        """Return the newest entries, newest first, of one subject or of all, or of what is `wanted`.

        One whose row holds no values of their types is left out; `verify` tells of it.
        """
        meant = wanted or AuditWanted(subject=subject)
        with self._database.session() as session:
            found = select(AuditRow.seq).where(*_conditions(meant)).order_by(AuditRow.seq.desc()).limit(limit)
            rows = readable_rows(session, list(session.execute(found).scalars()))
        return tuple(read_entry(self._database.cipher, row) for row in rows)

    def every(self, wanted: AuditWanted) -> Iterator[AuditEntry]:
        """Go through what is wanted, newest first, a part at a time."""
        below = EVERYTHING if wanted.below is None else wanted.below
        while part := self.entries(limit=_BATCH, wanted=replace(wanted, below=below)):
            yield from part
            below = part[-1].seq

    def count(self, wanted: AuditWanted) -> int:
        """Return how many entries are wanted."""
        with self._database.session() as session:
            found = select(func.count()).select_from(AuditRow).where(*_conditions(wanted))
            return int(session.execute(found).scalar_one())

    def check(self) -> AuditCheck:
        """Begin a check of the whole trail, for who wants to go step by step."""
        return AuditCheck(self._database, self._anchor)

    def verify(self) -> tuple[AuditFault, ...]:
        """Return every place where a row was edited, removed or added by another hand; none if all is well."""
        return self.check().finish()

    def _anchor_holds(self, session: Session) -> bool:
        """Tell whether the trail still has what is anchored; else the anchor stays, so that `verify` sees it."""
        try:
            anchored = None if self._anchor is None else self._anchor.read()
        except AnchorBroken as error:
            logger.error("The anchor of the audit trail is of no use: %s", error)
            return False
        if anchored is None:
            return True
        hash_ = session.query(AuditRow.hash).filter_by(seq=anchored.seq).scalar()
        return bool(hash_ == anchored.hash)


def _conditions(wanted: AuditWanted) -> Iterator[Any]:
    if wanted.actor is not None:
        yield AuditRow.actor == wanted.actor
    if wanted.actions is not None:
        yield AuditRow.action.in_(list(wanted.actions))
    if wanted.subject is not None:
        yield AuditRow.subject == wanted.subject
    if wanted.since is not None:
        yield AuditRow.at >= wanted.since
    if wanted.until is not None:
        yield AuditRow.at < wanted.until
    if wanted.below is not None:
        yield AuditRow.seq < wanted.below
