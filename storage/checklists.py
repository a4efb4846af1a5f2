"""The one-time notices (一次性告知单) that were made in conversations, encrypted, as they were given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from storage.database import Database
from storage.models import ChecklistRow


@dataclass(frozen=True)
class KeptChecklist:
    """A notice as it was given; the guide may say something else by now."""

    id: str
    conversation_id: str
    content: Mapping[str, Any]
    made_at: datetime


class Checklists:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, conversation_id: str, content: Mapping[str, Any]) -> KeptChecklist:
        """Keep what a notice says."""
        cipher = self._database.cipher
        now = self._database.now()
        row = ChecklistRow(
            id=uuid4().hex,
            conversation_id=conversation_id,
            content_sealed=cipher.encrypt_json(dict(content)),
            made_at=now,
        )
        with self._database.writing(conversation_id) as session:
            session.add(row)
            return KeptChecklist(row.id, conversation_id, content, now)

    def get(self, checklist_id: str) -> KeptChecklist | None:
        """Return a notice, or None where there is none of this id."""
        with self._database.session() as session:
            row = session.get(ChecklistRow, checklist_id)
        if row is None:
            return None
        content = self._database.cipher.decrypt_json(row.content_sealed)
        return KeptChecklist(row.id, row.conversation_id, content, row.made_at)
