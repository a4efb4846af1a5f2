from __future__ import annotations

import shutil
from datetime import datetime, timedelta, timezone

import pytest

from storage.database import Database
from storage.encryption import Cipher
from storage.identity import Identity


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 10, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.moment

    def pass_(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def key():
    return Cipher.new_key()


@pytest.fixture
def database_path(tmp_path):
    return tmp_path / "wenban.db"


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory, key):
    """A database with its tables, to be copied: making the tables takes longer than most tests."""
    path = tmp_path_factory.mktemp("empty") / "wenban.db"
    database = Database(f"sqlite:///{path}", Cipher(key))
    database.upgrade()
    database.close()
    return path


@pytest.fixture
def open_database(database_path, empty_database, key, clock):
    """Open the same database again and again, as a restarted program would."""
    opened = []
    shutil.copy(empty_database, database_path)

    def open_() -> Database:
        database = Database(f"sqlite:///{database_path}", Cipher(key), clock)
        database.upgrade()
        opened.append(database)
        return database

    yield open_
    for database in opened:
        database.close()


@pytest.fixture
def database(open_database):
    return open_database()


@pytest.fixture
def identity():
    return Identity("张示例", "310101199304180027", "13900000001", "6222020000000000018", {"birth": {"eligible": True}})
