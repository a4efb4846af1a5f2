from __future__ import annotations

import shutil
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import make_url

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
def empty_sqlite(tmp_path_factory, key):
    """A database with its tables, to be copied: making the tables takes longer than most tests."""
    path = tmp_path_factory.mktemp("empty") / "wenban.db"
    _make_tables(f"sqlite:///{path}", key)
    return path


@pytest.fixture(scope="session")
def empty_postgresql(postgresql, key):
    """The name of such a database on PostgreSQL."""
    url = postgresql.new_database()
    _make_tables(url, key)
    return make_url(url).database


def _make_tables(url, key):
    database = Database(url, Cipher(key))
    database.upgrade()
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, database_path):
    """The address of a database with empty tables; every test that uses it runs on SQLite and on PostgreSQL."""
    if request.param == "postgresql":
        template = request.getfixturevalue("empty_postgresql")
        return request.getfixturevalue("postgresql").new_database(template)
    shutil.copy(request.getfixturevalue("empty_sqlite"), database_path)
    return f"sqlite:///{database_path}"


only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def open_database(database_url, key, clock):
    """Open the same database again and again, as a restarted program would."""
    opened = []

    def open_() -> Database:
        database = Database(database_url, Cipher(key), clock)
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
