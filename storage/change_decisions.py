"""What editors decided about what staff change in a field's sentences; it holds for what was changed before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.gap_decisions import GapState
from storage.models import StaffChangeDecisionRow


@dataclass(frozen=True)
class ChangeDecision:
    state: GapState
    at: datetime


class ChangeDecisions:
    def __init__(self, database: Database) -> None:
        self._database = database

    def set(self, item_id: str, field: str, state: GapState, staff_id: str) -> None:
        """Keep what was decided about a field of an item; open takes an earlier decision back."""
        with self._database.writing("staff-change-decisions") as session:
            session.query(StaffChangeDecisionRow).filter_by(item_id=item_id, field=field).delete(
                synchronize_session=False
            )
            if state is not GapState.OPEN:
                session.add(
                    StaffChangeDecisionRow(
                        item_id=item_id, field=field, state=state.value, staff_id=staff_id, at=self._database.now()
                    )
                )

    def all(self) -> Mapping[tuple[str, str], ChangeDecision]:
        """Return the decisions by item id and field."""
        with self._database.session() as session:
            return {
                (row.item_id, row.field): ChangeDecision(GapState(row.state), row.at)
                for row in session.query(StaffChangeDecisionRow)
            }
