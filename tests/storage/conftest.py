from __future__ import annotations

import pytest

from storage.encryption import Cipher
from storage.identity import Identity
from tests.databases import HandClock, opened_again_and_again


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def key():
    return Cipher.new_key()


@pytest.fixture
def database_path(tmp_path):
    return tmp_path / "wenban.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, empty_databases, database_path):
    """The address of a database with empty tables; every test that uses it runs on SQLite and on PostgreSQL."""
    return empty_databases.new(request.param, database_path)


@pytest.fixture
def open_database(database_url, key, clock):
    with opened_again_and_again(database_url, Cipher(key), clock) as open_:
        yield open_


@pytest.fixture
def database(open_database):
    return open_database()


@pytest.fixture
def identity():
    return Identity("张示例", "310101199304180027", "13900000001", "6222020000000000018", {"birth": {"eligible": True}})
