"""Putting a sentence that staff changed into the field of the guide that it says."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

Raw = dict[str, Any]
_NUMBERED = re.compile(r"^\s*\d{1,2}[.、)]\s*")
_CASES = "cases"
_EXTRA = "extra_"
"""what a case adds to a field stands under its name with this before it"""
_WHEN = "when"
"""the key of a case that says when it holds; no sentence says it as it stands"""


def propose(guide: Raw, field: str, before: str | None, after: str | None) -> Raw | None:
    """Return the guide with the field saying what `after` says where it says `before`; None where no place is found.

    A changed sentence takes the place of the one value of the field that it differs in; one that was left out takes
    its entry with it; an added one becomes an entry of a list of plain sentences.
    """
    proposed = copy.deepcopy(guide)
    if before is not None and after is not None:
        return proposed if _replace(proposed, field, before, after) else None
    if before is not None:
        return proposed if _remove(proposed.get(field), before) else None
    if after is not None:
        return proposed if _add(proposed.get(field), after) else None
    return None


def _replace(guide: Raw, field: str, before: str, after: str) -> bool:
    """Put the new value in place where exactly one value accounts for the whole difference."""
    found = [
        (holder, key, new)
        for holder, key in _values(guide, field)
        if (new := _new_value(holder[key], before, after)) is not None
    ]
    if len(found) != 1:
        return False
    holder, key, new = found[0]
    holder[key] = new
    return True


def _values(guide: Raw, field: str) -> Iterator[tuple[Any, Any]]:
    """Yield where each text and number of a field stands, in the guide and in its cases: what holds it, and the key."""
    if field in guide:
        yield from _leaves(guide, field)
    for case in guide.get(_CASES) or ():
        for name in (field, f"{_EXTRA}{field}"):
            if name in case:
                yield from _leaves(case, name)


def _leaves(holder: Any, key: Any) -> Iterator[tuple[Any, Any]]:
    value = holder[key]
    if isinstance(value, dict):
        for name in value:
            if name != _WHEN:
                yield from _leaves(value, name)
    elif isinstance(value, list):
        for place in range(len(value)):
            yield from _leaves(value, place)
    elif isinstance(value, (str, int)) and not isinstance(value, bool):
        yield holder, key


def _new_value(value: str | int, before: str, after: str) -> str | int | None:
    """Return what a value must be for the sentence to become the other one; None where it is not in the value."""
    text = str(value).rstrip("。")
    pattern = re.escape(text) if isinstance(value, str) else rf"(?<!\d){text}(?!\d)"
    places = list(re.finditer(pattern, before)) if text else []
    if len(places) != 1:
        return None
    head, tail = before[: places[0].start()], before[places[0].end() :]
    if not (after.startswith(head) and after.endswith(tail)) or len(after) <= len(head) + len(tail):
        return None
    new = after[len(head) : len(after) - len(tail)].strip()
    if not new or new == text:
        return None
    if isinstance(value, int):
        return int(new) if new.isdecimal() else None
    return new


def _remove(entries: Any, sentence: str) -> bool:
    """Take out the one entry whose words the sentence says; a list keeps at least one."""
    if not isinstance(entries, list) or len(entries) < 2:
        return False
    said = [place for place, entry in enumerate(entries) if _words(entry) and _words(entry) in sentence]
    if len(said) != 1:
        return False
    del entries[said[0]]
    return True


def _add(entries: Any, sentence: str) -> bool:
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, str) for entry in entries):
        return False
    entries.append(_NUMBERED.sub("", sentence).rstrip("。").strip())
    return True


def _words(entry: Any) -> str:
    """Return the words by which an entry is known: itself, or its name."""
    said = entry.get("name") if isinstance(entry, dict) else entry
    return said.rstrip("。") if isinstance(said, str) else ""
