"""Fixtures shared by all tests: the project, its models built once, an assistant on storage of its own."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.databases import EmptyDatabases
from tests.postgresql import MISSING, PostgresqlServer, programs, running_server

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

ROOT = Path(__file__).parent.parent
MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=8)))


@dataclass
class Clock:
    """A clock that tests move by hand."""

    now: datetime = MONDAY_MORNING

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture(scope="session")
def project() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def data(project: Path) -> Path:
    return project / "data"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """A PostgreSQL server; without PostgreSQL the test is skipped."""
    if programs() is None:
        pytest.skip(MISSING)
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def empty_databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> EmptyDatabases:
    """What copies empty databases; its PostgreSQL server is started when a test asks for one."""
    return EmptyDatabases(tmp_path_factory.mktemp("empty"), lambda: request.getfixturevalue("postgresql"))


@pytest.fixture(scope="session")
def prepared(project: Path) -> Any:
    """Settings of the project with everything built that is built."""
    from assistant.preparation import prepare_all
    from assistant.quiet import quiet_rasa
    from assistant.settings import Settings

    settings = Settings.from_environment({**os.environ, "WENBAN_HOME": str(project)})
    prepare_all(settings)
    quiet_rasa()
    return settings


@pytest.fixture(scope="session")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def assistant(prepared: Any, clock: Clock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One assistant for all conversations of the session; each test starts conversations of its own."""
    from assistant.assistant import Assistant

    var = tmp_path_factory.mktemp("var")
    opened = Assistant.open(
        prepared.with_(
            var=var,
            database_url=f"sqlite:///{var / 'wenban.db'}",
            tracker_url=f"sqlite:///{var / 'tracker.db'}",
            demo=True,
            clock=clock,
        )
    )
    yield opened


@dataclass
class Conversation:
    """A conversation as a test holds it."""

    assistant: Any
    id: str
    replies: list[Any] = field(default_factory=list)

    def say(self, text: str) -> Any:
        """Say something and return the reply."""
        reply = asyncio.run(self.assistant.turn(self.id, text)).reply
        self.replies.append(reply)
        return reply


@pytest.fixture
def conversation(assistant: Any, clock: Clock) -> Callable[..., Conversation]:
    """Start conversations; the clock stands at Monday morning again."""
    clock.now = MONDAY_MORNING

    def start(identity: str | None = None) -> Conversation:
        who = assistant.demo_identity(identity) if identity else None
        return Conversation(assistant, assistant.start(who))

    return start
