"""Who asks by a provisional number (暂存号) proves that it is theirs; wrong answers are counted and soon too many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any

from sqlalchemy.orm import Session

from storage.database import Database
from storage.models import ProvisionalCheckRow

KEPT = timedelta(days=1)
"""how long a wrong answer is remembered"""


class CheckState(str, Enum):
    ASKED = "asked"
    """the conversation was asked to prove it, and its next words may"""
    WRONG = "wrong"


@dataclass(frozen=True)
class CheckLimits:
    """How often a citizen may be wrong, and for how long nothing is told then."""

    wrong_answers: int
    """about one number, in all conversations together"""
    number_rests: timedelta
    wrong_in_conversation: int
    """about any numbers"""
    conversation_rests: timedelta
    answer_within: timedelta


class Bar(str, Enum):
    """Why no answer is taken."""

    NUMBER = "number"
    CONVERSATION = "conversation"


class ProvisionalChecks:
    """Numbers are known by their keyed hash; one that nobody has is asked about like any other."""

    def __init__(self, database: Database, limits: CheckLimits) -> None:
        self.limits = limits
        self._database = database

    def ask(self, conversation_id: str, index: str) -> None:
        """Note that a conversation was asked about a number, in place of what it was asked about before."""
        with self._database.writing(conversation_id) as session:
            self._open(session, conversation_id).delete(synchronize_session=False)
            session.add(self._row(conversation_id, index, CheckState.ASKED))

    def awaiting(self, conversation_id: str) -> str | None:
        """Return the hash of the number that the conversation's next words may prove, or None."""
        since = self._database.now() - self.limits.answer_within
        with self._database.session() as session:
            rows = self._open(session, conversation_id).filter(ProvisionalCheckRow.at > since)
            return next((row.number_index for row in rows), None)

    def drop(self, conversation_id: str) -> None:
        """Note that the citizen went on to something else."""
        with self._database.writing(conversation_id) as session:
            self._open(session, conversation_id).delete(synchronize_session=False)

    def bar(self, conversation_id: str, index: str) -> Bar | None:
        """Return what stands against an answer, or None."""
        with self._database.session() as session:
            return self._bar(session, conversation_id, index)

    def count(self, conversation_id: str, index: str) -> Bar | None:
        """Count an answer as wrong before it is looked at, so that many at once are not more of them.

        None lets it be looked at; `settle` takes it back where it was right.
        """
        with self._database.writing(index) as session:
            bar = self._bar(session, conversation_id, index)
            if bar is None:
                session.add(self._row(conversation_id, index, CheckState.WRONG))
            old = session.query(ProvisionalCheckRow).filter(ProvisionalCheckRow.at <= self._database.now() - KEPT)
            old.delete(synchronize_session=False)
            return bar

    def settle(self, conversation_id: str, index: str) -> None:
        """Note that the citizen was right: what the conversation had wrong about this number counts no more."""
        with self._database.writing(index) as session:
            session.query(ProvisionalCheckRow).filter_by(conversation_id=conversation_id, number_index=index).delete(
                synchronize_session=False
            )

    def left(self, index: str) -> int:
        """Return how many answers about a number may still be wrong."""
        with self._database.session() as session:
            return max(0, self.limits.wrong_answers - self._wrong_about(session, index))

    def _bar(self, session: Session, conversation_id: str, index: str) -> Bar | None:
        if self._wrong_about(session, index) >= self.limits.wrong_answers:
            return Bar.NUMBER
        since = self._database.now() - self.limits.conversation_rests
        wrong = session.query(ProvisionalCheckRow).filter(
            ProvisionalCheckRow.conversation_id == conversation_id,
            ProvisionalCheckRow.state == CheckState.WRONG.value,
            ProvisionalCheckRow.at > since,
        )
        return Bar.CONVERSATION if wrong.count() >= self.limits.wrong_in_conversation else None

    def _wrong_about(self, session: Session, index: str) -> int:
        rows = session.query(ProvisionalCheckRow).filter(
            ProvisionalCheckRow.number_index == index,
            ProvisionalCheckRow.state == CheckState.WRONG.value,
            ProvisionalCheckRow.at > self._database.now() - self.limits.number_rests,
        )
        return int(rows.count())

    @staticmethod
    def _open(session: Session, conversation_id: str) -> Any:
        return session.query(ProvisionalCheckRow).filter_by(
            conversation_id=conversation_id, state=CheckState.ASKED.value
        )

    def _row(self, conversation_id: str, index: str, state: CheckState) -> ProvisionalCheckRow:
        return ProvisionalCheckRow(
            conversation_id=conversation_id, number_index=index, state=state.value, at=self._database.now()
        )
