"""How a rating opens its follow-up and ends it again."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from storage.models import FollowUpRow, RatingRow
from storage.rating_records import LOW_LEVELS, FollowUpOutcome, FollowUpState


def follow(session: Session, rating: RatingRow, due_on: date | None, now: datetime) -> None:
    """Open the follow-up of a low rating, within the rating's transaction; end that of one that is low no longer.

    One that ended because the rating was raised is opened again when it falls again, and a rating that falls further
    is followed up sooner.
    """
    row = session.query(FollowUpRow).filter_by(rating_id=rating.id).with_for_update().first()
    is_low = rating.level in LOW_LEVELS
    if row is None:
        if is_low and due_on is not None:
            session.flush()
            session.add(
                FollowUpRow(
                    id=uuid4().hex,
                    rating_id=rating.id,
                    state=FollowUpState.OPEN.value,
                    due_on=due_on,
                    opened_at=now,
                )
            )
        return
    if is_low and row.outcome == FollowUpOutcome.CHANGED.value:
        row.state, row.outcome, row.closed_at = FollowUpState.OPEN.value, None, None
    elif not is_low and row.state != FollowUpState.CLOSED.value:
        row.state, row.outcome, row.closed_at = FollowUpState.CLOSED.value, FollowUpOutcome.CHANGED.value, now
    if is_low and due_on is not None and row.state != FollowUpState.CLOSED.value:
        row.due_on = min(row.due_on, due_on)  # a lower level leaves less time
