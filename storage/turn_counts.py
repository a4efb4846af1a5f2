"""How the assistant's turns ended: counted as they happen, by hour, and read back for any period.

Transcripts say the same, but encrypted: reading back the 50,000 conversations of a month takes tens of seconds, which
no page can wait for. A counter names nobody, so it may also outlive the conversations it was counted from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import and_, func, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.database import Database
from storage.models import TurnCountRow

_INSERT: Mapping[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_KEY = ("day", "hour", "channel", "status", "item_id", "facet")


class Way(str, Enum):
    """How a citizen's words came in."""

    TYPED = "typed"
    SPOKEN = "spoken"


@dataclass(frozen=True)
class TurnOutcome:
    """What a turn came to: the status of its reply, and what it was about where that is known."""

    status: str
    item_id: str = ""
    facet: str = ""
    way: Way = Way.TYPED


@dataclass(frozen=True)
class Tally:
    turns: int = 0
    conversations: int = 0
    """of them, those that were the first of their conversation"""


@dataclass(frozen=True)
class TurnSums:
    """What was counted in a period."""

    hours: Mapping[tuple[date, int], Tally]
    """by day and hour; hours without a turn are left out"""
    statuses: Mapping[str, int]
    ways: Mapping[Way, int]


def count_turn(session: Session, outcome: TurnOutcome, local: datetime, begins: bool) -> None:
    """Count a turn in the transaction that keeps its reply; `local` is the moment on the installation's clock."""
    insert = _INSERT[session.connection().dialect.name](TurnCountRow)
    begun = int(begins)
    values = {
        "day": local.date(),
        "hour": local.hour,
        "channel": outcome.way.value,
        "status": outcome.status,
        "item_id": outcome.item_id,
        "facet": outcome.facet,
        "turns": 1,
        "conversations": begun,
    }
    counted = {"turns": TurnCountRow.turns + 1, "conversations": TurnCountRow.conversations + begun}
    session.execute(insert.values(**values).on_conflict_do_update(index_elements=list(_KEY), set_=counted))


class TurnCounts:
    """The reading side. A period runs from a midnight to a full hour, both on the installation's clock."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sums(self, since: datetime, until: datetime) -> TurnSums:
        """Return what was counted, by hour, by how turns ended and by how their words came in: all from one query."""
        columns = (TurnCountRow.day, TurnCountRow.hour, TurnCountRow.channel, TurnCountRow.status)  # as in the key
        hours: dict[tuple[date, int], Tally] = {}
        statuses: Counter[str] = Counter()
        ways: Counter[Way] = Counter()
        for day, hour, way, status, turns, begun in self._sums(since, until, *columns):
            so_far = hours.get((day, hour), Tally())
            hours[day, hour] = Tally(so_far.turns + turns, so_far.conversations + begun)
            statuses[status] += turns
            ways[Way(way)] += turns
        return TurnSums(hours, statuses, ways)

    def by_item(self, since: datetime, until: datetime) -> Mapping[str, Mapping[str, int]]:
        """Return the number of turns about each item, by how they ended."""
        found: dict[str, dict[str, int]] = {}
        for item_id, status, turns, _ in self._sums(since, until, TurnCountRow.item_id, TurnCountRow.status):
            if item_id:
                found.setdefault(item_id, {})[status] = turns
        return found

    def _sums(self, since: datetime, until: datetime, *columns: Any) -> list[Any]:
        sums = (func.sum(TurnCountRow.turns), func.sum(TurnCountRow.conversations))
        last = and_(TurnCountRow.day == until.date(), TurnCountRow.hour < until.hour)
        within = and_(TurnCountRow.day >= since.date(), or_(TurnCountRow.day < until.date(), last))
        with self._database.session() as session:
            return list(session.query(*columns, *sums).filter(within).group_by(*columns).all())
