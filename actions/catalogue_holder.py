"""The catalogue of a running program: it follows the files it was loaded from, and the approved revisions over them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from knowledge_base.item_drafts import DraftChecker
from knowledge_base.items import (
    CASES_FILE,
    FACTS_FILE,
    ITEMS_FOLDER,
    SCHEMA_FILE,
    Catalogue,
    CatalogueInvalid,
    load_catalogue,
)
from storage.errors import StorageError
from storage.revisions import Revision

logger = logging.getLogger(__name__)

CHECK_EVERY_SECONDS = 1.0

Signature = tuple[tuple[str, int, int], ...]
"""name, time of change (ns) and size of each file"""
InForce = Callable[[], Mapping[str, Revision]]
"""gives the revision in force of each item that has one"""


class CatalogueHolder:
    """Give the catalogue as it stands; a change that cannot be loaded leaves the one before in place."""

    def __init__(
        self,
        data: Path,
        monotonic: Callable[[], float] = time.monotonic,
        check_every: float = CHECK_EVERY_SECONDS,
        in_force: InForce = dict,
    ) -> None:
        """Load the catalogue of a data folder; raise CatalogueInvalid.

        `monotonic` gives seconds; files and revisions are looked at when `check_every` of them have passed.
        """
        self._data = data
        self._monotonic = monotonic
        self._check_every = check_every
        self._in_force = in_force
        self._checking = threading.Lock()
        self._checked = monotonic()
        self._signature = _signature(data)
        self._written = self._catalogue = load_catalogue(data)
        self._revised: frozenset[str] = frozenset()
        self._follow_revisions(anew=True)

    @property
    def current(self) -> Catalogue:
        """The newest catalogue that could be loaded."""
        if self._monotonic() - self._checked >= self._check_every and self._checking.acquire(blocking=False):
            try:
                self._checked = self._monotonic()
                self._follow_revisions(anew=self._follow_files())
            finally:
                self._checking.release()
        return self._catalogue

    def look_now(self) -> Catalogue:
        """Return the catalogue with what was approved this very moment."""
        self._checked = self._monotonic() - self._check_every
        return self.current

    def _follow_files(self) -> bool:
        """Load the files anew if one of them changed since they were loaded, or refused, last; tell whether it did."""
        signature = _signature(self._data)
        if signature == self._signature:
            return False
        self._signature = signature
        try:
            self._written = load_catalogue(self._data)
        except CatalogueInvalid as invalid:
            logger.warning("The changed guides cannot be used, the ones before stay: %s", " ".join(invalid.problems))
        except Exception as error:  # whatever a half-written file leads to must not end a conversation
            logger.warning("The changed guides cannot be used, the ones before stay: %r", error)
        else:
            logger.info("Took over changed guides: %d items.", len(self._written.items))
            return True
        return False

    def _follow_revisions(self, anew: bool) -> None:
        """Put the revisions in force over the files; one that no longer fits them is left out and named."""
        try:
            in_force = self._in_force()
        except StorageError as error:
            logger.warning("The revisions of guides cannot be read, the ones before stay: %s", error)
            return
        ids = frozenset(revision.id for revision in in_force.values())
        if ids == self._revised and not anew:
            return
        guides = {item_id: revision.content["guide"] for item_id, revision in in_force.items()}
        checker = DraftChecker(self._data, self._written, {}) if guides else None
        for item_id in [one for one in guides if one in self._written.items]:
            problems = checker.misfits(item_id, guides[item_id]) if checker else ()
            if problems:
                where = ", ".join(f"{problem.element} ({problem.rule})" for problem in problems)
                logger.warning("The revision of %s does not fit the files, which stay in force: %s", item_id, where)
                del guides[item_id]
        self._catalogue = self._written.with_revisions(guides)
        self._revised = ids
        if guides:
            logger.info("Guides said as approved revisions write them: %d.", len(guides))


def _signature(data: Path) -> Signature:
    """Return what tells one state of the files from another."""
    return tuple(_stamps(data))


def _stamps(data: Path) -> Iterator[tuple[str, int, int]]:
    single = (data / SCHEMA_FILE, data / CASES_FILE, data / FACTS_FILE)
    for path in (*sorted((data / ITEMS_FOLDER).glob("*.yml")), *single):
        try:
            found = path.stat()
        except FileNotFoundError:
            continue  # removed between the listing and here, or optional
        yield str(path), found.st_mtime_ns, found.st_size
