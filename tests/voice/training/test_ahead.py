"""Things are made one ahead, in order, and errors are not lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import count, islice

import pytest

from voice.training.ahead import ahead


def test_given_things_then_they_come_in_order_from_another_thread() -> None:
    def things() -> Iterator[tuple[int, str]]:
        for number in count():
            yield number, threading.current_thread().name

    made = ahead(things())
    found = list(islice(made, 5))
    made.close()

    assert [number for number, _ in found] == [0, 1, 2, 3, 4]
    assert all(name.startswith("ahead") for _, name in found)


def test_given_things_that_cannot_be_made_then_the_error_is_told_where_they_are_used() -> None:
    def things() -> Iterator[int]:
        yield 1
        raise ValueError("no more room")

    made = ahead(things())
    assert next(made) == 1
    with pytest.raises(ValueError, match="no more room"):
        next(made)
