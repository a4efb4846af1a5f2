from __future__ import annotations

import os
import stat

import pytest

from storage.conversations import Conversations
from storage.database import Database
from storage.encryption import Cipher
from storage.private_files import private_database, sqlite_file


@pytest.fixture(autouse=True)
def open_umask():
    """A process whose new files everybody may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_database_and_its_folder_are_the_users_own(tmp_path, key):
    database = Database(f"sqlite:///{tmp_path / 'var' / 'wenban.db'}", Cipher(key))
    database.upgrade()
    Conversations(database).bind("one", None, "web")
    assert mode(tmp_path / "var") == 0o700
    files = list((tmp_path / "var").iterdir())
    assert {path.name for path in files} >= {"wenban.db", "wenban.db-wal"}
    assert {mode(path) for path in files} == {0o600}
    database.close()


def test_a_database_that_everybody_could_read_is_closed_to_them(tmp_path):
    path = tmp_path / "wenban.db"
    path.touch(mode=0o644)
    private_database(f"sqlite:///{path}")
    assert mode(path) == 0o600


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://host/wenban"])
def test_what_has_no_file_is_left_alone(url):
    assert sqlite_file(url) is None
    private_database(url)
