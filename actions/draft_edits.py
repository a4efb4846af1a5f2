"""What a member of staff made of a draft: the difference sentence by sentence, and how much of it was kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*|[。！？!?]+")
_ALIKE = 0.5
"""share of characters in common from which one sentence is another one changed"""


@dataclass(frozen=True)
class Change:
    """One sentence of the draft, of what was sent, or of both."""

    kind: str
    """kept, changed, removed or added"""
    before: str | None
    """None where it was added"""
    after: str | None
    """None where it was removed"""

    def as_json(self) -> dict[str, str | None]:
        """Return the change as plain values."""
        return {"kind": self.kind, "before": self.before, "after": self.after}


@dataclass(frozen=True)
class Edit:
    """The difference between a draft and what was sent."""

    changes: tuple[Change, ...]
    distance: int
    """characters put in, taken out or replaced"""
    kept: float
    """share (0 to 1) of the draft's sentences that were sent as they stood"""

    @property
    def is_unchanged(self) -> bool:
        """Tell whether the draft was sent as it stood, spaces and line ends aside."""
        return all(change.kind == "kept" for change in self.changes)


def edit_between(proposed: str, sent: str) -> Edit:
    """Return how a text differs from the draft that it was made of."""
    before, after = _sentences(proposed), _sentences(sent)
    changes = tuple(_changes(before, after))
    kept = sum(change.kind == "kept" for change in changes)
    distance = sum(_distance(change.before or "", change.after or "") for change in changes)
    return Edit(changes, distance, kept / len(before) if before else 0.0)


def _sentences(text: str) -> list[str]:
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()]


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for operation, begin, end, from_, to in matcher.get_opcodes():
        if operation == "equal":
            yield from (Change("kept", one, one) for one in before[begin:end])
        else:
            yield from _paired(list(before[begin:end]), list(after[from_:to]))


def _paired(before: list[str], after: list[str]) -> Iterator[Change]:
    """Yield what stands in one place: sentences alike in their order as changed, the others as removed or added."""
    for old in before:
        place = next((place for place, new in enumerate(after) if _alike(old, new)), None)
        if place is None:
            yield Change("removed", old, None)
            continue
        yield from (Change("added", None, new) for new in after[:place])
        yield Change("changed", old, after[place])
        after = after[place + 1 :]
    yield from (Change("added", None, new) for new in after)


def _alike(old: str, new: str) -> bool:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # the cheap upper bounds first
    return all(bound() >= _ALIKE for bound in bounds)


def _distance(before: str, after: str) -> int:
    if before == after:
        return 0
    opcodes = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    return sum(max(end - begin, to - from_) for kind, begin, end, from_, to in opcodes if kind != "equal")
