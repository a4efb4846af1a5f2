"""Drafts and applications: one table, from the first answer to the issued result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from storage.application_records import (
    ASKING,
    PAUSED,
    Application,
    ApplicationEvent,
    Document,
    DocumentFile,
    DraftPosition,
    NewFile,
    Notice,
)
from storage.application_states import ApplicationState
from storage.application_steps import ApplicationSteps
from storage.appointments import WantedSeat, book
from storage.conversations import CITIZEN
from storage.database import Database
from storage.documents import Documents
from storage.errors import ApplicationUnknown, DraftGone
from storage.models import ApplicationEventRow, ApplicationRow, OutboxRow
from storage.outbox import outbox_row
from storage.receipts import next_receipt

__all__ = ["ASKING", "PAUSED", "Application", "ApplicationState", "Applications", "Notice"]


class Applications:
    def __init__(self, database: Database, handed_to: Mapping[str, str] | None = None) -> None:
        """Keep the database; `handed_to` names, by item, the connector that takes what is submitted for it."""
        self.database = self._database = database
        self._handed_to = handed_to or {}
        self._documents = Documents(database)
        self._steps = ApplicationSteps(database)

    def create_draft(self, conversation_id: str, item_id: str) -> Application:
        """Begin a draft; an active draft of the conversation is set aside (phase `paused`)."""
        now = self._database.now()
        with self._database.writing(conversation_id) as session:
            self._drafts(session, conversation_id).update({ApplicationRow.phase: PAUSED}, synchronize_session=False)
            row = ApplicationRow(
                id=uuid4().hex,
                conversation_id=conversation_id,
                item_id=item_id,
                state=ApplicationState.DRAFT.value,
                content_sealed=self._seal({}, {}),
                phase=ASKING,
                failures=0,
                created_at=now,
                updated_at=now,
            )
            session.add(row)
            return self._read(row)

    def active_draft(self, conversation_id: str) -> Application | None:
        """Return the draft that the conversation is working on, or None."""
        with self._database.session() as session:
            row = self._drafts(session, conversation_id).first()
        return None if row is None else self._read(row)

    def draft_position(self, conversation_id: str) -> DraftPosition | None:
        """Return where the active draft stands; cheap: one indexed row, nothing decrypted."""
        with self._database.session() as session:
            found = (
                self._drafts(session, conversation_id)
                .with_entities(
                    ApplicationRow.id,
                    ApplicationRow.item_id,
                    ApplicationRow.phase,
                    ApplicationRow.asked_field,
                )
                .first()
            )
        return None if found is None else DraftPosition(*found)

    def paused_draft(self, conversation_id: str, item_id: str | None = None) -> Application | None:
        """Return the newest draft that was set aside, of one item or of any."""
        with self._database.session() as session:
            rows = session.query(ApplicationRow).filter_by(
                conversation_id=conversation_id, state=ApplicationState.DRAFT.value, phase=PAUSED
            )
            if item_id is not None:
                rows = rows.filter_by(item_id=item_id)
            row = rows.order_by(ApplicationRow.updated_at.desc()).first()
        return None if row is None else self._read(row)

    def save(self, draft: Application) -> Application:
        """Keep the fields, context, phase, asked field and failures of a draft.

        Raises DraftGone when it has been submitted or discarded meanwhile.
        """
        now = self._database.now()
        with self._database.writing(draft.conversation_id) as session:
            saved = (
                session.query(ApplicationRow)
                .filter_by(id=draft.id, state=ApplicationState.DRAFT.value)
                .update(
                    {
                        ApplicationRow.content_sealed: self._seal(draft.fields, draft.context),
                        ApplicationRow.phase: draft.phase,
                        ApplicationRow.asked_field: draft.asked_field,
                        ApplicationRow.failures: draft.failures,
                        ApplicationRow.updated_at: now,
                    },
                    synchronize_session=False,
                )
            )
        if not saved:
            raise DraftGone("The draft was submitted or discarded meanwhile.")
        return replace(draft, updated_at=now)

    def remember(self, conversation_id: str, **context: Any) -> bool:
        """Put values into the context of the active draft and leave all else as it is; say whether there is one."""
        with self._database.writing(conversation_id) as session:
            row = self._drafts(session, conversation_id).with_for_update().first()
            if row is None:
                return False
            content = self._database.cipher.decrypt_json(row.content_sealed)
            row.content_sealed = self._seal(content["fields"], {**content["context"], **context})
        return True

    def discard(self, draft_id: str) -> bool:
        """Delete a draft; say whether there was one. A submitted application stays."""
        with self._database.writing(draft_id) as session:
            rows = session.query(ApplicationRow).filter_by(id=draft_id, state=ApplicationState.DRAFT.value)
            return bool(rows.delete(synchronize_session=False))

    def submit(
        self,
        draft_id: str,
        holder_id_number: str | None = None,
        fields: Mapping[str, Any] | None = None,
        context: Mapping[str, Any] | None = None,
        seat: WantedSeat | None = None,
    ) -> Application:
        """Submit a draft and give it its receipt number; done again, return what the first time gave.

        `holder_id_number`: whose matter it is, so that it is found by the citizen later. `fields` and `context`
        replace those of the draft in the same transaction; where the item's applications are handed to a connector,
        the outbox takes it in that transaction too, and so is the seat of an appointment booked: without a seat nothing
        is submitted. Raises ApplicationUnknown, SlotTaken, AlreadyBooked.
        """
        now = self._database.now()
        with self._database.writing("submit") as session:
            row = session.query(ApplicationRow).filter_by(id=draft_id).with_for_update().first()
            if row is None:
                raise ApplicationUnknown("No draft has this id.")
            if row.state == ApplicationState.DRAFT.value:
                if seat is not None:
                    book(session, self._database.cipher, row.id, seat, holder_id_number)
                row.receipt_number = next_receipt(session, "application", self._database.clock())
                row.state = ApplicationState.SUBMITTED.value
                row.submitted_at = row.updated_at = now
                row.asked_field, row.failures = None, 0
                if fields is not None:
                    row.content_sealed = self._seal(fields, context or {})
                if holder_id_number:
                    row.citizen_index = self._database.cipher.blind_index(holder_id_number, CITIZEN)
                session.add(self._steps.event(row, now, told=True))
                if row.item_id in self._handed_to:
                    session.add(outbox_row(row.id, self._handed_to[row.item_id], now))
            return self._read(row)

    def transition(
        self,
        receipt_number: str,
        state: ApplicationState,
        note: str = "",
        at: datetime | None = None,
        files: Sequence[NewFile] = (),
    ) -> Application:
        """Move an application on, and keep the files that come with the new state, in one transaction.

        A move to the state it has is no move, and brings no files. Withdrawn or refused, an application gives its seat
        back; one that has a seat may be withdrawn when it is issued too.

        Raises ApplicationUnknown, and TransitionRefused for a step that the state machine does not have.
        """
        moment = at or self._database.now()
        with self._database.writing(receipt_number) as session:
            row = session.query(ApplicationRow).filter_by(receipt_number=receipt_number).with_for_update().first()
            if row is None:
                raise ApplicationUnknown(f"No application has the receipt number {receipt_number}.")
            self._steps.take(session, row, state, moment, note, files)
            return self._read(row)

    def by_receipt(self, receipt_number: str) -> Application | None:
        with self._database.session() as session:
            row = session.query(ApplicationRow).filter_by(receipt_number=receipt_number).first()
        return None if row is None else self._read(row)

    def of_conversation(self, conversation_id: str) -> tuple[Application, ...]:
        """Return what was submitted in a conversation, newest first; drafts are not among it."""
        return self._submitted(ApplicationRow.conversation_id == conversation_id)

    def of_citizen(self, id_number: str) -> tuple[Application, ...]:
        """Return what was submitted for a person, newest first, found by the blind index of the ID number."""
        index = self._database.cipher.blind_index(id_number, CITIZEN)
        return self._submitted(ApplicationRow.citizen_index == index)

    def in_state(
        self,
        *states: ApplicationState,
        items: Sequence[str] | None = None,
        in_house: bool = False,
        limit: int = 200,
    ) -> tuple[Application, ...]:
        """Return the applications in any of the states, of some items or of all, longest waiting first.

        `in_house` leaves out those that are handed to a connector.
        """
        with self._database.session() as session:
            rows = (
                session.query(ApplicationRow)
                .filter(
                    ApplicationRow.state.in_([state.value for state in states]),
                    true() if items is None else ApplicationRow.item_id.in_(list(items)),
                    ApplicationRow.id.notin_(select(OutboxRow.application_id)) if in_house else true(),
                )
                .order_by(ApplicationRow.updated_at)
                .limit(limit)
                .all()
            )
        return tuple(self._read(row) for row in rows)

    def events(self, receipt_number: str) -> tuple[ApplicationEvent, ...]:
        """Return the states an application has been through, each with its time, oldest first."""
        with self._database.session() as session:
            rows = (
                session.query(ApplicationEventRow)
                .join(ApplicationRow, ApplicationRow.id == ApplicationEventRow.application_id)
                .filter(ApplicationRow.receipt_number == receipt_number)
                .order_by(ApplicationEventRow.id)
                .all()
            )
        return tuple(
            ApplicationEvent(ApplicationState(row.state), row.at, self._note(row), row.staff_id) for row in rows
        )

    def pending_notices(self, conversation_id: str) -> tuple[Notice, ...]:
        """Return the changes of state the conversation has not been told of, oldest first."""
        with self._database.session() as session:
            rows = (
                session.query(ApplicationEventRow, ApplicationRow.receipt_number, ApplicationRow.item_id)
                .join(ApplicationRow, ApplicationRow.id == ApplicationEventRow.application_id)
                .filter(
                    ApplicationEventRow.conversation_id == conversation_id,
                    ApplicationEventRow.told.is_(False),
                )
                .order_by(ApplicationEventRow.id)
                .all()
            )
        return tuple(
            Notice(row.id, receipt, item_id, ApplicationState(row.state), row.at, self._note(row))
            for row, receipt, item_id in rows
        )

    def conversations_with_notices(self) -> tuple[str, ...]:
        """Return the conversations that have yet to hear what has become of an application."""
        with self._database.session() as session:
            rows = session.query(ApplicationEventRow.conversation_id).filter(ApplicationEventRow.told.is_(False))
            return tuple(conversation_id for (conversation_id,) in rows.distinct())

    def mark_told(self, notice_ids: tuple[int, ...] | list[int]) -> None:
        """Note that the conversation has been told."""
        with self._database.writing("notices") as session:
            session.query(ApplicationEventRow).filter(ApplicationEventRow.id.in_(list(notice_ids))).update(
                {ApplicationEventRow.told: True}, synchronize_session=False
            )

    def add_document(self, receipt_number: str, file: NewFile) -> Document:
        """Keep a file that an application delivers; raise ApplicationUnknown."""
        return self._documents.add(receipt_number, file)

    def documents(self, receipt_number: str) -> tuple[Document, ...]:
        """Return the files of an application without their content, oldest first."""
        return self._documents.of_application(receipt_number)

    def document(self, document_id: str) -> DocumentFile | None:
        """Return one file with its content."""
        return self._documents.get(document_id)

    def document_readers(self, document_id: str) -> tuple[str, ...]:
        """Return the conversations that may have one file; none for an unknown one."""
        return self._documents.readers(document_id)

    def document_by_code(self, verification_code: str) -> Document | None:
        """Return the file that carries a verification code."""
        return self._documents.by_code(verification_code)

    def is_unaltered(self, document_id: str, content: bytes) -> bool:
        """Tell whether these bytes are the file that was issued."""
        return self._documents.is_unaltered(document_id, content)

    @staticmethod
    def _drafts(session: Session, conversation_id: str) -> Any:
        return session.query(ApplicationRow).filter(
            ApplicationRow.conversation_id == conversation_id,
            ApplicationRow.state == ApplicationState.DRAFT.value,
            ApplicationRow.phase != PAUSED,
        )

    def _submitted(self, condition: Any) -> tuple[Application, ...]:
        with self._database.session() as session:
            rows = (
                session.query(ApplicationRow)
                .filter(condition, ApplicationRow.state != ApplicationState.DRAFT.value)
                .order_by(ApplicationRow.submitted_at.desc(), ApplicationRow.receipt_number.desc())
                .all()
            )
        return tuple(self._read(row) for row in rows)

    def _note(self, row: ApplicationEventRow) -> str:
        return "" if row.note_sealed is None else self._database.cipher.decrypt_text(row.note_sealed)

    def _seal(self, fields: Mapping[str, Any], context: Mapping[str, Any]) -> bytes:
        return self._database.cipher.encrypt_json({"fields": dict(fields), "context": dict(context)})

    def _read(self, row: ApplicationRow) -> Application:
        content = self._database.cipher.decrypt_json(row.content_sealed)
        return Application(
            id=row.id,
            conversation_id=row.conversation_id,
            item_id=row.item_id,
            state=ApplicationState(row.state),
            fields=content["fields"],
            context=content["context"],
            phase=row.phase,
            asked_field=row.asked_field,
            failures=row.failures,
            receipt_number=row.receipt_number,
            created_at=row.created_at,
            updated_at=row.updated_at,
            submitted_at=row.submitted_at,
        )
