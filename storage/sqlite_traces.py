"""What SQLite leaves of deleted rows in its files, and how none of it stays."""

from __future__ import annotations

from sqlalchemy.engine import Engine

OVERWRITE_DELETED = "PRAGMA secure_delete=ON"
"""for each connection that deletes: what is deleted is overwritten with zeros in its page, freed pages included"""


def empty_log(engine: Engine) -> bool:
    """Write SQLite's log into the database and cut it to nothing; say whether that was done.

    The log keeps earlier versions of pages. It cannot be cut while somebody reads from it: False, try again. Other
    databases look after their own: True.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.close()
    finally:
        connection.close()
    return not busy
