from __future__ import annotations

import pytest

from storage.applications import Applications
from storage.encryption import Cipher
from storage.outbox import Outbox
from tests.actions.connectors.department import Department
from tests.actions.connectors.dispatching import ITEM, dispatcher_for
from tests.databases import HandClock, opened_again_and_again

VALUES = {"full_name": "张示例", "id_number": "310101199304180027", "phone": "13900000001", "purpose": "求职就业"}


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def key():
    return Cipher.new_key()


@pytest.fixture
def database_url(request, empty_databases, tmp_path):
    """The address of a database with empty tables: SQLite, or PostgreSQL for a test that asks for it."""
    return empty_databases.new(getattr(request, "param", "sqlite"), tmp_path / "wenban.db")


@pytest.fixture
def open_database(database_url, key, clock):
    with opened_again_and_again(database_url, Cipher(key), clock) as open_:
        yield open_


@pytest.fixture
def database(open_database):
    return open_database()


@pytest.fixture
def handed(database):
    """The applications, those of the item handed to the police."""
    return Applications(database, {ITEM: "police"})


@pytest.fixture
def outbox(database):
    return Outbox(database)


@pytest.fixture
def apply(handed):
    """Submit an application and return it."""

    def apply_(conversation: str = "one"):
        context = {"applicant": "本人", "sources": {"full_name": "identity", "purpose": "said"}, "eligible": False}
        fields = {**VALUES, "not_of_the_flow": "x"}
        return handed.submit(handed.create_draft(conversation, ITEM).id, None, fields, context)

    return apply_


@pytest.fixture
def department(tmp_path):
    running = Department(tmp_path / "department").start()
    yield running
    running.kill()


@pytest.fixture
def dispatcher(database, department, clock):
    return dispatcher_for(database, department.url, clock)
