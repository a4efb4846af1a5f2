"""Answers drafted for staff and what became of them: the best examples of how citizens' questions are answered.

Questions, drafts and what was sent come masked and are encrypted; which item, its place and the outcome are in clear.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from storage.database import Database
from storage.errors import DraftDecided, DraftUnknown
from storage.models import AnswerDraftRow, DraftRequestRow, HandoffRow


class DraftOutcome(str, Enum):
    SENT = "sent"
    """as it stood"""
    EDITED = "edited"
    """sent with changes"""
    REJECTED = "rejected"


ACCEPTED = (DraftOutcome.SENT.value, DraftOutcome.EDITED.value)


@dataclass(frozen=True)
class ProposedDraft:
    """A draft to be kept; `text` is masked."""

    item_id: str
    facet: str
    text: str
    fields: tuple[str, ...] = ()
    """the field of the guide that each line of the text says"""


@dataclass(frozen=True)
class AnswerDraft:
    id: str
    request_id: str
    handoff_id: str | None
    """None for a question that came by phone or letter"""
    asked_by: str
    """the id of the member of staff"""
    rank: int
    item_id: str
    facet: str
    text: str
    outcome: DraftOutcome | None = None
    sent: str | None = None
    distance: int | None = None
    """characters changed before it was sent"""
    kept: float | None = None
    """share (0 to 1) of its sentences sent as they stood"""


@dataclass(frozen=True)
class UnsettledQuestion:
    """A question that no draft answered."""

    text: str
    """masked"""
    conversation_id: str
    """the request's own id for a question that came by phone or letter"""
    at: datetime
    was_rejected: bool
    """a draft was rejected; else there was none that was sure"""


