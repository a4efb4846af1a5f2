"""What an application delivers: certificates and other files, encrypted."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from uuid import uuid4

from storage.application_records import Document, DocumentFile, NewFile
from storage.database import Database
from storage.errors import ApplicationUnknown
from storage.models import ApplicationRow, ConversationRow, DocumentRow

CODE = "verification code"  # the scope of blind indexes over verification codes


class Documents:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, receipt_number: str, file: NewFile) -> Document:
        """Keep a file with its application; raise ApplicationUnknown."""
        with self._database.writing(receipt_number) as session:
            application = session.query(ApplicationRow).filter_by(receipt_number=receipt_number).first()
            if application is None:
                raise ApplicationUnknown(f"No application has the receipt number {receipt_number}.")
            row = self.row(application.id, file)
            session.add(row)
            return self._read(row, application)

    def row(self, application_id: str, file: NewFile) -> DocumentRow:
        """Make the row of a file; its verification code is kept as a keyed hash."""
        cipher, code = self._database.cipher, file.verification_code
        return DocumentRow(
            id=uuid4().hex,
            application_id=application_id,
            name_sealed=cipher.encrypt_text(file.name),
            media_type=file.media_type,
            content_sealed=cipher.encrypt_bytes(file.content),
            content_seal=self._content_seal(file.content),
            code_index=cipher.blind_index(code, CODE) if code else None,
            created_at=self._database.now(),
        )

    def of_application(self, receipt_number: str) -> tuple[Document, ...]:
        """Return the files of an application, oldest first."""
        with self._database.session() as session:
            rows = (
                session.query(DocumentRow, ApplicationRow)
                .join(ApplicationRow, ApplicationRow.id == DocumentRow.application_id)
                .filter(ApplicationRow.receipt_number == receipt_number)
                .order_by(DocumentRow.created_at)
                .all()
            )
        return tuple(self._read(row, application) for row, application in rows)

    def get(self, document_id: str) -> DocumentFile | None:
        """Return one file with its content."""
        with self._database.session() as session:
            row = session.get(DocumentRow, document_id)
            if row is None:
                return None
            document = self._read(row, session.get(ApplicationRow, row.application_id))
        return DocumentFile(**asdict(document), content=self._database.cipher.decrypt_bytes(row.content_sealed))

    def readers(self, document_id: str) -> tuple[str, ...]:
        """Return the conversations that may have a file: the one it was issued in, and those of the citizen it is for.

        A conversation is a citizen's when the server has bound it to them after a sign-in, and not otherwise.
        """
        with self._database.session() as session:
            application = (
                session.query(ApplicationRow.conversation_id, ApplicationRow.citizen_index)
                .join(DocumentRow, DocumentRow.application_id == ApplicationRow.id)
                .filter(DocumentRow.id == document_id)
                .first()
            )
            if application is None:
                return ()
            issued_in, citizen = application
            bound = session.query(ConversationRow.id).filter_by(citizen_index=citizen) if citizen else ()
            return tuple(dict.fromkeys([issued_in, *(conversation_id for (conversation_id,) in bound)]))

    def by_code(self, verification_code: str) -> Document | None:
        """Return the file that carries a verification code."""
        index = self._database.cipher.blind_index(verification_code, CODE)
        with self._database.session() as session:
            found = (
                session.query(DocumentRow, ApplicationRow)
                .join(ApplicationRow, ApplicationRow.id == DocumentRow.application_id)
                .filter(DocumentRow.code_index == index)
                .first()
            )
        return None if found is None else self._read(*found)

    def is_unaltered(self, document_id: str, content: bytes) -> bool:
        """Tell whether these bytes are the file that was issued."""
        with self._database.session() as session:
            row = session.get(DocumentRow, document_id)
        return row is not None and row.content_seal == self._content_seal(content)

    def _content_seal(self, content: bytes) -> str:
        return self._database.cipher.seal(hashlib.sha256(content).hexdigest())

    def _read(self, row: DocumentRow, application: ApplicationRow) -> Document:
        return Document(
            id=row.id,
            receipt_number=application.receipt_number,
            conversation_id=application.conversation_id,
            name=self._database.cipher.decrypt_text(row.name_sealed),
            media_type=row.media_type,
            created_at=row.created_at,
        )
