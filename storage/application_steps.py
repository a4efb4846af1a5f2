"""One step of an application, within the transaction of whoever takes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from storage.application_records import NewFile
from storage.application_states import ApplicationState, may_follow
from storage.appointments import release
from storage.database import Database
from storage.documents import Documents
from storage.errors import TransitionRefused
from storage.models import ApplicationEventRow, ApplicationRow
from storage.visit_ids import WIPED

_WITHOUT_SEAT = frozenset({ApplicationState.WITHDRAWN, ApplicationState.REFUSED})


class ApplicationSteps:
    def __init__(self, database: Database) -> None:
        self._cipher = database.cipher
        self._documents = Documents(database)

    def take(
        self,
        session: Session,
        row: ApplicationRow,
        state: ApplicationState,
        moment: datetime,
        note: str = "",
        files: Sequence[NewFile] = (),
        staff_id: str | None = None,
        told: bool = False,
    ) -> bool:
        """Move an application on; False, and nothing done, where it has the state already.

        Withdrawn or refused, it gives its seat back; one that has a seat may be withdrawn when it is issued too.
        `told` says that the citizen knows. Raises TransitionRefused for a step that the state machine does not have.
        """
        current = ApplicationState(row.state)
        if current is state:
            return False
        had_seat = state in _WITHOUT_SEAT and release(session, row.id)
        if not may_follow(current, state) and not (had_seat and state is ApplicationState.WITHDRAWN):
            raise TransitionRefused(f"An application cannot go from {current.value} to {state.value}.")
        row.state, row.updated_at = state.value, moment
        session.add(self.event(row, moment, note, told, staff_id))
        session.add_all(self._documents.row(row.id, file) for file in files)
        return True

    def event(
        self, row: ApplicationRow, at: datetime, note: str = "", told: bool = False, staff_id: str | None = None
    ) -> ApplicationEventRow:
        """Make the event that tells of the state an application has now; nobody is told any more in a wiped visit."""
        return ApplicationEventRow(
            application_id=row.id,
            conversation_id=row.conversation_id,
            state=row.state,
            note_sealed=self._cipher.encrypt_text(note) if note else None,
            at=at,
            told=told or row.conversation_id.startswith(WIPED),
            staff_id=staff_id,
        )
