"""Find items whose guides are each other's with the name changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from knowledge_base.items import ServiceItem
from knowledge_base.text import bare, normalise

TOO_ALIKE = 0.5
"""share of character pairs in common (Jaccard) from which two guides are too much the same"""
_NAME_MARK = "□"


@dataclass(frozen=True)
class AlikePair:
    """Two items and how much of their guides is the same, 0 to 1."""

    one: str
    other: str
    likeness: float


def alike_pairs(items: Iterable[ServiceItem], threshold: float = TOO_ALIKE) -> list[AlikePair]:
    """Return the pairs of items whose guides are alike from the threshold on, the most alike first.

    Compared are conditions, materials and steps in their own words, the item's names masked; forms, numbers
    and media of materials are left out, since those are the same everywhere.
    """
    pairs_of = {item.item_id: guide_pairs(item) for item in items}
    found = []
    for (one, mine), (other, theirs) in combinations(pairs_of.items(), 2):
        smaller, larger = sorted((len(mine), len(theirs)))
        if not smaller or smaller / larger < threshold:
            continue
        same = likeness(mine, theirs)
        if same >= threshold:
            found.append(AlikePair(one, other, same))
    return sorted(found, key=lambda pair: -pair.likeness)


def likeness(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Return how much of two guides, as `guide_pairs` takes them, is the same, 0 to 1."""
    shared = len(mine & theirs)
    return shared / ((len(mine) + len(theirs) - shared) or 1)


def guide_pairs(item: ServiceItem) -> frozenset[str]:
    """Return the pairs of characters that stand together in an item's guide, its names masked."""
    text = guide_text(item)
    return frozenset(line[start : start + 2] for line in text.splitlines() for start in range(len(line) - 1))


def guide_text(item: ServiceItem) -> str:
    """Return what the guide says in its own words, its names masked."""
    guide = item.guide
    lines = [
        *(condition.text for condition in guide.conditions),
        *(f"{material.name}{material.note}" for material in guide.materials or ()),
        *guide.steps,
    ]
    text = "\n".join(bare(normalise(line)) for line in lines)
    names = sorted({bare(normalise(name)) for name in (item.name, *item.aliases)}, key=len, reverse=True)
    return re.sub("|".join(re.escape(name) for name in names if name), _NAME_MARK, text)
