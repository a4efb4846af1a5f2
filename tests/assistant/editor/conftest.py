"""People who edit and approve, and the storage of the server they sign in to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.assistant.server_process import Server
from tests.assistant.staff.signing_in import Session


@pytest.fixture
def signed_in(server: Server) -> Callable[[str], Session]:
    """Sign in as a new account of a role."""
    return lambda role: Session.of_new(server, role)
