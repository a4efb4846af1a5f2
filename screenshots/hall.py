"""The hall: its server, its storage, its staff signed in, and the words of hall.yml."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from actions.clock import BEIJING
from assistant.staff.accounts import Accounts
from storage.columns import UtcDateTime
from storage.database import Database
from storage.models import Base, HandoffMessageRow, HandoffRow
from tests.assistant.server_process import MONDAY_MORNING, Server, Talk
from tests.assistant.staff.signing_in import settings_of, sign_in, storage_of

WORDS = Path(__file__).with_name("hall.yml")
PASSWORD = "a hall of pictures"


@dataclass
class Hall:
    """A running server and everybody who works there."""

    server: Server
    words: Mapping[str, Any] = field(default_factory=lambda: yaml.safe_load(WORDS.read_text("utf-8")))
    sessions: dict[str, dict[str, str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """of the accounts, by their names"""

    def employ(self) -> None:
        """Add the accounts."""
        accounts = Accounts(settings_of(self.server))
        for name, who in self.words["staff"].items():
            account = accounts.add(name, PASSWORD, who["role"], who["shown"], who.get("department"))
            self.ids[name] = account.id

    def session(self, account: str) -> dict[str, str]:
        """Return the headers of an account's session; it signs in the first time."""
        if account not in self.sessions:
            self.sessions[account] = sign_in(self.server, (account, PASSWORD))
        return self.sessions[account]

    def sign_out(self, account: str) -> None:
        """End an account's session."""
        self.call(account, "DELETE", "session")
        del self.sessions[account]

    def call(self, account: str, method: str, path: str, body: Any = None, below: str = "/api/staff/") -> Any:
        """Ask a route of the staff as an account and return what it answers; it must work."""
        answer = self.server.call(method, f"{below}{path}", body, headers=self.session(account))
        if answer.status != 200:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {answer.body.decode()[:500]}")
        return answer.json

    def talk(self, says: list[str], identity: str | None = None) -> Talk:
        """Let a citizen say things."""
        talk = self.server.talk(identity)
        for words in says:
            talk.say(words)
        return talk

    def storage(self, at: datetime | None = None) -> Database:
        """Open the storage beside the server, at a moment of Beijing time or at the server's."""
        database = storage_of(self.server)
        database.clock = (lambda: self.now()) if at is None else (lambda: at.replace(tzinfo=BEIJING))
        return database

    def now(self) -> datetime:
        """Return the server's time."""
        return (MONDAY_MORNING + timedelta(seconds=time.monotonic() - self.server.began)).replace(tzinfo=BEIJING)

    def move_back(self, talk: Talk, ago: timedelta) -> None:
        """Let what a conversation has led to have happened earlier; what was said with a person is spread until now."""
        database = self.storage()
        with database.writing(talk.id) as session:
            for mapper in Base.registry.mappers:
                if hasattr(mapper.class_, "conversation_id"):
                    for row in session.query(mapper.class_).filter_by(conversation_id=talk.id):
                        _shift(row, mapper.local_table.columns, ago)
            for handoff in session.query(HandoffRow).filter_by(conversation_id=talk.id):
                messages = session.query(HandoffMessageRow).filter_by(handoff_id=handoff.id)
                said = messages.order_by(HandoffMessageRow.seq).all()
                for number, message in enumerate(said, 1):
                    message.at -= ago * (1 - number / (len(said) + 1))
        database.close()


def _shift(row: Any, columns: Any, ago: timedelta) -> None:
    for column in columns:
        value = getattr(row, column.name)
        if isinstance(column.type, UtcDateTime) and value is not None:
            setattr(row, column.name, value - ago)
