"""What a turn must know of its conversation before anything else, read in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, select

from storage.application_states import ApplicationState
from storage.applications import PAUSED
from storage.approvals import HeldState
from storage.database import Database
from storage.handoffs import ACTIVE
from storage.models import (
    ApplicationEventRow,
    ApplicationRow,
    ConversationRow,
    HandoffRow,
    HeldAnswerRow,
    ProvisionalCheckRow,
    RatingRow,
)
from storage.provisional_checks import CheckState


@dataclass(frozen=True)
class Standing:
    """Where a conversation stands."""

    last_seen: datetime | None
    has_handoff: bool
    """a person was offered, is waited for, or has the conversation"""
    has_draft: bool
    """an application is being filled in"""
    has_notices: bool
    """something became of an application that the conversation has not heard"""
    has_decided: bool = False
    """an answer that waited for approval was decided about, and the conversation has not heard"""
    awaits_rating: bool = False
    """a rating was asked for that the citizen's words may answer"""
    awaits_proof: bool = False
    """a provisional number was named that the citizen's words may prove to be theirs"""


class Standings:
    """Read where conversations stand; most turns have nothing to look up further."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._query = _query()

    def of(self, conversation_id: str) -> Standing:
        """Return where a conversation stands; an unknown one stands at its beginning."""
        with self._database.session() as session:
            return Standing(*session.execute(self._query, {"conversation_id": conversation_id}).one())


def _query() -> Any:
    """Return the query, made once: making it costs more than running it."""
    conversation_id: Any = bindparam("conversation_id")
    seen = select(ConversationRow.last_seen).where(ConversationRow.id == conversation_id).scalar_subquery()
    handoff = exists().where(
        HandoffRow.conversation_id == conversation_id, HandoffRow.state.in_([state.value for state in ACTIVE])
    )
    draft = exists().where(
        ApplicationRow.conversation_id == conversation_id,
        ApplicationRow.state == ApplicationState.DRAFT.value,
        ApplicationRow.phase != PAUSED,
    )
    notices = exists().where(
        ApplicationEventRow.conversation_id == conversation_id, ApplicationEventRow.told.is_(False)
    )
    decided = exists().where(
        HeldAnswerRow.conversation_id == conversation_id,
        HeldAnswerRow.told.is_(False),
        HeldAnswerRow.state != HeldState.WAITING.value,
    )
    rating = exists().where(RatingRow.conversation_id == conversation_id, RatingRow.awaits.is_not(None))
    proof = exists().where(
        ProvisionalCheckRow.conversation_id == conversation_id, ProvisionalCheckRow.state == CheckState.ASKED.value
    )
    return select(seen, handoff, draft, notices, decided, rating, proof)
