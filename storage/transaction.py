"""What one thread writes together: all of it is committed, or nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session


class Transaction:
    """One session, what is written last in it, and what is done once it is committed."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._at_the_end: list[Callable[[], None]] = []
        self._afterwards: list[Callable[[], None]] = []
        self._lost: DBAPIError | None = None

    def at_the_end(self, write: Callable[[], None]) -> None:
        """Write something after everything else, so that the lock it takes is the last one, and held shortest."""
        self._at_the_end.append(write)

    def afterwards(self, act: Callable[[], None]) -> None:
        """Do something outside the database when all is committed; it must not fail."""
        self._afterwards.append(act)

    @contextmanager
    def part(self) -> Iterator[None]:
        """Undo what is written in it, and what is put off in it, when an error leaves it."""
        self._check()
        put_off = len(self._at_the_end), len(self._afterwards)
        try:
            with self.session.begin_nested():
                yield
        except BaseException as error:
            del self._at_the_end[put_off[0] :], self._afterwards[put_off[1] :]
            if isinstance(error, DBAPIError):  # SQLite undoes not the part but everything when the disk is full
                self._lost = error
            raise

    def read_anew(self) -> None:
        """Forget what was read before, as a session of its own would not know it."""
        self._check()
        self.session.flush()
        self.session.expire_all()

    def commit(self) -> None:
        """Write what comes last, and commit."""
        for write in self._at_the_end:
            write()
        self._check()
        self.session.commit()

    def act_afterwards(self) -> None:
        """Do what was to be done after the commit."""
        for act in self._afterwards:
            act()

    def _check(self) -> None:
        """Let nothing be written any more once the database has failed, whoever caught its error."""
        if self._lost is not None:
            raise self._lost


class OfThread(threading.local):
    """The transaction that a thread is in, if it is in one."""

    transaction: Transaction | None = None
