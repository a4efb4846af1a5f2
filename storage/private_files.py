"""Files and folders that only the program's own user may read."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url


def private_folder(path: Path) -> None:
    """Make the folder, mode 0700, unless it is there; one that was made before keeps its mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)


def private_database(url: str) -> None:
    """Make the file of an SQLite database, mode 0600, or give it this mode; other databases have no file here.

    SQLite gives the files beside it (`-wal`, `-shm`) the mode of the database.
    """
    path = sqlite_file(url)
    if path is None:
        return
    private_folder(path.parent)
    with suppress(PermissionError):  # another user's file: opening it says what is wrong
        path.touch(mode=0o600)
        path.chmod(0o600)


def sqlite_file(url: str) -> Path | None:
    """Return the file of an SQLite database, or None for one in memory or of another kind."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))
