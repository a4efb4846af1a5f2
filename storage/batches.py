"""Rows by their ids, so many at a time as a statement takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

BATCH = 500


def ids_of(query: Any) -> list[str]:
    """Return the values of a query for one column."""
    return [value for (value,) in query]


def batches(values: list[str]) -> Iterable[list[str]]:
    """Return the values, so many at a time."""
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))


def delete_rows(query: Any) -> Counter[str]:
    """Delete what a query for one table finds; return the number of rows under the table's name."""
    table = query.column_descriptions[0]["entity"].__tablename__
    return Counter({table: query.delete(synchronize_session=False)})
