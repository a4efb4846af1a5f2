"""What the guides tell of a message: whether it names an item, and how far it speaks of what an item's guide says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import log
from pathlib import Path

from actions.catalogue_holder import CatalogueHolder
from knowledge_base.differences import Differences
from knowledge_base.items import Catalogue, ServiceItem
from knowledge_base.text import bare, normalise_written

Pairs = frozenset[str]
_LEAST_NAMED = 3
"""characters of an item's name that a message must hold to name it"""
_UNKNOWN = 0.7
"""weight of a pair of characters that no guide holds, beside the rarest one that a guide holds"""


class Topics:
    """Hold messages against the guides as they stand now."""

    def __init__(self, guides: CatalogueHolder, differences: Differences) -> None:
        """Keep the guides and what tells items apart; what is derived from the guides is made anew when they change."""
        self._guides = guides
        self._differences = differences
        self._derived = _Derived(guides.current)

    @classmethod
    def load(cls, data: Path, guides: CatalogueHolder) -> Topics:
        """Read the words that tell items apart of the data folder."""
        return cls(guides, Differences.load(data / "texts" / "differences.yml"))

    def alike(self, item: str, other: str) -> bool:
        """Tell whether two items are the same step of different things (both for what was lost, both for the first)."""
        items = self._now.items
        return item in items and other in items and self._differences.alike(items[item], items[other])

    def names(self, words: str, item: str, beside: str | None = None) -> bool:
        """Tell whether the words hold a piece of the item's names that the names of `beside` do not hold."""
        found = self._now.items.get(item)
        if found is None:
            return False
        other = self._now.names_of(beside)
        plain = bare(words)
        pieces = {plain[at : at + _LEAST_NAMED] for at in range(len(plain) - _LEAST_NAMED + 1)}
        own = self._now.names_of(item)
        return any(piece in own and piece not in other for piece in pieces)

    def is_called(self, words: str, item: str, beside: str | None = None) -> bool:
        """Tell whether the words as they stand are a piece of the item's names and not of those of `beside`."""
        plain = bare(words)
        return plain in self._now.names_of(item) and plain not in self._now.names_of(beside)

    def are_neighbours(self, item: str, other: str) -> bool:
        """Tell whether one of two items names the other as easily taken for it."""
        items = self._now.items
        pairs = ((item, other), (other, item))
        return any(near.item == two for one, two in pairs if one in items for near in items[one].neighbours)

    def bears(self, words: str, item: str) -> float:
        """Return the share (0 to 1) of the normalised words that the guide speaks of, rare ones weighing more."""
        return self._now.bears(words, item)

    @property
    def _now(self) -> _Derived:
        catalogue = self._guides.current
        if self._derived.catalogue is not catalogue:
            self._derived = _Derived(catalogue)
        return self._derived


class _Derived:
    """What one catalogue tells."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.items = catalogue.items
        self._pairs_of = {
            key: frozenset().union(*(_pairs(normalise_written(text)) for text in _texts(item)))
            for key, item in self.items.items()
        }
        self._guides_with = Counter(pair for pairs in self._pairs_of.values() for pair in pairs)

    def names_of(self, item: str | None) -> str:
        """Return an item's names one a line, as messages are normalised."""
        found = self.items.get(item or "")
        return "\n".join(bare(normalise_written(name)) for name in (found.name, *found.aliases)) if found else ""

    def bears(self, words: str, item: str) -> float:
        said = _pairs(words)
        whole = sum(map(self._weight, said))
        guide = self._pairs_of.get(item, frozenset())
        return sum(map(self._weight, said & guide)) / whole if whole else 0.0

    def _weight(self, pair: str) -> float:
        rarest = log(len(self.items) + 1)
        known = self._guides_with[pair]
        return log((len(self.items) + 1) / (known + 0.5)) if known else _UNKNOWN * rarest


def _texts(item: ServiceItem) -> Iterator[str]:
    """Yield what a guide says, and the words in which its cases are told."""
    guide = item.guide
    yield from (item.name, *item.aliases, item.summary, *guide.steps, *guide.channels)
    yield from (condition.text for condition in guide.conditions)
    yield from (material.name + material.note for material in guide.materials or ())
    yield guide.time_limits.note if guide.time_limits else ""
    yield guide.fee.standard if guide.fee else ""
    yield guide.result.name + guide.result.validity if guide.result else ""
    yield from (place.name + place.note for place in guide.places)
    yield from (common.question + common.answer for common in item.questions)
    yield from (near.difference for near in item.neighbours)
    for case in item.cases:
        yield case.note
        yield from (material.name + material.note for material in case.extra_materials)
    for dimension in item.dimensions.values():
        yield from (word for words in dimension.values.values() for word in words)


def _pairs(words: str) -> Pairs:
    plain = bare(words)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
