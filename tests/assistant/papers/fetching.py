"""Fetch a paper that the server draws when it is asked for."""

from __future__ import annotations

from typing import Any
from urllib.error import URLError

from tests.assistant.server_process import Answer, Server

_TRIES = 10


def fetched(server: Server, path: str, **how: Any) -> Answer:
    """Return the answer with a drawing; on a busy machine it takes longer than a client waits, and goes on meanwhile."""
    for _ in range(_TRIES - 1):
        try:
            return server.call("GET", path, **how)
        except (TimeoutError, URLError):
            continue
    return server.call("GET", path, **how)
