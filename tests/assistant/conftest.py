"""A server that the tests of the routes share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.server_process import Server


@pytest.fixture(scope="session")
def server(prepared: Any, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(project, tmp_path_factory.mktemp("server") / "var").start()
    yield running
    running.kill()
