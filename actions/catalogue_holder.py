"""The catalogue of a running program: it follows the files that it was loaded from."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from knowledge_base.item_files import SCHEMA_FILE, cases_file, items_folder
from knowledge_base.items import FACTS_FILE, Catalogue, CatalogueInvalid, load_catalogue

logger = logging.getLogger(__name__)

CHECK_EVERY_SECONDS = 1.0

Signature = tuple[tuple[str, int, int], ...]
"""name, time of change (ns) and size of each file"""


class CatalogueHolder:
    """Give the catalogue as its files stand; a change that cannot be loaded leaves the one before in place."""

    def __init__(
        self,
        data: Path,
        monotonic: Callable[[], float] = time.monotonic,
        check_every: float = CHECK_EVERY_SECONDS,
        knowledge: Path | None = None,
    ) -> None:
        """Load the catalogue of a knowledge folder, of the data folder itself unless given; raise CatalogueInvalid.

        `monotonic` gives seconds; the files are looked at when `check_every` of them have passed.
        """
        self._data = data
        self._knowledge = knowledge or data
        self._monotonic = monotonic
        self._check_every = check_every
        self._checking = threading.Lock()
        self._checked = monotonic()
        self._signature = _signature(data, self._knowledge)
        self._catalogue = load_catalogue(data, self._knowledge)

    @property
    def current(self) -> Catalogue:
        """The newest catalogue that could be loaded."""
        if self._monotonic() - self._checked >= self._check_every and self._checking.acquire(blocking=False):
            try:
                self._follow()
            finally:
                self._checking.release()
        return self._catalogue

    def _follow(self) -> None:
        """Load the files anew if one of them changed since they were loaded, or refused, last."""
        self._checked = self._monotonic()
        signature = _signature(self._data, self._knowledge)
        if signature == self._signature:
            return
        self._signature = signature
        try:
            self._catalogue = load_catalogue(self._data, self._knowledge)
        except CatalogueInvalid as invalid:
            logger.warning("The changed guides cannot be used, the ones before stay: %s", " ".join(invalid.problems))
        except Exception as error:  # whatever a half-written file leads to must not end a conversation
            logger.warning("The changed guides cannot be used, the ones before stay: %r", error)
        else:
            logger.info("Took over changed guides: %d items.", len(self._catalogue.items))


def _signature(data: Path, knowledge: Path) -> Signature:
    """Return what tells one state of the files from another."""
    return tuple(_stamps(data, knowledge))


def _stamps(data: Path, knowledge: Path) -> Iterator[tuple[str, int, int]]:
    single = (data / SCHEMA_FILE, cases_file(data, knowledge), data / FACTS_FILE)
    for path in (*sorted(items_folder(knowledge).glob("*.yml")), *single):
        try:
            found = path.stat()
        except FileNotFoundError:
            continue  # removed between the listing and here, or optional
        yield str(path), found.st_mtime_ns, found.st_size
