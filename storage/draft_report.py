"""How staff use the answers drafted for them: counts, no text is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.database import Database
from storage.drafts import ACCEPTED, DraftOutcome
from storage.models import AnswerDraftRow, DraftRequestRow


@dataclass(frozen=True)
class DraftCounts:
    """What became of drafts; `proposed` counts those of which nothing is known too."""

    proposed: int
    first: int
    """of them proposed as the likeliest"""
    sent: int
    edited: int
    rejected: int
    distance: float | None
    """mean number of characters changed in those sent or edited; None where there is none"""
    kept: float | None
    """mean share (0 to 1) of sentences sent as they stood; None where there is none"""


@dataclass(frozen=True)
class DraftReport:
    questions: int
    """that were drafted for"""
    undrafted: int
    """of them, that no guide gave a draft for"""
    answered: int
    """of them, of which a draft was sent, edited or not"""
    drafts: DraftCounts
    items: tuple[tuple[str, DraftCounts], ...]
    """by item id, the most proposed first"""

    @property
    def acceptance(self) -> float | None:
        """Return the share (0 to 1) of the questions with a draft of which one was sent; None without any."""
        drafted = self.questions - self.undrafted
        return self.answered / drafted if drafted else None


def draft_report(database: Database, since: datetime) -> DraftReport:
    """Count what became of the drafts for questions since a moment."""
    with database.session() as session:
        questions = {found for (found,) in session.query(DraftRequestRow.id).filter(DraftRequestRow.at >= since)}
        rows = (
            session.query(
                AnswerDraftRow.request_id,
                AnswerDraftRow.item_id,
                AnswerDraftRow.rank,
                AnswerDraftRow.outcome,
                AnswerDraftRow.distance,
                AnswerDraftRow.kept,
            )
            .join(DraftRequestRow, DraftRequestRow.id == AnswerDraftRow.request_id)
            .filter(DraftRequestRow.at >= since)
            .all()
        )
    by_item = defaultdict(list)
    for row in rows:
        by_item[row.item_id].append(row)
    items = sorted(((item, _counts(own)) for item, own in by_item.items()), key=lambda one: (-one[1].proposed, one[0]))
    return DraftReport(
        questions=len(questions),
        undrafted=len(questions - {row.request_id for row in rows}),
        answered=len({row.request_id for row in rows if row.outcome in ACCEPTED}),
        drafts=_counts(rows),
        items=tuple(items),
    )


def _counts(rows: Sequence[Any]) -> DraftCounts:
    accepted = [row for row in rows if row.outcome in ACCEPTED]
    return DraftCounts(
        proposed=len(rows),
        first=sum(row.rank == 1 for row in rows),
        sent=sum(row.outcome == DraftOutcome.SENT.value for row in rows),
        edited=sum(row.outcome == DraftOutcome.EDITED.value for row in rows),
        rejected=sum(row.outcome == DraftOutcome.REJECTED.value for row in rows),
        distance=sum(row.distance for row in accepted) / len(accepted) if accepted else None,
        kept=sum(row.kept for row in accepted) / len(accepted) if accepted else None,
    )
