"""What the figures need of applications: how many came and went by day and item, and which are in the works."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_

from storage.application_states import ApplicationState
from storage.columns import local_day
from storage.database import Database
from storage.models import ApplicationEventRow, ApplicationRow

Moves = Mapping[tuple[date, str, ApplicationState], int]
"""how many applications for an item came into a state on a day"""


@dataclass(frozen=True)
class AcceptedApplication:
    """An application that was accepted, and when it ended where it has."""

    item_id: str
    accepted_at: datetime
    state: ApplicationState
    ended_at: datetime | None

    def is_open(self, moment: datetime) -> bool:
        """Tell whether it was in the works just before a moment."""
        return self.accepted_at < moment and (self.ended_at is None or self.ended_at >= moment)


class ApplicationFigures:
    def __init__(self, database: Database) -> None:
        self._database = database

    def moves(self, since: datetime, until: datetime) -> Moves:
        """Return how many applications came into which state, by the days of `since`'s zone; drafts are none.

        Each is submitted once: what is handed in again after a request for more is no further submission.
        """
        counts: dict[tuple[date, str, ApplicationState], int] = {}
        submitted = ApplicationState.SUBMITTED
        with self._database.session() as session:
            day = local_day(session, ApplicationRow.submitted_at, since.utcoffset())
            first = (
                session.query(day, ApplicationRow.item_id, func.count())
                .filter(ApplicationRow.submitted_at >= since, ApplicationRow.submitted_at < until)
                .group_by(day, ApplicationRow.item_id)
            )
            counts.update({(on, item_id, submitted): count for on, item_id, count in first})
            day = local_day(session, ApplicationEventRow.at, since.utcoffset())
            later = (
                session.query(day, ApplicationRow.item_id, ApplicationEventRow.state, func.count())
                .join(ApplicationRow, ApplicationRow.id == ApplicationEventRow.application_id)
                .filter(
                    ApplicationEventRow.at >= since,
                    ApplicationEventRow.at < until,
                    ApplicationEventRow.state != submitted.value,
                )
                .group_by(day, ApplicationRow.item_id, ApplicationEventRow.state)
            )
            counts.update({(on, item_id, ApplicationState(state)): count for on, item_id, state, count in later})
        return counts

    def accepted(self, since: datetime, items: Collection[str]) -> tuple[AcceptedApplication, ...]:
        """Return the applications for some items that were accepted and, by `since`, had not ended."""
        accepted = ApplicationState.ACCEPTED.value
        with self._database.session() as session:
            rows = (
                session.query(
                    ApplicationRow.item_id, ApplicationEventRow.at, ApplicationRow.state, ApplicationRow.updated_at
                )
                .join(ApplicationRow, ApplicationRow.id == ApplicationEventRow.application_id)
                .filter(
                    ApplicationEventRow.state == accepted,
                    ApplicationRow.item_id.in_(list(items)),
                    or_(ApplicationRow.state == accepted, ApplicationRow.updated_at >= since),
                )
                .all()
            )
        return tuple(
            AcceptedApplication(item_id, at, ApplicationState(state), None if state == accepted else updated_at)
            for item_id, at, state, updated_at in rows
        )
