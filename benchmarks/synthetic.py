"""Thousands of made-up items, for measuring search at a size the catalogue does not have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from knowledge_base.corpus import IndexedItem

FILE = Path(__file__).with_name("synthetic_items.yml")

Asks = dict[str, dict[str, list[str]]]


def synthetic_items(
    real: Sequence[IndexedItem],
    asks: Mapping[str, Mapping[str, Sequence[str]]],
    count: int,
    asks_per_item: int,
) -> tuple[list[IndexedItem], Asks]:
    """Return `count` items and their ways of asking: the real ones said of different people and places."""
    from knowledge_base.corpus import IndexedItem

    words = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    made: list[IndexedItem] = []
    said: Asks = {}
    for number, ((place, who), item) in enumerate(product(product(words["where"], words["who"]), real)):
        if number == count:
            break
        item_id = f"{item.item_id}-{number}"
        made.append(
            IndexedItem(
                item_id,
                f"{place}{who}{item.name}",
                tuple(f"{place}{who}{alias}" for alias in item.aliases[:1]),
            )
        )
        said[item_id] = _asks(asks.get(item.item_id, {}), f"{place}{who}", number, asks_per_item)
    return made, said


def _asks(real: Mapping[str, Sequence[str]], before: str, number: int, count: int) -> dict[str, list[str]]:
    """Return some of the real item's asks, other ones for each number."""
    every = [(facet, text) for facet, texts in real.items() for text in texts]
    chosen = [every[(number * count + step) % len(every)] for step in range(min(count, len(every)))]
    made: dict[str, list[str]] = {}
    for facet, text in chosen:
        made.setdefault(facet, []).append(f"{before}{text}")
    return made
