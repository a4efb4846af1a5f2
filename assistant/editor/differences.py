"""Compare two versions of a guide and its ways of asking, element by element."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from storage.revisions import Content


@dataclass(frozen=True)
class DiffLine:
    mark: str
    """`-` taken away, `+` added, empty for what stayed"""
    value: Any
    """a text, or an entry as the guide holds it; None where unchanged entries are left out"""


@dataclass(frozen=True)
class Difference:
    element: str
    """such as `fee` or `asks.time`"""
    lines: tuple[DiffLine, ...]


def differences(before: Content, after: Content) -> tuple[Difference, ...]:
    """Return the elements that differ, each with its lines; elements stand in the order of the newer version."""
    old, new = elements(before), elements(after)
    return tuple(
        Difference(name, _lines(old.get(name), new.get(name)))
        for name in dict.fromkeys([*new, *old])
        if old.get(name) != new.get(name)
    )


def elements(content: Content) -> dict[str, Any]:
    """Return the parts that are compared and merged each for itself: the guide's fields and each facet's asks."""
    asks: Mapping[str, Any] = content.get("asks") or {}
    return {**content.get("guide", {}), **{f"asks.{facet}": texts for facet, texts in asks.items() if texts}}


def content_of(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content that `elements` took apart."""
    guide = {name: value for name, value in parts.items() if not name.startswith("asks.")}
    asks = {name.removeprefix("asks."): value for name, value in parts.items() if name.startswith("asks.")}
    return {"guide": guide, "asks": asks}


def _lines(before: Any, after: Any) -> tuple[DiffLine, ...]:
    """Return the entries of two values; of long lists only what changed, with an entry around it."""
    old, new = _entries(before), _entries(after)
    keys = [[json.dumps(one, ensure_ascii=False, sort_keys=True) for one in side] for side in (old, new)]
    found: list[DiffLine] = []
    for operation, from_, to, begin, end in SequenceMatcher(a=keys[0], b=keys[1], autojunk=False).get_opcodes():
        if operation == "equal":
            found += [DiffLine("", value) for value in _around(old[from_:to])]
        else:
            found += [DiffLine("-", value) for value in old[from_:to]]
            found += [DiffLine("+", value) for value in new[begin:end]]
    return tuple(found)


def _around(entries: Sequence[Any]) -> Sequence[Any]:
    return entries if len(entries) <= 3 else [entries[0], None, entries[-1]]


def _entries(value: Any) -> list[Any]:
    """Return what is compared of an element: its entries, its fields one by one, or its single value."""
    if value is None:
        return []
    if isinstance(value, dict):
        return [{key: one} for key, one in value.items()]
    return value if isinstance(value, list) else [value]
