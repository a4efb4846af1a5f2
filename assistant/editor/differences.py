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
    text: str


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
    """Return the lines of two values; of long lists only what changed, with a line around it."""
    old, new = _written(before), _written(after)
    found: list[DiffLine] = []
    for operation, from_, to, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            found += [DiffLine("", line) for line in _around(old[from_:to])]
        else:
            found += [DiffLine("-", line) for line in old[from_:to]]
            found += [DiffLine("+", line) for line in new[begin:end]]
    return tuple(found)


def _around(lines: Sequence[str]) -> Sequence[str]:
    return lines if len(lines) <= 3 else [lines[0], "…", lines[-1]]


def _written(value: Any) -> list[str]:
    if value is None:
        return []
    return [_line(one) for one in value] if isinstance(value, list) else [_line(value)]


def _line(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and not any(isinstance(one, (dict, list)) for one in value.values()):
        return "  ".join(f"{key}: {_line(one)}" for key, one in value.items())
    return json.dumps(value, ensure_ascii=False)
