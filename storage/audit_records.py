"""An entry of the audit trail, how it is sealed into the chain, and how a row that was tampered with is still read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from storage.encryption import Cipher
from storage.errors import Undecipherable
from storage.models import AuditRow

START = "0" * 64
"""what the first row follows from"""
_NO_VALUES = (ValueError, TypeError, OverflowError)
"""what a column raises that holds no value of its type: SQLite lets anything be put there"""


@dataclass(frozen=True)
class AuditEntry:
    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, Any] = field(default_factory=dict)
    is_genuine: bool = True
    """whether the row is as it was written; of an edited one the details may be lost"""


def entry_hash(cipher: Cipher, entry: AuditEntry, previous: str) -> str:
    """Return the keyed hash of an entry that follows the row with the hash `previous`."""
    parts = [
        entry.seq,
        entry.at.isoformat(),
        entry.actor,
        entry.action,
        entry.subject,
        dict(entry.details),
        previous,
    ]
    return cipher.seal(json.dumps(parts, ensure_ascii=False, sort_keys=True))


def head_seal(cipher: Cipher, length: int) -> str:
    """Return the keyed hash of the head of a trail that has so many entries."""
    return cipher.seal(f"head {length}")


def read_entry(cipher: Cipher, row: AuditRow) -> AuditEntry:
    """Return a row as an entry, and whether it is as it was written; its place in the chain is not looked at."""
    written = (row.seq, row.at, row.actor, row.action, row.subject)
    try:
        entry = AuditEntry(*written, cipher.decrypt_json(row.details_sealed))
        genuine = row.hash == entry_hash(cipher, entry, row.previous_hash)
    except (Undecipherable, AttributeError, *_NO_VALUES):
        return AuditEntry(*written, is_genuine=False)
    return entry if genuine else AuditEntry(*written, entry.details, is_genuine=False)


def readable_rows(session: Session, seqs: Sequence[int]) -> list[AuditRow]:
    """Return the rows of these numbers, in their order; one whose columns hold no values of their types is left out."""
    found = {row.seq: row for row in _rows(session, seqs)}
    return [found[seq] for seq in seqs if seq in found]


def _rows(session: Session, seqs: Sequence[int]) -> list[AuditRow]:
    try:
        return list(session.query(AuditRow).filter(AuditRow.seq.in_(seqs)))
    except _NO_VALUES:
        if len(seqs) == 1:
            return []
    middle = len(seqs) // 2
    return [*_rows(session, seqs[:middle]), *_rows(session, seqs[middle:])]
