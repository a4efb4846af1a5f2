"""The anchor of the audit trail: outside the database, up to which entry this machine has seen it.

The sealed head inside the database shows a cut end to whoever has the key. It does not show one where an older copy of
the head was put back together with the rows that it counts: that only something kept elsewhere can tell.
"""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage.encryption import Cipher
from storage.private_files import private_folder

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Anchored:
    """What the trail must still hold: an entry's number and its hash."""

    seq: int
    hash: str
    since: int
    """the entry that this anchor was begun with"""


class AnchorBroken(Exception):
    """The anchor's file cannot be read, or was written by another hand."""


class AuditAnchor:
    """One file, which moves on with the trail and never back; safe between the processes of one machine."""

    def __init__(self, path: Path, cipher: Cipher) -> None:
        """Name the file; it is made with the first entry that is written."""
        self.path = path
        self._cipher = cipher

    def read(self) -> Anchored | None:
        """Return what is anchored, None where there is no file yet; raise AnchorBroken."""
        try:
            seq, hash_, since, seal = self.path.read_text("ascii").split()
            anchored = Anchored(int(seq), hash_, int(since))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise AnchorBroken(AnchorBroken.__doc__) from error
        if seal != self._seal(anchored):
            raise AnchorBroken(AnchorBroken.__doc__)
        return anchored

    def move(self, seq: int, hash_: str) -> None:
        """Move on to an entry; a file that stands further on, or was written by another hand, stays as it is.

        That it cannot be written is logged and stops nobody's work.
        """
        try:
            with self._locked():
                before = self.read()
                if before is None or before.seq < seq:
                    self._write(Anchored(seq, hash_, seq if before is None else before.since))
        except AnchorBroken:
            return
        except OSError as error:
            logger.error("The anchor of the audit trail could not be written: %s", type(error).__name__)

    def _write(self, anchored: Anchored) -> None:
        """Replace the file whole, so that a power cut leaves the one before or the one after."""
        beside = self.path.with_name(f".{self.path.name}.new")
        beside.touch(mode=0o600)
        line = f"{anchored.seq} {anchored.hash} {anchored.since} {self._seal(anchored)}\n"
        beside.write_text(line, "ascii")
        os.replace(beside, self.path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        private_folder(self.path.parent)
        lock = os.open(self.path.with_name(f".{self.path.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _seal(self, anchored: Anchored) -> str:
        return self._cipher.seal(f"anchor {anchored.seq} {anchored.hash} {anchored.since}")
