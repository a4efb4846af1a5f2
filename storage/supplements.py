"""What staff ask for beside an application (补正), and what the citizen answers.

What is missing is said once and completely (article 32 of the Administrative Licensing Law of China), so that a
request holds everything; another one takes another step of the application.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from storage.application_states import ApplicationState
from storage.application_steps import ApplicationSteps
from storage.database import Database
from storage.errors import ApplicationUnknown, TransitionRefused
from storage.models import ApplicationRow, ConversationRow, OutboxRow, SupplementRow


@dataclass(frozen=True)
class Wanted:
    """What is asked for: materials of the guide by name, and whatever else."""

    materials: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class Supplement:
    """One request with its answer; the newest of an application is the one that is answered."""

    wanted: Wanted
    asked_by: str
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None


class Supplements:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._steps = ApplicationSteps(database)

    def row(self, application_id: str, wanted: Wanted, staff_id: str, at: datetime) -> SupplementRow:
        """Make the row of a request; it belongs into the transaction that takes the step."""
        request = {"materials": list(wanted.materials), "note": wanted.note}
        return SupplementRow(
            application_id=application_id,
            request_sealed=self._database.cipher.encrypt_json(request),
            asked_by=staff_id,
            asked_at=at,
        )

    def of(self, receipt_number: str) -> tuple[Supplement, ...]:
        """Return the requests of an application, oldest first."""
        with self._database.session() as session:
            rows = (
                session.query(SupplementRow)
                .join(ApplicationRow, ApplicationRow.id == SupplementRow.application_id)
                .filter(ApplicationRow.receipt_number == receipt_number)
                .order_by(SupplementRow.id)
                .all()
            )
        return tuple(self._read(row) for row in rows)

    def waited_for(self, conversation_id: str) -> tuple[str, ...]:
        """Return the receipt numbers that wait for something from a conversation's citizen, longest waiting first.

        Those that a department has are left out: it asks, and is answered, in its own system.
        """
        with self._database.session() as session:
            rows = (
                session.query(ApplicationRow.receipt_number)
                .filter(
                    ApplicationRow.state == ApplicationState.SUPPLEMENT.value,
                    ApplicationRow.id.notin_(select(OutboxRow.application_id)),
                    _is_theirs(session, conversation_id),
                )
                .order_by(ApplicationRow.updated_at)
            )
            return tuple(receipt for (receipt,) in rows)

    def answer(self, draft_id: str, receipt_number: str, answer: str) -> None:
        """Keep the citizen's answer and submit the application anew; the draft that took the answer is deleted.

        Raises:
            ApplicationUnknown: there is no such draft, or no such application of the draft's citizen.
            TransitionRefused: the application waits for nothing any more.
        """
        now = self._database.now()
        with self._database.writing(receipt_number) as session:
            draft = session.query(ApplicationRow).filter_by(id=draft_id, state=ApplicationState.DRAFT.value).first()
            if draft is None:
                raise ApplicationUnknown("No draft has this id.")
            row = (
                session.query(ApplicationRow)
                .filter(
                    ApplicationRow.receipt_number == receipt_number,
                    _is_theirs(session, draft.conversation_id),
                )
                .with_for_update()
                .first()
            )
            if row is None:
                raise ApplicationUnknown(f"No application of this citizen has the number {receipt_number}.")
            request = (
                session.query(SupplementRow)
                .filter_by(application_id=row.id, answered_at=None)
                .order_by(SupplementRow.id.desc())
                .first()
            )
            if request is None or row.state != ApplicationState.SUPPLEMENT.value:
                raise TransitionRefused(f"Nothing more is asked for beside {receipt_number}.")
            request.answer_sealed = self._database.cipher.encrypt_text(answer)
            request.answered_at = now
            self._steps.take(session, row, ApplicationState.SUBMITTED, now, told=True)
            session.delete(draft)

    def _read(self, row: SupplementRow) -> Supplement:
        cipher = self._database.cipher
        return Supplement(
            Wanted(**cipher.decrypt_json(row.request_sealed)),
            row.asked_by,
            row.asked_at,
            None if row.answer_sealed is None else cipher.decrypt_text(row.answer_sealed),
            row.answered_at,
        )


def _is_theirs(session: Session, conversation_id: str) -> Any:
    """Return the condition that an application was made in a conversation or is of the citizen bound to it."""
    bound = session.query(ConversationRow.citizen_index).filter(
        ConversationRow.id == conversation_id, ConversationRow.citizen_index.isnot(None)
    )
    return or_(
        ApplicationRow.conversation_id == conversation_id, ApplicationRow.citizen_index.in_(bound.scalar_subquery())
    )
