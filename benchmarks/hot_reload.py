"""Search without a pause while another index version is taken over: does any search fail, and how long do they take?"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from assistant.progress import console
from benchmarks.figures import milliseconds
from knowledge_base.encoder import Encoder
from knowledge_base.search import Searcher

RELOADS = 3
BEFORE_AND_AFTER = 300
_LONGEST_S = 120.0


class NotTakenOver(Exception):
    """The new index version was not taken over in time."""


def reload_under_load(index: Path, encoder: Encoder, texts: Sequence[str], versions: tuple[str, str]) -> dict[str, Any]:
    """Search in the first version and point to the second, a few times; return the searches before, during and after.

    As in the server, the thread that searches looks for a change before each search and another thread loads it.
    """
    asked = cycle(texts)
    seconds: list[float] = []
    searches = Searches()
    for _ in range(RELOADS):
        _point(index, versions[0])
        searcher = Searcher.open(index, encoder)
        for _ in range(BEFORE_AND_AFTER):
            searches.take("before", searcher, next(asked))
        _point(index, versions[1])
        began = time.perf_counter()
        while searcher.manifest.version != versions[1]:
            if time.perf_counter() - began > _LONGEST_S:
                raise NotTakenOver(NotTakenOver.__doc__)
            searches.take("during", searcher, next(asked))
        seconds.append(round(time.perf_counter() - began, 2))
        for _ in range(BEFORE_AND_AFTER):
            searches.take("after", searcher, next(asked))
    taken = {part: milliseconds(one) for part, one in searches.seconds.items()}
    return {"failed": searches.failed, "seconds": seconds, **taken}


@dataclass
class Searches:
    """How long searches took, by what happened beside them, and how many failed."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    failed: int = 0

    def take(self, part: str, searcher: Searcher, text: str) -> None:
        """Search once as a turn does."""
        began = time.perf_counter()
        try:
            searcher.follow()
            self.failed += not searcher.search(text).candidates
        except Exception as error:
            console.print(f"a search failed: {error!r}", highlight=False)
            self.failed += 1
        self.seconds.setdefault(part, []).append(time.perf_counter() - began)


def _point(index: Path, version: str) -> None:
    """Make a version the current one, in a single step."""
    beside = index / ".current.new"
    beside.write_text(version, encoding="utf-8")
    os.replace(beside, index / "current")
