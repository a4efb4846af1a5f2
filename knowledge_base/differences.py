"""What tells items apart: the one dimension in which they differ, and a short answer for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_base.items import ServiceItem

_LEAST_SHARED = 2
"""characters that the names must have in common"""


@dataclass(frozen=True)
class Kind:
    """A dimension of what items are called, and the words that say each of its values."""

    question: str
    """with a field `options`"""
    of: str
    values: Mapping[str, re.Pattern[str]]
    apart: bool = False
    """whether it is asked where the names have nothing in common"""

    def value(self, item: ServiceItem) -> str | None:
        """Return the first value whose words the item's field holds."""
        text = str(getattr(item, self.of))
        return next((value for value, words in self.values.items() if words.search(text)), None)

    def fitting(self, item: ServiceItem) -> frozenset[str]:
        """Return all values whose words the item's field holds."""
        text = str(getattr(item, self.of))
        return frozenset(value for value, words in self.values.items() if words.search(text))

    def rest(self, item: ServiceItem) -> str:
        """Return the item's name without what says the value."""
        value = self.value(item)
        return self.values[value].sub("\n", item.name) if value else item.name


@dataclass(frozen=True)
class Difference:
    """The dimension in which some items differ: its question and, in their order, the value of each item."""

    question: str
    values: tuple[str, ...]


class Differences:
    """Find what tells items apart, from data/texts/differences.yml."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        """Keep the dimensions in the order in which they are tried."""
        self._kinds = kinds

    @classmethod
    def load(cls, path: Path) -> Differences:
        """Read the dimensions of a file."""
        import yaml

        raw: Mapping[str, Mapping[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(
            {
                key: Kind(**{**kind, "values": {value: re.compile(words) for value, words in kind["values"].items()}})
                for key, kind in raw.items()
            }
        )

    def between(self, items: Sequence[ServiceItem]) -> Difference | None:
        """Return the dimension that alone tells all the items apart; None where none does, or two differ at once."""
        told = {key: tuple(kind.value(item) for item in items) for key, kind in self._kinds.items()}
        differing = [key for key, values in told.items() if None not in values and len(set(values)) > 1]
        differing = [key for key in differing if self._kinds[key].of == "name"] or differing
        if len(items) < 2 or len(differing) != 1:
            return None
        kind, values = self._kinds[differing[0]], [value for value in told[differing[0]] if value is not None]
        if len(set(values)) < len(values) or not (kind.apart or _share([kind.rest(item) for item in items])):
            return None
        return Difference(kind.question, tuple(values))

    def alike(self, one: ServiceItem, other: ServiceItem) -> bool:
        """Tell whether two items may be the same step of different things."""
        steps = [kind for kind in self._kinds.values() if not kind.apart and kind.of == "name"]
        return any(kind.fitting(one) & kind.fitting(other) for kind in steps)


def _share(names: Sequence[str]) -> bool:
    first, *others = names
    pieces = (first[at : at + _LEAST_SHARED] for at in range(len(first) - _LEAST_SHARED + 1))
    return any("\n" not in piece and all(piece in other for other in others) for piece in pieces)
