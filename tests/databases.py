"""Databases of a test's own, with empty tables: on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from storage.database import Database
from storage.encryption import Cipher
from tests.postgresql import PostgresqlServer


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 10, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.moment

    def pass_(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


class EmptyDatabases:
    """Databases copied from one of their kind: making the tables takes longer than most tests."""

    def __init__(self, folder: Path, server: Callable[[], PostgresqlServer]) -> None:
        """Keep the first SQLite file in a folder; `server` is called when somebody asks for PostgreSQL."""
        self._folder = folder
        self._server = server

    def new(self, kind: str, path: Path) -> str:
        """Return the address of a new database: `sqlite`, in a file at `path`, or `postgresql`."""
        if kind == "postgresql":
            return self._server().new_database(self._postgresql)
        shutil.copy(self._sqlite, path)
        return f"sqlite:///{path}"

    @cached_property
    def _sqlite(self) -> Path:
        path = self._folder / "wenban.db"
        _make_tables(f"sqlite:///{path}")
        return path

    @cached_property
    def _postgresql(self) -> str:
        url = self._server().new_database()
        _make_tables(url)
        return make_url(url).database or ""


def _make_tables(url: str) -> None:
    database = Database(url, Cipher(Cipher.new_key()))
    database.upgrade()
    database.close()


@contextmanager
def opened_again_and_again(url: str, cipher: Cipher, clock: Callable[[], datetime]) -> Iterator[Callable[[], Database]]:
    """Give what opens the same database each time it is called, as a restarted program would; close all at the end."""
    opened: list[Database] = []

    def open_() -> Database:
        database = Database(url, cipher, clock)
        database.upgrade()
        opened.append(database)
        return database

    yield open_
    for database in opened:
        database.close()


on_both = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
