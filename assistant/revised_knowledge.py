"""What is known: the files with the approved revisions of this installation over them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from actions.catalogue_holder import CatalogueHolder
from assistant.settings import Settings
from knowledge_base.asks import Asks, load_asks
from knowledge_base.index_files import IndexUnusable, current_version, read_manifest
from knowledge_base.items import Catalogue
from storage.private_files import sqlite_file
from storage.revisions import GuideRevisions, Revision

InForce = Mapping[str, Revision]
"""item_id → the revision in force"""


@dataclass(frozen=True)
class Knowledge:
    """What an index is built from."""

    catalogue: Catalogue
    asks: Asks
    mark: str
    """tells one set of revisions from another"""


def knowledge_in_force(settings: Settings) -> Knowledge:
    """Read the files and put over them the revisions that are in force now."""
    in_force = revisions_in_force(settings)
    catalogue = CatalogueHolder(settings.data, knowledge=settings.knowledge, in_force=lambda: in_force).current
    asks = revised_asks(load_asks(settings.knowledge / "asks"), catalogue, in_force)
    return Knowledge(catalogue, asks, revisions_mark(in_force))


def revised_asks(asks: Asks, catalogue: Catalogue, in_force: InForce) -> Asks:
    """Return the ways of asking, those of revised items as their revisions hold them."""
    return {**asks, **{item_id: dict(in_force[item_id].content["asks"]) for item_id in catalogue.revised}}


def revisions_in_force(settings: Settings) -> InForce:
    """Return the revisions in force; where there is no database yet, none is made to look."""
    file = sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        return {}
    from assistant.staff.accounts import open_database

    database = open_database(settings)
    try:
        return GuideRevisions(database).in_force()
    finally:
        database.close()


def revisions_mark(in_force: InForce) -> str:
    """Return what tells one set of revisions from another; empty for none."""
    ids = sorted(revision.id for revision in in_force.values())
    return hashlib.sha256(" ".join(ids).encode()).hexdigest()[:16] if ids else ""


def indexed_revisions(index: Path) -> str | None:
    """Return the mark of the revisions that the present index was built with; None without a usable index."""
    try:
        return read_manifest(index / current_version(index)).revisions
    except IndexUnusable:
        return None
