"""Erase a visit at a machine in a hall, so that whoever comes next finds nothing of it.

What the citizen has handed in stays, for it is the authority's: applications that were submitted, reports, messages and
ratings. It is kept under an id that nothing else bears, so that nobody can tell what was handed in together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import true
from sqlalchemy.orm import Session

from storage.application_states import ApplicationState
from storage.encryption import Cipher
from storage.handoff_records import ACTIVE, HandoffState
from storage.handoff_steps import move
from storage.models import (
    ApplicationEventRow,
    ApplicationRow,
    ChecklistRow,
    ConversationRow,
    DraftRequestRow,
    HandoffMessageRow,
    HandoffRow,
    HeldAnswerRow,
    KioskVisitRow,
    LeftMessageRow,
    PersonalValueRow,
    ProvisionalCheckRow,
    RatingRow,
    ReportRow,
    TranscriptRow,
)
from storage.rating_records import RatedKind
from storage.visit_ids import WIPED

_ENDS = {
    HandoffState.OFFERED: HandoffState.CLOSED,
    HandoffState.QUEUED: HandoffState.RETURNED,
    HandoffState.WITH_PERSON: HandoffState.CLOSED,
}
"""what becomes of a handoff whose citizen has gone"""


def erase_visit(session: Session, cipher: Cipher, conversation_id: str, now: datetime) -> Mapping[str, int]:
    """Erase a visit within a transaction; return the deleted rows by table."""
    nobody = WIPED + uuid4().hex
    counts: Counter[str] = Counter()
    _end_handoffs(session, cipher, conversation_id, nobody, now, counts)
    unfinished: tuple[tuple[Any, Any], ...] = (
        (ApplicationRow, ApplicationRow.state == ApplicationState.DRAFT.value),
        (RatingRow, RatingRow.rated_at.is_(None)),
        *((table, true()) for table in (PersonalValueRow, TranscriptRow, HeldAnswerRow, ChecklistRow)),
    )
    for table, condition in unfinished:
        counts += _deleted(session.query(table).filter(table.conversation_id == conversation_id, condition), table)
    ratings = session.query(RatingRow).filter(RatingRow.conversation_id == conversation_id)
    of_itself = ratings.filter(RatingRow.subject_kind == RatedKind.CONVERSATION.value)
    of_itself.update({RatingRow.subject_id: nobody}, synchronize_session=False)
    ratings.update({RatingRow.awaits: None}, synchronize_session=False)
    notices = session.query(ApplicationEventRow).filter(ApplicationEventRow.conversation_id == conversation_id)
    notices.update({ApplicationEventRow.told: True}, synchronize_session=False)
    for table in (ApplicationEventRow, ApplicationRow, ReportRow, LeftMessageRow, RatingRow, ProvisionalCheckRow):
        kept = session.query(table).filter(table.conversation_id == conversation_id)
        kept.update({table.conversation_id: nobody}, synchronize_session=False)
    counts += _deleted(session.query(ConversationRow).filter(ConversationRow.id == conversation_id), ConversationRow)
    visit = session.query(KioskVisitRow).filter(KioskVisitRow.conversation_id == conversation_id)
    return counts + _deleted(visit, KioskVisitRow)


def _end_handoffs(
    session: Session, cipher: Cipher, conversation_id: str, nobody: str, now: datetime, counts: Counter[str]
) -> None:
    """End what runs with a person, and keep of each handoff its reason and its times only."""
    handoffs = session.query(HandoffRow).filter(HandoffRow.conversation_id == conversation_id)
    for row in handoffs.with_for_update().all():
        if HandoffState(row.state) in ACTIVE:
            move(row, _ENDS[HandoffState(row.state)], now)
        row.conversation_id, row.summary_sealed, row.note_sealed = nobody, cipher.encrypt_text(""), None
        for table in (DraftRequestRow, HandoffMessageRow):
            counts += _deleted(session.query(table).filter(table.handoff_id == row.id), table)
    session.flush()


def _deleted(query: Any, table: Any) -> Counter[str]:
    return Counter({table.__tablename__: query.delete(synchronize_session=False)})
