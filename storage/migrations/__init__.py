"""The schema's history, run by the program itself."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import Connection

from storage.errors import NewerSchema

FOLDER = Path(__file__).parent
UPGRADE_LOCK = 7_283_501  # PostgreSQL advisory lock: replicas that start together upgrade one after the other


def upgrade(connection: Connection) -> None:
    """Apply every migration the database lacks, in one transaction."""
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    connection = connection.execution_options(writes=True)
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})")
        current = MigrationContext.configure(connection).get_current_heads()
        known = {revision.revision for revision in script.walk_revisions()}
        unknown = [revision for revision in current if revision not in known]
        if unknown:
            raise NewerSchema(
                f"The database is of a newer release (schema {unknown[0]}); this one knows {script.get_current_head()}."
            )
        if set(current) == set(script.get_heads()):
            return
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
