"""Put a draft on top of a newer version: what only one side changed is taken over, the rest is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.editor.differences import content_of, elements
from storage.revisions import Content

_ABSENT = object()


@dataclass(frozen=True)
class Merged:
    content: dict[str, Any]
    contested: tuple[str, ...]
    """elements that both sides changed differently; the draft's own wording stands"""


def merge(base: Content, draft: Content, newer: Content) -> Merged:
    """Return the draft with what the newer version changed since the base, element by element."""
    was, mine, theirs = elements(base), elements(draft), elements(newer)
    parts: dict[str, Any] = {}
    contested = []
    for name in dict.fromkeys([*theirs, *mine]):
        old, own, new = (side.get(name, _ABSENT) for side in (was, mine, theirs))
        chosen = new if own == old else own
        if own != old and new not in (old, own):
            contested.append(name)
        if chosen is not _ABSENT:
            parts[name] = chosen
    return Merged(content_of(parts), tuple(contested))