class AnswerDrafts:
    """Keep what is proposed, and settle it once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def propose(
        self,
        staff_id: str,
        question: str,
        drafts: Sequence[ProposedDraft],
        is_sure: bool,
        handoff_id: str | None = None,
        message_seq: int | None = None,
    ) -> tuple[AnswerDraft, ...]:
        """Keep the drafts for a question, best first, and return them.

        The same drafts for the same message of a handoff are kept once, however often they are asked for.
        """
        with self._database.writing(handoff_id or staff_id) as session:
            if handoff_id is not None:
                for before in self._requests(session, handoff_id, message_seq):
                    kept = self._of(session, before)
                    if [(one.item_id, one.facet, one.text) for one in kept] == [
                        (one.item_id, one.facet, one.text) for one in drafts
                    ]:
                        return kept
            request = DraftRequestRow(
                id=uuid4().hex,
                handoff_id=handoff_id,
                message_seq=message_seq,
                staff_id=staff_id,
                question_sealed=self._database.cipher.encrypt_text(question),
                is_sure=is_sure,
                at=self._database.now(),
            )
            session.add(request)
            session.flush()
            session.add_all(
                AnswerDraftRow(
                    id=uuid4().hex,
                    request_id=request.id,
                    rank=rank,
                    item_id=draft.item_id,
                    facet=draft.facet,
                    proposed_sealed=self._database.cipher.encrypt_text(draft.text),
                    fields=",".join(draft.fields) or None,
                )
                for rank, draft in enumerate(drafts, 1)
            )
            session.flush()
            return self._of(session, request)

    def get(self, draft_id: str) -> AnswerDraft:
        """Return a draft; raise DraftUnknown."""
        with self._database.session() as session:
            row, request = self._row(session, draft_id)
            return self._read(row, request)

    def send(self, draft_id: str, staff_id: str, sent: str, distance: int, kept: float, unchanged: bool) -> AnswerDraft:
        """Note what was sent (masked) of a draft; the last time counts. Raise DraftUnknown."""
        outcome = DraftOutcome.SENT if unchanged else DraftOutcome.EDITED
        return self._settle(draft_id, staff_id, outcome, sent=sent, distance=distance, kept=kept)

    def reject(self, draft_id: str, staff_id: str) -> AnswerDraft:
        """Note that a draft was of no use; raise DraftUnknown, or DraftDecided for one that was sent."""
        return self._settle(draft_id, staff_id, DraftOutcome.REJECTED)

    def last_item_sent(self, handoff_id: str) -> str | None:
        """Return the item of the draft that was sent last in a handoff, or None."""
        with self._database.session() as session:
            return (
                session.query(AnswerDraftRow.item_id)
                .join(DraftRequestRow, DraftRequestRow.id == AnswerDraftRow.request_id)
                .filter(DraftRequestRow.handoff_id == handoff_id, AnswerDraftRow.outcome.in_(ACCEPTED))
                .order_by(AnswerDraftRow.decided_at.desc())
                .limit(1)
                .scalar()
            )

    def unsettled(self, since: datetime) -> Iterator[UnsettledQuestion]:
        """Yield the questions since a moment of which no draft was sent, where one was rejected or none was sure."""
        with self._database.session() as session:
            asked = (
                session.query(DraftRequestRow, HandoffRow.conversation_id)
                .outerjoin(HandoffRow, HandoffRow.id == DraftRequestRow.handoff_id)
                .filter(DraftRequestRow.at >= since)
                .order_by(DraftRequestRow.at)
            )
            for request, conversation_id in asked.all():
                outcomes = {
                    outcome for (outcome,) in session.query(AnswerDraftRow.outcome).filter_by(request_id=request.id)
                }
                was_rejected = DraftOutcome.REJECTED.value in outcomes
                if outcomes.isdisjoint(ACCEPTED) and (was_rejected or not request.is_sure):
                    text = self._database.cipher.decrypt_text(request.question_sealed)
                    yield UnsettledQuestion(text, conversation_id or request.id, request.at, was_rejected)

    def _settle(self, draft_id: str, staff_id: str, outcome: DraftOutcome, **values: Any) -> AnswerDraft:
        with self._database.writing(draft_id) as session:
            row, request = self._row(session, draft_id)
            if outcome is DraftOutcome.REJECTED and row.outcome in ACCEPTED:
                raise DraftDecided("This draft was sent already.")
            sent = values.pop("sent", None)
            row.outcome, row.decided_by, row.decided_at = outcome.value, staff_id, self._database.now()
            row.sent_sealed = None if sent is None else self._database.cipher.encrypt_text(sent)
            row.distance, row.kept = values.get("distance"), values.get("kept")
            return self._read(row, request)

    @staticmethod
    def _requests(session: Session, handoff_id: str, message_seq: int | None) -> list[DraftRequestRow]:
        requests = session.query(DraftRequestRow).filter_by(handoff_id=handoff_id, message_seq=message_seq)
        return list(requests.order_by(DraftRequestRow.at.desc()))

    @staticmethod
    def _row(session: Session, draft_id: str) -> tuple[AnswerDraftRow, DraftRequestRow]:
        row = session.query(AnswerDraftRow).filter_by(id=draft_id).with_for_update().first()
        if row is None:
            raise DraftUnknown("No answer was drafted under this id.")
        return row, session.get(DraftRequestRow, row.request_id)

    def _of(self, session: Session, request: DraftRequestRow) -> tuple[AnswerDraft, ...]:
        rows = session.query(AnswerDraftRow).filter_by(request_id=request.id).order_by(AnswerDraftRow.rank)
        return tuple(self._read(row, request) for row in rows)

    def _read(self, row: AnswerDraftRow, request: DraftRequestRow) -> AnswerDraft:
        decrypt = self._database.cipher.decrypt_text
        return AnswerDraft(
            id=row.id,
            request_id=request.id,
            handoff_id=request.handoff_id,
            asked_by=request.staff_id,
            rank=row.rank,
            item_id=row.item_id,
            facet=row.facet,
            text=decrypt(row.proposed_sealed),
            outcome=DraftOutcome(row.outcome) if row.outcome else None,
            sent=decrypt(row.sent_sealed) if row.sent_sealed else None,
            distance=row.distance,
            kept=row.kept,
        )
