"""A server that the tests of the routes share, and services without one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.handing import Handing
from tests.assistant.server_process import (
    CARD,
    INSECURE_PORTAL,
    PHONE_ADDRESS,
    PORTAL,
    Server,
    home_of_its_own,
    with_data_of_its_own,
)
from tests.assistant.staff.signing_in import storage_beside
from tests.conftest import Clock


@pytest.fixture
def now() -> Clock:
    return Clock()


@pytest.fixture
def services(data: Path, tmp_path: Path, now: Clock) -> Any:
    """Services of a storage of their own, at a time that stands still."""
    from tests.assistant.citizen.gated import opened

    return opened(data, tmp_path, now)


@pytest.fixture
def hub(services: Any) -> Any:
    from assistant.citizen.hub import ConversationHub

    return ConversationHub(services.transcripts)


@pytest.fixture(scope="session")
def server(prepared: Any, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    environment = {
        "WENBAN_EMBED_ORIGINS": f"{PORTAL} {INSECURE_PORTAL}",
        "WENBAN_KIOSK": "1",
        "WENBAN_PHONE_ADDRESS": PHONE_ADDRESS,
        "WENBAN_CARD_READER": f"file:{folder / 'var' / CARD}",
    }
    running = Server(home_of_its_own(project, folder / "home"), folder / "var", environment=environment).start()
    yield running
    running.kill()


APPROVAL = """\
enabled: true
items: [passport-reissue]
minutes: 10
"""


@pytest.fixture
def storage(server: Server) -> Iterator[Any]:
    with storage_beside(server) as database:
        yield database


@pytest.fixture(scope="session")
def approving(prepared: Any, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on which answers about a lost passport wait for a clerk's yes."""
    folder = tmp_path_factory.mktemp("approving")
    home = home_of_its_own(project, folder / "home")
    with_data_of_its_own(home, {"approval.yml": APPROVAL})
    running = Server(home, folder / "var").start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def handing(prepared: Any, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handing]:
    """A server that hands what is applied for to a department's."""
    running = Handing.open(project, tmp_path_factory.mktemp("handing"))
    yield running
    running.close()
