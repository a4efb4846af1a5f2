"""The catalogue and the passages of a running program: they follow the files that they were loaded from."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from actions.followed_files import CHECK_EVERY_SECONDS, FollowedFiles
from knowledge_base.item_files import SCHEMA_FILE, cases_file, items_folder
from knowledge_base.items import FACTS_FILE, Catalogue, load_catalogue
from knowledge_base.passages.loading import load_passages, passage_files
from knowledge_base.passages.passage import Passage


class CatalogueHolder(FollowedFiles[Catalogue]):
    """Give the catalogue of a data folder."""

    def __init__(
        self,
        data: Path,
        monotonic: Callable[[], float] = time.monotonic,
        check_every: float = CHECK_EVERY_SECONDS,
        knowledge: Path | None = None,
    ) -> None:
        """Load the catalogue of a knowledge folder, of the data folder itself unless given; raise CatalogueInvalid."""
        own = knowledge or data
        super().__init__("guides", lambda: load_catalogue(data, own), lambda: _files(data, own), monotonic, check_every)


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
