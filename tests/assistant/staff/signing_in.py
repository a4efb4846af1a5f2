"""How tests sign in to a running server as staff, and put there what staff find."""

from __future__ import annotations

import http.client
import json
import os
import secrets
from itertools import count
from typing import Any

from assistant.settings import Settings
from assistant.staff.accounts import Accounts, open_database
from storage.database import Database
from tests.assistant.server_process import Server

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


def colleague(server: Server) -> tuple[str, str]:
    """Add another clerk; return the name and the password."""
    name, password = f"clerk-{secrets.token_hex(4)}", secrets.token_urlsafe(12)
    Accounts(settings_of(server)).add(name, password, "clerk", name)
    return name, password
