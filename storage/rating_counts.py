"""How services were rated: counts by level, day, member of staff and item. Second ratings are not among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Query, Session

from storage.database import Database
from storage.models import RatingRow
from storage.rating_records import LEVELS, RatedKind

Counts = Mapping[int, int]
"""ratings by level, 5 to 1; all five are there"""


class RatingCounts:
    """The reading side of `storage.ratings.Ratings`. A moment is part of a period from `since` to before `until`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, since: datetime, until: datetime) -> Counts:
        """Return how many ratings of each level were given in a period."""
        with self._database.session() as session:
            rows = _given(session, since, until, RatingRow.level, func.count()).group_by(RatingRow.level).all()
        return _filled(rows)

    def asked(self, since: datetime, until: datetime) -> int:
        """Return how often a rating was asked for in a period, answered or not."""
        with self._database.session() as session:
            rows = session.query(func.count(RatingRow.id)).filter(
                RatingRow.asked_at >= since, RatingRow.asked_at < until, _is_first()
            )
            return int(rows.scalar())

    def by_day(self, since: datetime, until: datetime) -> Mapping[date, Counts]:
        """Return the counts of each day on which something was rated, by the clock's calendar, earliest first."""
        zone = self._database.clock().tzinfo
        with self._database.session() as session:
            rows = _given(session, since, until, RatingRow.rated_at, RatingRow.level).order_by(RatingRow.rated_at).all()
        return _grouped((at.astimezone(zone).date(), level, 1) for at, level in rows)

    def by_staff(self, since: datetime, until: datetime) -> Mapping[str, Counts]:
        """Return the counts of each member of staff whose service was rated, by account id."""
        return self._by(RatingRow.staff_id, since, until)

    def by_item(self, since: datetime, until: datetime) -> Mapping[str, Counts]:
        """Return the counts of each service item, by item id."""
        return self._by(RatingRow.item_id, since, until)

    def _by(self, column: Any, since: datetime, until: datetime) -> Mapping[Any, Counts]:
        with self._database.session() as session:
            rows = (
                _given(session, since, until, column, RatingRow.level, func.count())
                .filter(column.is_not(None))
                .group_by(column, RatingRow.level)
                .order_by(column)
                .all()
            )
        return _grouped(rows)


def _given(session: Session, since: datetime, until: datetime, *columns: Any) -> Query:
    return session.query(*columns).filter(RatingRow.rated_at >= since, RatingRow.rated_at < until, _is_first())


def _is_first() -> Any:
    return RatingRow.subject_kind != RatedKind.FOLLOW_UP.value


def _grouped(rows: Iterable[tuple[Any, int, int]]) -> Mapping[Any, Counts]:
    found: dict[Any, list[tuple[int, int]]] = defaultdict(list)
    for key, level, count in rows:
        found[key].append((level, count))
    return {key: _filled(own) for key, own in found.items()}


def _filled(rows: Iterable[tuple[int, int]]) -> Counts:
    counts = dict.fromkeys(LEVELS, 0)
    for level, count in rows:
        counts[level] += count
    return counts
