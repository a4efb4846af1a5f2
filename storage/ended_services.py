"""Services that have ended and were not asked about: conversations with a person, and applications."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import Session

from storage.application_states import ApplicationState
from storage.database import Database
from storage.handoff_records import HandoffReason, HandoffState, MessageRole
from storage.models import ApplicationEventRow, ApplicationRow, HandoffMessageRow, HandoffRow, RatingRow
from storage.rating_records import RatedKind, Subject

_ENDED_HANDOFFS = (HandoffState.RETURNED.value, HandoffState.CLOSED.value)
_ENDED_APPLICATIONS = (ApplicationState.ISSUED.value, ApplicationState.REFUSED.value)


class EndedServices:
    """Read what may be asked about."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unasked(self, since: datetime, without_items: tuple[str, ...] = ()) -> tuple[Subject, ...]:
        """Return what ended since a moment and was not asked about, in the order in which it ended.

        A person's conversation counts once the person has said something; an application, unless of one of
        `without_items`, once the citizen was told of its result.
        """
        with self._database.session() as session:
            found = [*_handoffs(session, since), *_applications(session, since, without_items)]
        return tuple(subject for _, subject in sorted(found, key=lambda one: one[0]))

    def had_emergency(self, conversation_id: str, since: datetime) -> bool:
        """Tell whether an emergency of the conversation is running, or ended since a moment."""
        with self._database.session() as session:
            rows = session.query(HandoffRow.id).filter(
                HandoffRow.conversation_id == conversation_id,
                HandoffRow.reason == HandoffReason.EMERGENCY.value,
                or_(HandoffRow.ended_at.is_(None), HandoffRow.ended_at >= since),
            )
            return rows.first() is not None


def _handoffs(session: Session, since: datetime) -> list[tuple[datetime, Subject]]:
    answered = exists().where(
        HandoffMessageRow.handoff_id == HandoffRow.id, HandoffMessageRow.role == MessageRole.STAFF.value
    )
    rows = session.query(HandoffRow).filter(
        HandoffRow.state.in_(_ENDED_HANDOFFS),
        HandoffRow.ended_at >= since,
        HandoffRow.staff_id.is_not(None),
        answered,
        ~_asked(RatedKind.HANDOFF, HandoffRow.id),
    )
    return [
        (row.ended_at, Subject(RatedKind.HANDOFF, row.id, row.conversation_id, staff_id=row.staff_id)) for row in rows
    ]


def _applications(session: Session, since: datetime, without_items: tuple[str, ...]) -> list[tuple[datetime, Subject]]:
    untold = exists().where(
        ApplicationEventRow.application_id == ApplicationRow.id, ApplicationEventRow.told.is_(False)
    )
    rows = session.query(ApplicationRow).filter(
        ApplicationRow.state.in_(_ENDED_APPLICATIONS),
        ApplicationRow.updated_at >= since,
        ApplicationRow.item_id.not_in(list(without_items)),
        ~untold,
        ~_asked(RatedKind.APPLICATION, ApplicationRow.id),
    )
    return [(row.updated_at, Subject(RatedKind.APPLICATION, row.id, row.conversation_id, row.item_id)) for row in rows]


def _asked(kind: RatedKind, subject_id: Any) -> Any:
    return exists().where(and_(RatingRow.subject_kind == kind.value, RatingRow.subject_id == subject_id))
