"""What staff made of drafts: the latest of one's own, and what was changed or rejected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.drafts import ACCEPTED, DraftOutcome
from storage.models import AnswerDraftRow, DraftRequestRow, HandoffRow


@dataclass(frozen=True)
class DraftedQuestion:
    """A question that came by phone or letter, and what became of its drafts."""

    request_id: str
    question: str
    """masked"""
    at: datetime
    drafts: int
    outcome: DraftOutcome | None
    """sent or edited where a draft was sent, rejected where all were; None while nothing is known"""
    item_id: str | None
    """the item of the draft that was sent; else of the first"""


@dataclass(frozen=True)
class DraftVerdict:
    """A draft that staff changed before they sent it, or rejected."""

    item_id: str
    facet: str
    text: str
    fields: tuple[str, ...]
    """the field of the guide that each line of the text says; empty for a draft of an earlier release"""
    sent: str | None
    """masked; None where it was rejected"""
    conversation_id: str
    """the request's own id for a question that came by phone or letter"""
    at: datetime


class DraftHistory:
    def __init__(self, database: Database) -> None:
        self._database = database

    def questions_of(self, staff_id: str, since: datetime, limit: int = 20) -> tuple[DraftedQuestion, ...]:
        """Return what a member of staff had drafted for questions by phone or letter since a moment, newest first."""
        with self._database.session() as session:
            requests = session.query(DraftRequestRow).filter(
                DraftRequestRow.staff_id == staff_id,
                DraftRequestRow.handoff_id.is_(None),
                DraftRequestRow.at >= since,
            )
            return tuple(
                self._question(
                    request,
                    session.query(AnswerDraftRow).filter_by(request_id=request.id).order_by(AnswerDraftRow.rank).all(),
                )
                for request in requests.order_by(DraftRequestRow.at.desc()).limit(limit).all()
            )

    def verdicts(self, since: datetime) -> Iterator[DraftVerdict]:
        """Yield the drafts edited or rejected since a moment, the first decided first."""
        decrypt = self._database.cipher.decrypt_text
        with self._database.session() as session:
            found = (
                session.query(AnswerDraftRow, DraftRequestRow.id, HandoffRow.conversation_id)
                .join(DraftRequestRow, DraftRequestRow.id == AnswerDraftRow.request_id)
                .outerjoin(HandoffRow, HandoffRow.id == DraftRequestRow.handoff_id)
                .filter(
                    AnswerDraftRow.outcome.in_([DraftOutcome.EDITED.value, DraftOutcome.REJECTED.value]),
                    AnswerDraftRow.decided_at >= since,
                )
                .order_by(AnswerDraftRow.decided_at)
            )
            for row, request_id, conversation_id in found.all():
                yield DraftVerdict(
                    item_id=row.item_id,
                    facet=row.facet,
                    text=decrypt(row.proposed_sealed),
                    fields=tuple(row.fields.split(",")) if row.fields else (),
                    sent=decrypt(row.sent_sealed) if row.sent_sealed else None,
                    conversation_id=conversation_id or request_id,
                    at=row.decided_at,
                )

    def _question(self, request: DraftRequestRow, drafts: list[AnswerDraftRow]) -> DraftedQuestion:
        outcomes = [DraftOutcome(draft.outcome) if draft.outcome else None for draft in drafts]
        taken = next((place for place, draft in enumerate(drafts) if draft.outcome in ACCEPTED), None)
        rejected = bool(outcomes) and all(outcome is DraftOutcome.REJECTED for outcome in outcomes)
        return DraftedQuestion(
            request_id=request.id,
            question=self._database.cipher.decrypt_text(request.question_sealed),
            at=request.at,
            drafts=len(drafts),
            outcome=outcomes[taken] if taken is not None else DraftOutcome.REJECTED if rejected else None,
            item_id=drafts[taken or 0].item_id if drafts else None,
        )
