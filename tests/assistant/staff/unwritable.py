"""An audit trail that takes no entry, as on a disk that is full."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from storage.database import Database

NO_ENTRY = "CREATE TRIGGER no_entry BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'no entry'); END"


@contextmanager
def unwritable(database: Database) -> Iterator[None]:
    """Let the audit trail of a SQLite database take no entry for a while."""
    _run(database, NO_ENTRY)
    try:
        yield
    finally:
        _run(database, "DROP TRIGGER no_entry")


def _run(database: Database, statement: str) -> None:
    with database.writing("test") as session:
        session.execute(text(statement))
