"""How items are asked for in English: their names, and data/english/items.yml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from knowledge_base.checks import ERROR, WARNING, Finding
from knowledge_base.items import Catalogue

WAYS_FILE = "items.yml"
STRANGERS_FILE = "out_of_scope.yml"

Ways = Mapping[str, tuple[str, ...]]
"""item_id → ways of asking"""


class WaysInvalid(ValueError):
    """data/english/items.yml is no list of ways of asking for each item; the sentence says where."""


def load_ways(folder: Path) -> Ways:
    """Read the ways of asking of each item; none where there is no such file.

    Raises:
        WaysInvalid: an item has something else than a list of words.
    """
    path = folder / WAYS_FILE
    raw = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.exists() else {}
    if not isinstance(raw, Mapping):
        raise WaysInvalid(f"{path.name} is no mapping of items to ways of asking.")
    for item_id, ways in raw.items():
        if not isinstance(ways, list) or not ways or not all(isinstance(way, str) and way.strip() for way in ways):
            raise WaysInvalid(f"{path.name}, item {item_id}: needs a list of ways of asking, each in words.")
    return {str(item_id): tuple(ways) for item_id, ways in raw.items()}


def load_strangers(folder: Path) -> tuple[str, ...]:
    """Read what is asked for in English and no item does."""
    path = folder / STRANGERS_FILE
    return tuple(map(str, yaml.safe_load(path.read_text(encoding="utf-8")) or ())) if path.exists() else ()


def check_ways(folder: Path, catalogue: Catalogue) -> list[Finding]:
    """Return what is wrong with the ways of asking in English, and which items nobody can ask for in English."""
    try:
        ways = load_ways(folder)
    except WaysInvalid as invalid:
        return [Finding(ERROR, f"english/{WAYS_FILE}", str(invalid))]
    return [*_unknown(ways, catalogue), *_shared(ways, catalogue), *_unnamed(ways, catalogue)]


def _unknown(ways: Ways, catalogue: Catalogue) -> Iterator[Finding]:
    for item_id in ways.keys() - catalogue.items.keys():
        yield Finding(ERROR, item_id, "has ways of asking in English, but there is no such item.")


def _shared(ways: Ways, catalogue: Catalogue) -> Iterator[Finding]:
    owners: dict[str, list[str]] = defaultdict(list)
    for item_id in ways.keys() & catalogue.items.keys():
        for way in {way.lower() for way in ways[item_id]}:
            owners[way].append(item_id)
    for way, items in owners.items():
        if len(items) > 1:
            yield Finding(ERROR, ", ".join(sorted(items)), f"share a way of asking in English: {way}")


def _unnamed(ways: Ways, catalogue: Catalogue) -> Iterator[Finding]:
    for item in catalogue.items.values():
        if not item.english_name:
            yield Finding(WARNING, item.item_id, "has no English name: questions in English do not find it.")
        elif item.item_id not in ways:
            yield Finding(WARNING, item.item_id, "is asked for in English by its name alone.")
