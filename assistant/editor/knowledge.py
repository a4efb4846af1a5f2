"""What editors work on: each item as files and revisions say it now, and what is wrong with a draft of it."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path
from typing import Any

from actions.catalogue_holder import CatalogueHolder
from assistant.revised_knowledge import revised_asks
from knowledge_base.asks import Asks, load_asks
from knowledge_base.item_drafts import DraftChecker, DraftProblem
from knowledge_base.items import Catalogue
from storage.revisions import Content, GuideRevisions

FILE_HASH = "file"
"""the key of a base that tells which version of the files lay below it"""


class ItemUnknown(Exception):
    """No file has an item of this id."""


class EditedKnowledge:
    """Read the items of a running server with their ways of asking; files that changed are read anew."""

    def __init__(self, data: Path, knowledge: Path, guides: CatalogueHolder, revisions: GuideRevisions) -> None:
        """Keep where items, ways of asking and revisions come from."""
        self._data = data
        self._knowledge = knowledge
        self._guides = guides
        self._revisions = revisions
        self._reading = threading.Lock()
        self._asks: tuple[Any, Asks] = ((), {})
        self._checker: tuple[Any, DraftChecker] | None = None

    @property
    def catalogue(self) -> Catalogue:
        """Return the items in force."""
        return self._guides.look_now()

    def take_over(self) -> None:
        """Let the assistant say at the next question what was approved this moment."""
        self._guides.look_now()

    def in_force(self, item_id: str) -> dict[str, Any]:
        """Return the content of an item in force; raise ItemUnknown."""
        catalogue = self.catalogue
        if item_id not in catalogue.items:
            raise ItemUnknown(f"There is no item {item_id}.")
        revised = self._revisions.in_force().get(item_id) if item_id in catalogue.revised else None
        return _plain(revised.content) if revised else self.in_files(item_id)

    def in_files(self, item_id: str) -> dict[str, Any]:
        """Return the content of an item as the files write it; raise ItemUnknown."""
        catalogue = self.catalogue
        if item_id not in catalogue.written:
            raise ItemUnknown(f"There is no item {item_id}.")
        return _plain({"guide": catalogue.written[item_id], "asks": self._asks_of_files().get(item_id, {})})

    def base(self, item_id: str) -> dict[str, Any]:
        """Return what a draft begun now is based on: what is in force, and which version of the files lies below."""
        return {**self.in_force(item_id), FILE_HASH: content_hash(self.in_files(item_id))}

    def problems(self, item_id: str, content: Content) -> tuple[DraftProblem, ...]:
        """Return what is wrong with a draft."""
        return self._checked().problems(item_id, content.get("guide"), content.get("asks"))

    def _checked(self) -> DraftChecker:
        """Return the checker for what is in force; it is made anew when that changed."""
        catalogue, asks = self.catalogue, self._asks_of_files()
        with self._reading:
            state = (id(catalogue), id(asks))
            if self._checker is None or self._checker[0] != state:
                in_force = revised_asks(asks, catalogue, self._revisions.in_force())
                self._checker = (state, DraftChecker(self._data, catalogue, in_force))
            return self._checker[1]

    def _asks_of_files(self) -> Asks:
        folder = self._knowledge / "asks"
        with self._reading:
            state = [(path.name, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.yml"))]
            if state != self._asks[0]:
                self._asks = (state, load_asks(folder))
            return self._asks[1]


def content_hash(content: Content) -> str:
    """Return what tells one version of an item from another."""
    plain = {"guide": content.get("guide"), "asks": content.get("asks")}
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def _plain(content: Content) -> dict[str, Any]:
    """Return a copy that may be changed."""
    copied: dict[str, Any] = json.loads(json.dumps({"guide": content["guide"], "asks": content["asks"]}))
    return copied
