"""A PostgreSQL server of the tests' own, on a socket in a temporary folder."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

ACCOUNT = "postgres"
MISSING = "PostgreSQL is not installed (apt-get install postgresql): its tests are skipped"


@dataclass(frozen=True)
class PostgresqlServer:
    """A running server; every test takes a database of its own."""

    folder: Path

    def url(self, database: str = ACCOUNT) -> str:
        """Return SQLAlchemy's address of a database."""
        return f"postgresql://{ACCOUNT}@/{database}?host={self.folder}"

    def new_database(self, template: str = "template1") -> str:
        """Make a database, a copy of the template, and return its address."""
        name = f"test_{uuid4().hex}"
        engine = sa.create_engine(self.url(), isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs, or None where there is none."""
    on_path = shutil.which("initdb")
    found = [on_path] if on_path else sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    return Path(found[-1]).parent if found else None


@contextmanager
def running_server() -> Iterator[PostgresqlServer]:
    """Start a server that nobody outside this machine's socket reaches, and end it."""
    folder = Path(tempfile.mkdtemp(prefix="wenban-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, ACCOUNT)
    data, options = folder / "data", f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=400"
    try:
        _run("initdb", "-D", str(data), "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        _run("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
        yield PostgresqlServer(folder)
    finally:
        _run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *words: str) -> None:
    """Run a program of PostgreSQL, which refuses to run as root."""
    as_account = ["runuser", "-u", ACCOUNT, "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_account, str((programs() or Path()) / program), *words], check=True, stdout=subprocess.DEVNULL)
