"""Open the database, keep its schema current and name what goes wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import create_engine, event, func, select
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool, StaticPool

from storage.encryption import Cipher
from storage.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseUnreachable,
    SchemaMissing,
    StorageError,
)
from storage.private_files import private_database
from storage.sqlite_traces import OVERWRITE_DELETED, empty_log
from storage.transaction import OfThread, Transaction

BUSY_TIMEOUT_SECONDS = 10.0

_FAILURES: tuple[tuple[tuple[str, ...], type[StorageError], str], ...] = (
    (
        ("disk is full", "no space left", "disk full"),
        DatabaseFull,
        "The disk that holds the database is full",
    ),
    (("readonly database", "read-only"), DatabaseReadOnly, "The database can be read and not written"),
    (("database is locked", "lock timeout"), DatabaseBusy, "Another writer held the database for too long"),
    (
        ("no such table", "no such column", "undefinedtable"),
        SchemaMissing,
        "The tables are missing: run the upgrade",
    ),
    (("not a database", "malformed"), DatabaseDamaged, "The file is not a database, or a damaged one"),
    (
        ("unable to open", "could not connect", "connection refused", "disk i/o"),
        DatabaseUnreachable,
        "The database cannot be reached",
    ),
)


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


class Database:
    """One database with its cipher and its clock; safe to share between threads."""

    def __init__(self, url: str, cipher: Cipher, clock: Callable[[], datetime] = utc_now) -> None:
        """Prepare the connection pool; nothing is opened before it is used.

        `url` is SQLAlchemy's (`sqlite:///var/wenban.db`, `postgresql://…`).
        """
        self.cipher = cipher
        self.clock = clock
        self.engine = _engine(url)
        self._sessions = sessionmaker(self.engine, future=True, expire_on_commit=False)
        self._of_thread = OfThread()

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return self.clock().astimezone(timezone.utc)

    def upgrade(self) -> None:
        """Bring the schema to this release; raise NewerSchema for a database of a later one."""
        from storage.migrations import upgrade

        with named_failures(), self.engine.connect() as connection:
            upgrade(connection)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give a session to read with; in a transaction of this thread, what was written there is read."""
        outer = self._of_thread.transaction
        if outer is None:
            with named_failures(), self._sessions() as session:
                yield session
        else:
            with named_failures():
                outer.read_anew()
                yield outer.session

    @contextmanager
    def writing(self, subject: str) -> Iterator[Session]:
        """Give a session that is committed at the end, or rolled back when an error leaves it.

        What was read in it still holds when it is written: SQLite's one write lock is taken at the start, on
        PostgreSQL a lock for the subject (a conversation's id, the name of a counter …).
        """
        with self.together() as transaction:
            session = transaction.session
            if self.engine.dialect.name == "postgresql":
                session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(subject, 0))))
            transaction.read_anew()  # what was read before the lock may have changed
            yield session

    @contextmanager
    def together(self) -> Iterator[Transaction]:
        """Make whatever this thread writes in it one transaction: all of it stands at the end, or nothing.

        One within another is a part of it, and is undone alone when its error is caught there. Nothing may be awaited
        in it, and nobody be told of what was done before it has ended: SQLite's write lock is held from its start.
        """
        outer = self._of_thread.transaction
        if outer is not None:
            with named_failures(), outer.part():
                yield outer
            return
        with named_failures(), self._sessions() as session:
            session.connection(execution_options={"writes": True})
            transaction = self._of_thread.transaction = Transaction(session)
            try:
                yield transaction
                transaction.commit()
            finally:
                self._of_thread.transaction = None
        transaction.act_afterwards()

    def empty_log(self) -> bool:
        """Empty SQLite's log, in which what was deleted lies for a while; say whether it is empty."""
        with named_failures():
            return empty_log(self.engine)

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


@contextmanager
def named_failures() -> Iterator[None]:
    """Turn the driver's errors into the errors of storage."""
    try:
        yield
    except DBAPIError as error:
        text = f"{error.orig} {error.__context__}".lower()  # what a failed rollback came of is in its context
        for signs, failure, sentence in _FAILURES:
            if any(sign in text for sign in signs):
                raise failure(f"{sentence} ({error.orig}).") from error
        if isinstance(error, OperationalError):
            raise DatabaseUnreachable(f"The database did not answer ({error.orig}).") from error
        raise


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(url, future=True, pool_pre_ping=True, pool_size=5, max_overflow=15)
        return engine
    in_memory = parsed.database in (None, "", ":memory:")
    if not in_memory:
        try:
            private_database(url)
        except OSError as error:
            raise DatabaseUnreachable(f"The folder of the database cannot be made ({error}).") from error
    engine = create_engine(
        url,
        future=True,
        poolclass=StaticPool if in_memory else QueuePool,
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_SECONDS},
        **({} if in_memory else {"pool_size": 5, "max_overflow": 15}),
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(OVERWRITE_DELETED)
    cursor.execute("PRAGMA synchronous=NORMAL")
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
    finally:
        cursor.close()


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
