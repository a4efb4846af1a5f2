"""Ratings of services: asked once for each, given once, changed within a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from storage.database import Database
from storage.encryption import Cipher
from storage.errors import RatingClosed, RatingUnknown
from storage.follow_up_steps import follow
from storage.models import RatingRow
from storage.rating_counts import RatingCounts
from storage.rating_records import LEVELS, LOW_LEVELS, Awaits, Given, RatedKind, Rating, Subject, joined

__all__ = ["LOW_LEVELS", "Given", "RatedKind", "Rating", "RatingPeriods", "Ratings", "Subject"]


@dataclass(frozen=True)
class RatingPeriods:
    """How long a rating is taken after it was asked for, and may be changed after it was given."""

    give: timedelta = timedelta(days=7)
    change: timedelta = timedelta(days=1)


class Ratings(RatingCounts):
    """Ask, give and change; a low rating opens its follow-up in the same transaction."""

    def __init__(self, database: Database, periods: RatingPeriods | None = None) -> None:
        super().__init__(database)
        self._periods = periods or RatingPeriods()

    def ask(self, subject: Subject) -> Rating | None:
        """Note that a service is asked about; None where it has been before: nothing is asked twice."""
        now = self._database.now()
        with self._database.writing(f"rating {subject.kind.value} {subject.id}") as session:
            known = session.query(RatingRow.id).filter_by(subject_kind=subject.kind.value, subject_id=subject.id)
            if known.first() is not None:
                return None
            row = RatingRow(
                id=uuid4().hex,
                conversation_id=subject.conversation_id,
                subject_kind=subject.kind.value,
                subject_id=subject.id,
                item_id=subject.item_id,
                staff_id=subject.staff_id,
                awaits=Awaits.LEVEL.value,
                reasons="",
                asked_at=now,
            )
            session.add(row)
            return read_rating(row, self._database.cipher)

    def give(self, rating_id: str, conversation_id: str, given: Given, due_on: date | None = None) -> Rating:
        """Keep what is said of a service; said again, nothing changes.

        A low level opens a follow-up, due on `due_on` (None: none is opened); a level that is raised again ends it.

        Raises:
            RatingUnknown: it was not asked for in this conversation.
            RatingClosed: it was asked for, or given, too long ago.
        """
        if given.level not in LEVELS:
            raise ValueError(f"A rating is one of {LEVELS}.")
        now = self._database.now()
        with self._database.writing(rating_id) as session:
            row = _row(session, rating_id, conversation_id)
            if read_rating(row, self._database.cipher).given == given:
                return read_rating(row, self._database.cipher)
            if now > _last_moment(row, self._periods):
                raise RatingClosed("This rating can be given or changed no longer.")
            row.level, row.reasons = given.level, joined(given.reasons)
            row.comment_sealed = self._database.cipher.encrypt_text(given.comment) if given.comment else None
            explained = given.level not in LOW_LEVELS or given.reasons or given.comment
            row.awaits = None if explained else Awaits.REASON.value
            row.rated_at, row.changed_at = row.rated_at or now, now
            follow(session, row, due_on, now)
            return read_rating(row, self._database.cipher)

    def get(self, rating_id: str, conversation_id: str) -> Rating:
        """Return a rating that was asked for in a conversation; raise RatingUnknown."""
        with self._database.session() as session:
            return read_rating(_row(session, rating_id, conversation_id), self._database.cipher)

    def awaiting(self, conversation_id: str, since: datetime) -> Rating | None:
        """Return the latest rating that the citizen's next words may answer, asked for or given since a moment."""
        with self._database.session() as session:
            row = (
                session.query(RatingRow)
                .filter(RatingRow.conversation_id == conversation_id, RatingRow.awaits.is_not(None))
                .order_by(RatingRow.asked_at.desc())
                .first()
            )
            if row is None or (row.changed_at or row.asked_at) < since:
                return None
            return read_rating(row, self._database.cipher)

    def last_given(self, conversation_id: str) -> Rating | None:
        """Return the rating of a conversation that was given or changed last."""
        with self._database.session() as session:
            rows = session.query(RatingRow).filter(
                RatingRow.conversation_id == conversation_id, RatingRow.changed_at.is_not(None)
            )
            row = rows.order_by(RatingRow.changed_at.desc()).first()
            return None if row is None else read_rating(row, self._database.cipher)

    def settle(self, rating_id: str, conversation_id: str) -> None:
        """Note that the citizen says no more of it; a page may still give it."""
        with self._database.writing(rating_id) as session:
            _row(session, rating_id, conversation_id).awaits = None

    def asked_since(self, conversation_id: str, since: datetime) -> bool:
        """Tell whether a conversation was asked for any rating since a moment."""
        with self._database.session() as session:
            rows = session.query(RatingRow.id).filter(
                RatingRow.conversation_id == conversation_id, RatingRow.asked_at >= since
            )
            return rows.first() is not None


def read_rating(row: RatingRow, cipher: Cipher) -> Rating:
    """Return a row of `ratings` as a record."""
    given = None
    if row.level is not None:
        comment = cipher.decrypt_text(row.comment_sealed) if row.comment_sealed else ""
        given = Given(row.level, tuple(filter(None, row.reasons.split(","))), comment)
    return Rating(
        id=row.id,
        subject=Subject(RatedKind(row.subject_kind), row.subject_id, row.conversation_id, row.item_id, row.staff_id),
        asked_at=row.asked_at,
        awaits=Awaits(row.awaits) if row.awaits else None,
        given=given,
        rated_at=row.rated_at,
    )


def _row(session: Session, rating_id: str, conversation_id: str) -> RatingRow:
    rows = session.query(RatingRow).filter_by(id=rating_id, conversation_id=conversation_id)
    row = rows.with_for_update().first()
    if row is None:
        raise RatingUnknown("No rating was asked for under this id.")
    return row


def _last_moment(row: RatingRow, periods: RatingPeriods) -> datetime:
    """Return until when a rating is taken."""
    return row.rated_at + periods.change if row.rated_at else row.asked_at + periods.give
