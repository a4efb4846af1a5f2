"""How tests sign in to a running server as staff, and put there what staff find."""

from __future__ import annotations

import http.client
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from actions.clock import clock_from
from assistant.settings import Settings
from assistant.staff.accounts import Accounts, open_database
from storage.database import Database
from tests.assistant.server_process import MONDAY_MORNING, Answer, Server

_hosts = count(2)


def new_address() -> str:
    """Return a loopback address that nobody has signed in from: the limit of sign-ins is an address's."""
    number = next(_hosts)
    return f"127.0.{number // 250}.{number % 250 + 1}"


def post_session(server: Server, address: str, body: Any) -> tuple[int, dict[str, Any], str]:
    """Ask for a session from an address; return the status, what was answered and the cookie that was set."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30, source_address=(address, 0))
    try:
        connection.request("POST", "/api/staff/session", json.dumps(body), {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, json.loads(response.read()), response.headers.get("Set-Cookie", "")
    finally:
        connection.close()


def demo_clerk(server: Server) -> tuple[str, str]:
    """Return the name and password of the demonstration's clerk."""
    name, password = (server.var / "demo-clerk.txt").read_text().split()
    return name, password


def sign_in(server: Server, account: tuple[str, str] | None = None) -> dict[str, str]:
    """Sign in, as the demonstration's clerk unless told; return the headers of the session."""
    name, password = account or demo_clerk(server)
    status, answer, cookie = post_session(server, new_address(), {"name": name, "password": password})
    assert status == 200
    assert "HttpOnly" in cookie and "Strict" in cookie
    return {"Cookie": cookie.split(";")[0], "X-CSRF-Token": answer["csrf"]}


def settings_of(server: Server) -> Settings:
    """Return the settings that the server runs with."""
    return Settings.from_environment({**os.environ, "WENBAN_HOME": str(server.project), "WENBAN_VAR": str(server.var)})


def storage_of(server: Server) -> Database:
    """Open the server's storage beside it."""
    return open_database(settings_of(server))


@contextmanager
def storage_beside(server: Server) -> Iterator[Database]:
    """Give the server's storage, opened beside it, at the time the server began with; close it at the end."""
    database = storage_of(server)
    database.clock = clock_from(MONDAY_MORNING)
    yield database
    database.close()


def colleague(server: Server, role: str = "clerk", department: str | None = None) -> tuple[str, str]:
    """Add an account, another clerk's unless told; return the name and the password."""
    name, password = f"{role}-{secrets.token_hex(4)}", secrets.token_urlsafe(12)
    Accounts(settings_of(server)).add(name, password, role, name, department)
    return name, password


@dataclass(frozen=True)
class Session:
    """A signed-in account that asks the server for things."""

    server: Server
    name: str
    headers: dict[str, str]

    @classmethod
    def of_new(cls, server: Server, role: str) -> Session:
        """Sign in as a new account of a role."""
        account = colleague(server, role)
        return cls(server, account[0], sign_in(server, account))

    def call(self, method: str, path: str, body: Any = None) -> Answer:
        """Ask a route below /api/editor."""
        return self.server.call(method, f"/api/editor/{path}", body, headers=self.headers)

    def get(self, path: str) -> Any:
        """Return what a route tells."""
        return self._told("GET", path, None)

    def post(self, path: str, body: Any = None) -> Any:
        """Do something that must work; return what is told."""
        return self._told("POST", path, body or {})

    def put(self, path: str, body: Any) -> Any:
        """Keep something that must be kept; return what is told."""
        return self._told("PUT", path, body)

    def _told(self, method: str, path: str, body: Any) -> Any:
        answer = self.call(method, path, body)
        assert answer.status == 200, answer.body.decode()
        return answer.json
