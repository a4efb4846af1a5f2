"""Column types that more than one table uses."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Date, DateTime, cast, func, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator):
    """A moment, kept in UTC and returned with its zone; a naive value is taken as local time."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(timezone.utc).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.replace(tzinfo=timezone.utc)


def local_day(session: Session, column: Any, offset: timedelta | None) -> Any:
    """Return the local date of a column of moments, for a zone that is always so far from UTC, as China's is."""
    ahead = offset or timedelta(0)
    if session.connection().dialect.name == "sqlite":
        return func.date(column, f"{ahead / timedelta(minutes=1):+g} minutes", type_=Date)
    return cast(type_coerce(column, DateTime) + ahead, Date)
