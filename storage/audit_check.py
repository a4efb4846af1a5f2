"""Check the whole audit trail, step by step: where a row was edited, removed or added, and whether its end is there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from sqlalchemy import func, select

from storage.audit_anchor import AnchorBroken, Anchored, AuditAnchor
from storage.audit_records import START, head_seal, read_entry, readable_rows
from storage.database import Database
from storage.models import AuditHeadRow, AuditRow

STEP = 500
"""rows that are read at once"""


class AuditFaultKind(str, Enum):
    EDITED = "edited"
    MISSING = "missing"
    UNLINKED = "unlinked"
    END_MISSING = "end_missing"
    HEAD_MISSING = "head_missing"
    HEAD_EDITED = "head_edited"
    ADDED = "added"
    REPLACED = "replaced"
    ANCHOR_BROKEN = "anchor_broken"


_REASONS = {
    AuditFaultKind.EDITED: "Rows {seq} to {last} were edited.",
    AuditFaultKind.MISSING: "Rows {seq} to {last} are missing.",
    AuditFaultKind.UNLINKED: "Row {seq} does not follow from the one before it.",
    AuditFaultKind.END_MISSING: "Rows {seq} to {last} are missing at the end.",
    AuditFaultKind.HEAD_MISSING: "The head of the trail is missing; there are {seq} rows.",
    AuditFaultKind.HEAD_EDITED: "The head of the trail was edited; there are {seq} rows.",
    AuditFaultKind.ADDED: "Rows {seq} to {last} are more than the head of the trail tells of.",
    AuditFaultKind.REPLACED: "Row {seq} is another than the anchor outside the database holds: an end was cut off.",
    AuditFaultKind.ANCHOR_BROKEN: "The anchor outside the database cannot be read or was edited.",
}


@dataclass(frozen=True)
class AuditFault:
    """A place where the trail does not hold: from the row `seq`, or where it is missing, to the row `last`."""

    seq: int
    kind: AuditFaultKind
    last: int

    @property
    def reason(self) -> str:
        return _REASONS[self.kind].format(seq=self.seq, last=self.last)


class AuditCheck:
    """One check of the entries that there are when it begins; what is appended meanwhile is another check's."""

    def __init__(self, database: Database, anchor: AuditAnchor | None = None) -> None:
        """Note how long the trail is."""
        self._database = database
        self.faults: list[AuditFault] = []
        self.anchored: Anchored | None = None
        self._anchor_broken = False
        self._read_anchor(anchor)
        head = select(AuditHeadRow).where(AuditHeadRow.id == 1).subquery()
        with database.session() as session:  # one statement: on PostgreSQL two would see different moments
            self.length, *self._head = session.execute(
                select(
                    func.coalesce(func.max(AuditRow.seq), 0),
                    select(head.c.length).scalar_subquery(),
                    select(head.c.seal).scalar_subquery(),
                )
            ).one()
        self._previous: str | None = START
        self.done = 0
        """the row up to which was checked"""

    @property
    def is_done(self) -> bool:
        return self.done >= self.length

    def step(self) -> None:
        """Check the next rows; after the last ones, the end."""
        with self._database.session() as session:
            wanted = select(AuditRow.seq).where(AuditRow.seq > self.done, AuditRow.seq <= self.length)
            seqs = list(session.execute(wanted.order_by(AuditRow.seq).limit(STEP)).scalars())
            rows = {row.seq: row for row in readable_rows(session, seqs)}
        for seq in seqs:
            self._check(seq, rows.get(seq))
        if not seqs:
            self.done = self.length

    def finish(self) -> tuple[AuditFault, ...]:
        """Check what is left, and return every fault, in the order of the rows."""
        while not self.is_done:
            self.step()
        self._check_end()
        return tuple(sorted(self.faults, key=lambda fault: (fault.seq, fault.last)))

    def _check(self, seq: int, row: AuditRow | None) -> None:
        expected, self.done = self.done + 1, seq
        if seq != expected:
            self.faults.append(AuditFault(expected, AuditFaultKind.MISSING, seq - 1))
        if row is None or not read_entry(self._database.cipher, row).is_genuine:
            self._edited(seq)
            self._previous = None  # what follows an edited row has nothing to be held against
            return
        if seq == expected and self._previous not in (None, row.previous_hash):
            self.faults.append(AuditFault(seq, AuditFaultKind.UNLINKED, seq))
        if self.anchored is not None and seq == self.anchored.seq and row.hash != self.anchored.hash:
            self.faults.append(AuditFault(seq, AuditFaultKind.REPLACED, seq))
        self._previous = row.hash

    def _edited(self, seq: int) -> None:
        """Tell of an edited row, together with those right before it."""
        last = self.faults[-1] if self.faults else None
        if last is not None and last.kind is AuditFaultKind.EDITED and last.last == seq - 1:
            self.faults[-1] = replace(last, last=seq)
        else:
            self.faults.append(AuditFault(seq, AuditFaultKind.EDITED, seq))

    def _check_end(self) -> None:
        counted = self._check_head()
        if self._anchor_broken:
            self.faults.append(AuditFault(self.length, AuditFaultKind.ANCHOR_BROKEN, self.length))
        if self.anchored is not None and self.anchored.seq > max(self.length, counted):
            self.faults.append(AuditFault(self.length + 1, AuditFaultKind.END_MISSING, self.anchored.seq))

    def _check_head(self) -> int:
        """Check the head; return how many rows it tells of."""
        length, seal = self._head
        if seal is None:
            if self.length:
                self.faults.append(AuditFault(self.length, AuditFaultKind.HEAD_MISSING, self.length))
            return 0
        if seal != head_seal(self._database.cipher, length):
            self.faults.append(AuditFault(self.length, AuditFaultKind.HEAD_EDITED, self.length))
            return 0
        if length > self.length:
            self.faults.append(AuditFault(self.length + 1, AuditFaultKind.END_MISSING, length))
        elif length < self.length:
            self.faults.append(AuditFault(length + 1, AuditFaultKind.ADDED, self.length))
        return int(length)

    def _read_anchor(self, anchor: AuditAnchor | None) -> None:
        try:
            self.anchored = None if anchor is None else anchor.read()
        except AnchorBroken:
            self._anchor_broken = True
