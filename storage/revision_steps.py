"""The steps of a revision: begun, saved, submitted, and decided by a second person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import func
from sqlalchemy.orm import Session

from storage.database import Database
from storage.errors import (
    BaseOvertaken,
    DraftChanged,
    FourEyesRequired,
    NotTheAuthor,
    RevisionStepRefused,
    WindowEmpty,
)
from storage.models import GuideRevisionRow
from storage.revisions import EDITABLE, OPEN, Content, GuideRevisions, Revision, RevisionState, row_of

SUBJECT = "guide-revisions"


class RevisionSteps:
    """Write revisions; each step checks who takes it and whether the revision stands where it must."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read = GuideRevisions(database).read

    def begin(self, item_id: str, author_id: str, in_force: Content) -> Revision:
        """Return the author's open revision of the item, a new draft of what is in force when there is none."""
        now, seal = self._database.now(), self._database.cipher.encrypt_json
        with self._database.writing(SUBJECT) as session:
            row = (
                session.query(GuideRevisionRow)
                .filter(
                    GuideRevisionRow.item_id == item_id,
                    GuideRevisionRow.author_id == author_id,
                    GuideRevisionRow.state.in_([state.value for state in OPEN]),
                )
                .first()
            )
            if row is None:
                last = session.query(func.max(GuideRevisionRow.number)).filter_by(item_id=item_id).scalar()
                row = GuideRevisionRow(
                    id=uuid4().hex,
                    item_id=item_id,
                    number=(last or 0) + 1,
                    state=RevisionState.DRAFT.value,
                    content_sealed=seal(dict(in_force)),
                    base_sealed=seal(dict(in_force)),
                    base_id=_approved_last(session, item_id),
                    author_id=author_id,
                    why="",
                    remark="",
                    version=1,
                    created_at=now,
                    updated_at=now,
                )
                session.add(row)
                session.flush()
            return self._read(session, row)

    def save(
        self, revision_id: str, author_id: str, content: Content, version: int, why: str | None = None
    ) -> Revision:
        """Keep a draft, whatever it holds; raise DraftChanged when `version` is not the one last saved."""

        def step(session: Session, row: GuideRevisionRow) -> None:
            if row.version != version:
                raise DraftChanged("The draft was saved elsewhere meanwhile.")
            row.content_sealed = self._database.cipher.encrypt_json(dict(content))
            row.version = version + 1

        return self._by_author(revision_id, author_id, EDITABLE, step)

    def rebase(self, revision_id: str, author_id: str, content: Content, in_force: Content) -> Revision:
        """Put a draft on top of what is in force now; `content` is the draft with the newer guide taken in."""

        def step(session: Session, row: GuideRevisionRow) -> None:
            seal = self._database.cipher.encrypt_json
            row.content_sealed, row.base_sealed = seal(dict(content)), seal(dict(in_force))
            row.base_id = _approved_last(session, row.item_id)
            row.version += 1

        return self._by_author(revision_id, author_id, EDITABLE, step)

    def submit(
        self, revision_id: str, author_id: str, why: str, begins: datetime | None = None, ends: datetime | None = None
    ) -> Revision:
        """Ask a second person to approve a draft; raise WindowEmpty when it would never be in force."""

        def step(session: Session, row: GuideRevisionRow) -> None:
            _check_window(max(begins or self._database.now(), self._database.now()), ends)
            row.why, row.effective_from, row.effective_until = why, begins, ends
            row.state, row.submitted_at = RevisionState.SUBMITTED.value, self._database.now()

        return self._by_author(revision_id, author_id, EDITABLE, step)

    def withdraw(self, revision_id: str, author_id: str) -> Revision:
        """Make a submitted revision a draft again."""

        def step(session: Session, row: GuideRevisionRow) -> None:
            row.state = RevisionState.DRAFT.value

        return self._by_author(revision_id, author_id, (RevisionState.SUBMITTED,), step)

    def discard(self, revision_id: str, author_id: str) -> Revision:
        """Give a draft up; it stays in the history."""

        def step(session: Session, row: GuideRevisionRow) -> None:
            row.state = RevisionState.DISCARDED.value

        return self._by_author(revision_id, author_id, EDITABLE, step)

    def approve(self, revision_id: str, approver_id: str) -> Revision:
        """Put a submitted revision in force from its date, at the earliest now.

        Raises FourEyesRequired for its author, BaseOvertaken when another one was approved since it was begun, and
        WindowEmpty when its time is over.
        """
        now = self._database.now()

        def step(session: Session, row: GuideRevisionRow) -> None:
            if row.base_id != _approved_last(session, row.item_id):
                raise BaseOvertaken("Another revision of this item was approved since this draft was begun.")
            begins = max(row.effective_from or now, now)
            _check_window(begins, row.effective_until)
            row.effective_from, row.state = begins, RevisionState.APPROVED.value

        return self._decided(revision_id, approver_id, "", step)

    def return_(self, revision_id: str, approver_id: str, remark: str) -> Revision:
        """Give a submitted revision back to its author with a remark; raise FourEyesRequired for the author."""

        def step(session: Session, row: GuideRevisionRow) -> None:
            row.state = RevisionState.RETURNED.value

        return self._decided(revision_id, approver_id, remark, step)

    def _by_author(
        self,
        revision_id: str,
        author_id: str,
        states: tuple[RevisionState, ...],
        step: Callable[[Session, GuideRevisionRow], None],
    ) -> Revision:
        with self._database.writing(SUBJECT) as session:
            row = row_of(session, revision_id)
            if row.author_id != author_id:
                raise NotTheAuthor("Only the author may do this.")
            _check_state(row, states)
            step(session, row)
            row.updated_at = self._database.now()
            session.flush()
            return self._read(session, row)

    def _decided(
        self, revision_id: str, approver_id: str, remark: str, step: Callable[[Session, GuideRevisionRow], None]
    ) -> Revision:
        with self._database.writing(SUBJECT) as session:
            row = row_of(session, revision_id)
            _check_state(row, (RevisionState.SUBMITTED,))
            if row.author_id == approver_id:
                raise FourEyesRequired("A second person must decide about a revision, not its author.")
            step(session, row)
            last = session.query(func.max(GuideRevisionRow.decided_at)).filter_by(item_id=row.item_id).scalar()
            now = self._database.now()
            # Decisions about an item follow one another, however coarse the clock: the order says which one holds.
            row.decided_at = now if last is None else max(now, last + timedelta(microseconds=1))
            row.decided_by, row.remark, row.updated_at = approver_id, remark, now
            session.flush()
            return self._read(session, row)


def _check_state(row: GuideRevisionRow, states: tuple[RevisionState, ...]) -> None:
    if row.state not in [state.value for state in states]:
        raise RevisionStepRefused(f"The revision is {row.state}.")


def _check_window(begins: datetime, ends: datetime | None) -> None:
    if ends is not None and ends <= begins:
        raise WindowEmpty("The revision would end before it begins.")


def _approved_last(session: Session, item_id: str) -> str | None:
    row = (
        session.query(GuideRevisionRow.id)
        .filter_by(item_id=item_id, state=RevisionState.APPROVED.value)
        .order_by(GuideRevisionRow.decided_at.desc(), GuideRevisionRow.number.desc())
        .first()
    )
    return None if row is None else str(row.id)
