"""A progress bar over entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from assistant.progress import progress

Entry = TypeVar("Entry")


def tracked(title: str, entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries one by one and show how many are done."""
    with progress(title) as report:
        for number, entry in enumerate(entries):
            report(f"{len(entries)} in all", number / len(entries))
            yield entry
