"""Run by alembic: the connection comes from `storage.migrations.upgrade`, or from alembic's own command line."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection

from storage.models import Base


def run(connection: Connection) -> None:
    """Migrate over an open connection."""
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with create_engine(context.config.get_main_option("sqlalchemy.url"), future=True).connect() as opened:
        run(opened)
        opened.commit()
