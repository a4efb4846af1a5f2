"""Make the next thing ready while the last one is used."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")


def ahead(things: Iterator[Thing]) -> Generator[Thing, None, None]:
    """Yield what an iterator without end yields, each made in a thread of its own while the one before is used."""
    with ThreadPoolExecutor(1, "ahead") as executor:
        following = executor.submit(next, things)
        while True:
            thing = following.result()
            following = executor.submit(next, things)
            yield thing
