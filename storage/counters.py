"""Numbers that run without a gap or a repetition."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models import CounterRow


def next_number(session: Session, name: str) -> int:
    """Advance a named counter within the session's transaction; the first number is 1."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(CounterRow).values(name=name, value=1)
    session.execute(
        statement.on_conflict_do_update(index_elements=[CounterRow.name], set_={"value": CounterRow.value + 1})
    )
    return int(session.query(CounterRow.value).filter_by(name=name).scalar())
