"""What editors decided about knowledge gaps: the middle of a cluster is kept, none of its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from uuid import uuid4

from storage.database import Database
from storage.models import GapDecisionRow


class GapState(str, Enum):
    OPEN = "open"
    SETTLED = "settled"
    """a way of asking was proposed, or the matter was taken elsewhere"""
    DISMISSED = "dismissed"
    """nothing is to be done about it"""


@dataclass(frozen=True)
class GapDecision:
    id: str
    state: GapState
    centre: tuple[float, ...]
    """the mean of the cluster's sentence vectors"""


class GapDecisions:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, state: GapState, encoder: str, centre: tuple[float, ...], staff_id: str) -> None:
        """Keep what was decided about a cluster; its centre means something to this encoder alone."""
        with self._database.writing("gap-decisions") as session:
            session.add(
                GapDecisionRow(
                    id=uuid4().hex,
                    state=GapState(state).value,
                    encoder=encoder,
                    centre_sealed=self._database.cipher.encrypt_json({"centre": list(centre)}),
                    staff_id=staff_id,
                    at=self._database.now(),
                )
            )

    def of(self, encoder: str) -> tuple[GapDecision, ...]:
        """Return the decisions whose centres come from this encoder, the newest first."""
        with self._database.session() as session:
            rows = session.query(GapDecisionRow).filter_by(encoder=encoder).order_by(GapDecisionRow.at.desc())
            return tuple(
                GapDecision(
                    row.id, GapState(row.state), tuple(self._database.cipher.decrypt_json(row.centre_sealed)["centre"])
                )
                for row in rows
            )

    def remove(self, decision_id: str) -> None:
        """Open the cluster again."""
        with self._database.writing("gap-decisions") as session:
            session.query(GapDecisionRow).filter_by(id=decision_id).delete(synchronize_session=False)
