"""Revisions of guides: what each says, who wrote and approved it, and which is in force at a moment.

They are kept here, not in files: approving, its dates and its audit entry are one matter of accounts and moments, every
replica sees them at once, and sealed content cannot be altered without the key. `wenban items revisions export` writes
them back into the files.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import or_
from sqlalchemy.orm import Session

from storage.database import Database
from storage.errors import RevisionUnknown
from storage.models import GuideRevisionRow, StaffAccountRow

Content = Mapping[str, Any]
"""{guide: the item's fields, asks: facet → sentences}; a draft may also hold {text: what is no YAML yet}"""


class RevisionState(str, Enum):
    """Where a revision stands; `returned` is a draft again, with a remark of the second person."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    DISCARDED = "discarded"


EDITABLE = (RevisionState.DRAFT, RevisionState.RETURNED)
OPEN = (*EDITABLE, RevisionState.SUBMITTED)


@dataclass(frozen=True)
class Revision:
    id: str
    item_id: str
    number: int
    """counts from 1 within the item"""
    state: RevisionState
    author_id: str
    author: str
    decided_by: str | None
    """the id of the second person"""
    decider: str
    why: str
    """the author's reason"""
    remark: str
    """what the second person said"""
    effective_from: datetime | None
    """from approval on when None"""
    effective_until: datetime | None
    """exclusive; without end when None"""
    version: int
    """counts the savings of a draft"""
    base_id: str | None
    """the revision of the item that had been approved last when this one was begun"""
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    content: Content = field(repr=False)
    base: Content = field(repr=False)
    """what was in force when it was begun"""

    def holds_at(self, moment: datetime) -> bool:
        """Tell whether an approved revision's time includes a moment."""
        begun = self.effective_from is not None and self.effective_from <= moment
        return begun and (self.effective_until is None or moment < self.effective_until)


class GuideRevisions:
    """Read revisions; `RevisionSteps` writes them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._approved: dict[str, Revision] = {}  # an approved revision never changes
        self._reading = threading.Lock()

    def get(self, revision_id: str) -> Revision:
        """Return a revision; raise RevisionUnknown."""
        with self._database.session() as session:
            return self.read(session, row_of(session, revision_id))

    def of_item(self, item_id: str) -> tuple[Revision, ...]:
        """Return every revision of an item, the newest first."""
        return self._where(GuideRevisionRow.item_id == item_id)

    def open(self) -> tuple[Revision, ...]:
        """Return every draft and every submitted revision, the newest first."""
        return self._where(GuideRevisionRow.state.in_([state.value for state in OPEN]))

    def approved_ahead(self) -> tuple[Revision, ...]:
        """Return the approved revisions that are not in force yet."""
        return self._where(
            GuideRevisionRow.state == RevisionState.APPROVED.value,
            GuideRevisionRow.effective_from > self._database.now(),
        )

    def in_force(self) -> Mapping[str, Revision]:
        """Return the revision of each item that is in force now.

        Of several whose time includes now the one that began last holds; when it ends, the one before holds again.
        """
        now = self._database.now()
        with self._database.session() as session:
            rows = session.query(GuideRevisionRow.id, GuideRevisionRow.item_id).filter(
                GuideRevisionRow.state == RevisionState.APPROVED.value,
                GuideRevisionRow.effective_from <= now,
                or_(GuideRevisionRow.effective_until.is_(None), GuideRevisionRow.effective_until > now),
            )
            ordered = rows.order_by(GuideRevisionRow.effective_from, GuideRevisionRow.decided_at)
            chosen = {item_id: revision_id for revision_id, item_id in ordered}
            return {item_id: self._approved_one(session, one) for item_id, one in chosen.items()}

    def _approved_one(self, session: Session, revision_id: str) -> Revision:
        with self._reading:
            known = self._approved.get(revision_id)
            if known is None:
                known = self._approved[revision_id] = self.read(session, row_of(session, revision_id))
            return known

    def _where(self, *conditions: Any) -> tuple[Revision, ...]:
        with self._database.session() as session:
            rows = session.query(GuideRevisionRow).filter(*conditions)
            return tuple(self.read(session, row) for row in rows.order_by(GuideRevisionRow.created_at.desc()))

    def read(self, session: Session, row: GuideRevisionRow) -> Revision:
        """Return what a row holds, with the names that citizens and colleagues know the accounts by."""
        decrypt = self._database.cipher.decrypt_json
        return Revision(
            id=row.id,
            item_id=row.item_id,
            number=row.number,
            state=RevisionState(row.state),
            author_id=row.author_id,
            author=_name(session, row.author_id),
            decided_by=row.decided_by,
            decider=_name(session, row.decided_by),
            why=row.why,
            remark=row.remark,
            effective_from=row.effective_from,
            effective_until=row.effective_until,
            version=row.version,
            base_id=row.base_id,
            created_at=row.created_at,
            updated_at=row.updated_at,
            submitted_at=row.submitted_at,
            decided_at=row.decided_at,
            content=decrypt(row.content_sealed),
            base=decrypt(row.base_sealed),
        )


def row_of(session: Session, revision_id: str) -> GuideRevisionRow:
    """Return the row of a revision; raise RevisionUnknown."""
    row = session.get(GuideRevisionRow, revision_id)
    if row is None:
        raise RevisionUnknown(f"There is no revision {revision_id}.")
    return row


def _name(session: Session, staff_id: str | None) -> str:
    account = session.get(StaffAccountRow, staff_id) if staff_id else None
    return "" if account is None else str(account.display_name)
