"""The values behind the placeholders that stand in a conversation for personal data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from sqlalchemy import func

from storage.database import Database
from storage.models import PersonalValueRow


class PersonalKind(str, Enum):
    FULL_NAME = "full_name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ADDRESS = "address"
    BANK_ACCOUNT = "bank_account"
    EMAIL = "email"


class PersonalValues:
    """`labels` name each kind as placeholders show it; they are data, and may not change while data lives."""

    def __init__(self, database: Database, labels: Mapping[PersonalKind, str]) -> None:
        missing = [kind.value for kind in PersonalKind if not labels.get(kind)]
        if missing:
            raise ValueError(f"These kinds of personal data have no label: {', '.join(missing)}.")
        self._database = database
        self._labels = dict(labels)
        self._kinds = {label: kind for kind, label in labels.items()}
        names = "|".join(re.escape(label) for label in sorted(self._kinds, key=len, reverse=True))
        self._pattern = re.compile(rf"\[({names})(\d{{1,4}})\]")

    def nameless(self, kind: PersonalKind) -> str:
        """Return a placeholder for a value that is not kept."""
        return f"[{self._labels[kind]}]"

    def put(self, conversation_id: str, kind: PersonalKind, value: str) -> str:
        """Keep a value and return its placeholder; an equal value of the conversation keeps its placeholder."""
        cipher = self._database.cipher
        index = cipher.blind_index(value, f"{conversation_id}\0{kind.value}")
        with self._database.writing(conversation_id) as session:
            rows = session.query(PersonalValueRow).filter_by(conversation_id=conversation_id, kind=kind.value)
            number = rows.filter_by(value_index=index).with_entities(PersonalValueRow.number).scalar()
            if number is None:
                number = (rows.with_entities(func.max(PersonalValueRow.number)).scalar() or 0) + 1
                session.add(
                    PersonalValueRow(
                        conversation_id=conversation_id,
                        kind=kind.value,
                        number=number,
                        value_sealed=cipher.encrypt_text(value),
                        value_index=index,
                        created_at=self._database.now(),
                    )
                )
        return f"[{self._labels[kind]}{number}]"

    def get(self, conversation_id: str, placeholder: str) -> str | None:
        """Return the value behind one placeholder of the conversation, or None."""
        match = self._pattern.fullmatch(placeholder)
        if match is None:
            return None
        with self._database.session() as session:
            key = (conversation_id, self._kinds[match[1]].value, int(match[2]))
            row = session.get(PersonalValueRow, key)
            return None if row is None else self._database.cipher.decrypt_text(row.value_sealed)

    def reveal(self, conversation_id: str, text: str) -> str:
        """Put the values back in a text; placeholders of no value stay as they are."""
        if not self._pattern.search(text):
            return text
        wanted = {(self._kinds[label].value, int(number)) for label, number in self._pattern.findall(text)}
        with self._database.session() as session:
            rows = (
                session.query(PersonalValueRow)
                .filter_by(conversation_id=conversation_id)
                .filter(PersonalValueRow.number.in_({number for _, number in wanted}))
            )
            sealed = {(row.kind, row.number): row.value_sealed for row in rows}

        def value(match: re.Match[str]) -> str:
            token = sealed.get((self._kinds[match[1]].value, int(match[2])))
            return match[0] if token is None else self._database.cipher.decrypt_text(token)

        return self._pattern.sub(value, text)
