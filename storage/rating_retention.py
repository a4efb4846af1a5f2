"""Delete ratings, with what was followed up of them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.orm import Session

from storage.batches import batches, delete_rows, ids_of
from storage.models import FollowUpNoteRow, FollowUpRow, RatingRow
from storage.rating_records import FollowUpState, RatedKind


def delete_ratings_of(session: Session, conversation_ids: list[str]) -> Counter[str]:
    """Delete every rating of some conversations; return the rows by table."""
    return _delete(session, RatingRow.conversation_id.in_(conversation_ids))


def delete_expired_ratings(session: Session, limit: datetime) -> Counter[str]:
    """Delete the ratings given, or asked for and never given, before a moment; a follow-up still open keeps its own."""
    being_followed = session.query(FollowUpRow.rating_id).filter(FollowUpRow.state != FollowUpState.CLOSED.value)
    is_old = or_(RatingRow.rated_at < limit, and_(RatingRow.rated_at.is_(None), RatingRow.asked_at < limit))
    return _delete(session, and_(is_old, RatingRow.id.not_in(being_followed)))


def followed_conversations(session: Session) -> Any:
    """Return a query for the conversations with an open follow-up, which is decided by what was said in them."""
    return (
        session.query(RatingRow.conversation_id)
        .join(FollowUpRow, FollowUpRow.rating_id == RatingRow.id)
        .filter(FollowUpRow.state != FollowUpState.CLOSED.value)
    )


def _delete(session: Session, condition: Any) -> Counter[str]:
    counts: Counter[str] = Counter()
    for ids in batches(ids_of(session.query(RatingRow.id).filter(condition))):
        follow_ups = ids_of(session.query(FollowUpRow.id).filter(FollowUpRow.rating_id.in_(ids)))
        is_second = and_(RatingRow.subject_kind == RatedKind.FOLLOW_UP.value, RatingRow.subject_id.in_(follow_ups))
        for table, own in (
            (FollowUpNoteRow, FollowUpNoteRow.follow_up_id.in_(follow_ups)),
            (FollowUpRow, FollowUpRow.id.in_(follow_ups)),
            (RatingRow, or_(RatingRow.id.in_(ids), is_second)),
        ):
            counts += delete_rows(session.query(table).filter(own))
    return counts
