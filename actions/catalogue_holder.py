"""The guides and passages of a running program: they follow their files, and the approved revisions over them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from actions.followed_files import CHECK_EVERY_SECONDS, FollowedFiles
from knowledge_base.item_drafts import DraftChecker
from knowledge_base.item_files import SCHEMA_FILE, cases_file, items_folder
from knowledge_base.items import FACTS_FILE, Catalogue, load_catalogue
from knowledge_base.passages.loading import load_passages, passage_files
from knowledge_base.passages.passage import Passage
from storage.errors import StorageError
from storage.revisions import Revision

logger = logging.getLogger(__name__)

InForce = Callable[[], Mapping[str, Revision]]
"""gives the revision in force of each item that has one"""


class CatalogueHolder(FollowedFiles[Catalogue]):
    """Give the catalogue as its files and the revisions in force over them say it."""

    def __init__(
        self,
        data: Path,
        monotonic: Callable[[], float] = time.monotonic,
        check_every: float = CHECK_EVERY_SECONDS,
        knowledge: Path | None = None,
        in_force: InForce = dict,
    ) -> None:
        """Load the catalogue of a knowledge folder, of the data folder itself unless given; raise CatalogueInvalid."""
        own = knowledge or data
        super().__init__("guides", lambda: load_catalogue(data, own), lambda: _files(data, own), monotonic, check_every)
        self._data = data
        self._in_force = in_force
        self._written = self._current
        self._revised: frozenset[str] = frozenset()
        self._follow_revisions(anew=True)

    def look_now(self) -> Catalogue:
        """Return the catalogue with what was approved this very moment."""
        self._checked = self._monotonic() - self._check_every
        return self.current

    def _follow(self) -> bool:
        """Follow the files, then the revisions."""
        anew = super()._follow()
        if anew:
            self._written = self._current
        self._follow_revisions(anew)
        return anew

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
        self._current = self._written.with_revisions(guides)
        self._revised = ids
        if guides:
            logger.info("Guides said as approved revisions write them: %d.", len(guides))


class PassageHolder(FollowedFiles[Mapping[str, Passage]]):
    """Give the passages of a folder by their ids."""

    def __init__(self, folder: Path, data: Path, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Load the passages, held against the schema of the data folder; raise PassagesInvalid."""
        super().__init__("passages", lambda: _by_id(folder, data), lambda: passage_files(folder), monotonic)


def _by_id(folder: Path, data: Path) -> Mapping[str, Passage]:
    return {passage.passage_id: passage for passage in load_passages(folder, data)}


def _files(data: Path, knowledge: Path) -> Iterator[Path]:
    yield from sorted(items_folder(knowledge).glob("*.yml"))
    yield from (data / SCHEMA_FILE, cases_file(data, knowledge), data / FACTS_FILE)
