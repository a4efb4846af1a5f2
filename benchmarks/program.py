"""The program under measurement: opened in this process or started as a server, on storage of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from assistant.assistant import Assistant

HOME = Path(__file__).resolve().parent.parent
CACHE = HOME / ".build" / "benchmarks"
"""what is made once: the bare bot's model, the index of synthetic items"""
_START_SECONDS = 180.0
_POLL_SECONDS = 0.05


class ServerNotReady(Exception):
    """The server ended, or was not ready in time; its last lines follow."""


class RequestFailed(Exception):
    """The server refused a request of the benchmark."""


@contextmanager
def opened_assistant() -> Iterator[Assistant]:
    """Open the assistant, warmed up, with demonstration identities."""
    from assistant.batch import opened
    from assistant.settings import Settings

    with opened(Settings.from_environment()) as assistant:
        assistant.warm_up()
        yield assistant


@dataclass(frozen=True)
class Server:
    """A running server process."""

    url: str
    pid: int
    ready_seconds: float
    """from the command to the first answer of /health"""

    def post(self, path: str, body: dict[str, Any], token: str = "") -> Any:
        """Send JSON and return the JSON answered; raise RequestFailed."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        request = Request(self.url + path, json.dumps(body).encode(), headers, method="POST")
        try:
            with urlopen(request, timeout=30) as response:
                return json.load(response)
        except HTTPError as error:
            words = error.read().decode(errors="replace")[:500]
            raise RequestFailed(f"{path} answered {error.code}: {words}") from None


@contextmanager
def started_server() -> Iterator[Server]:
    """Run `wenban serve --demo` on a free port until the block ends.

    Raises:
        ServerNotReady: it ended or did not answer in time.
    """
    with tempfile.TemporaryDirectory(prefix="wenban-bench-") as folder:
        port, log = _free_port(), Path(folder) / "server.log"
        began = time.monotonic()
        with log.open("wb") as written:
            process = subprocess.Popen(
                [command(), "serve", "--demo", "--port", str(port)],
                cwd=HOME,
                env={**os.environ, "WENBAN_VAR": folder},
                stdout=written,
                stderr=subprocess.STDOUT,
            )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_ready(process, url, log)
            yield Server(url, process.pid, time.monotonic() - began)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def command() -> str:
    """Return the path of the `wenban` command beside this Python."""
    return str(Path(sys.executable).with_name("wenban"))


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{url}/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(_POLL_SECONDS)
    raise ServerNotReady(f"{ServerNotReady.__doc__}\n{log.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
