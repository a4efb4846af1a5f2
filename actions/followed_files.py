"""What a running program loaded from files, and loads again when they change."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

logger = logging.getLogger(__name__)

CHECK_EVERY_SECONDS = 1.0

Loaded = TypeVar("Loaded")
Signature = tuple[tuple[str, int, int], ...]
"""name, time of change (ns) and size of each file"""


class FollowedFiles(Generic[Loaded]):
    """Give what the files hold as they stand; a change that cannot be loaded leaves what was there before."""

    def __init__(
        self,
        what: str,
        load: Callable[[], Loaded],
        files: Callable[[], Iterable[Path]],
        monotonic: Callable[[], float] = time.monotonic,
        check_every: float = CHECK_EVERY_SECONDS,
    ) -> None:
        """Load for the first time, and let what `load` raises pass; `what` names it in the log.

        `monotonic` gives seconds; `files` are looked at when `check_every` of them have passed.
        """
        self._what = what
        self._load = load
        self._files = files
        self._monotonic = monotonic
        self._check_every = check_every
        self._checking = threading.Lock()
        self._checked = monotonic()
        self._signature = _signature(files())
        self._current = load()

    @property
    def current(self) -> Loaded:
        """The newest that could be loaded."""
        if self._monotonic() - self._checked >= self._check_every and self._checking.acquire(blocking=False):
            try:
                self._follow()
            finally:
                self._checking.release()
        return self._current

    def _follow(self) -> bool:
        """Load the files anew if one of them changed since they were loaded, or refused, last; tell whether it did."""
        self._checked = self._monotonic()
        signature = _signature(self._files())
        if signature == self._signature:
            return False
        self._signature = signature
        try:
            self._current = self._load()
        except Exception as error:  # whatever a half-written file leads to must not end a conversation
            problems = getattr(error, "problems", None)
            said = " ".join(problems) if problems else repr(error)
            logger.warning("The changed %s cannot be used, the ones before stay: %s", self._what, said)
            return False
        logger.info("Took over changed %s.", self._what)
        return True


def _signature(files: Iterable[Path]) -> Signature:
    """Return what tells one state of the files from another; a file that is gone counts for nothing."""
    stamps = []
    for path in files:
        try:
            found = path.stat()
        except FileNotFoundError:
            continue  # removed between the listing and here, or optional
        stamps.append((str(path), found.st_mtime_ns, found.st_size))
    return tuple(stamps)
