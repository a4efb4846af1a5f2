"""A real server process for tests: started on a free port, killed and started again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

START_WITHIN_SECONDS = 180
MONDAY_MORNING = datetime(2026, 11, 23, 10)
"""when each server's clock begins: somebody is on duty"""

PORTAL = "http://portal.localhost"
"""another site that may show the assistant; browsers take it for a secure one"""
INSECURE_PORTAL = "http://portal.test"
PHONE_ADDRESS = "https://phones.test"
"""where a machine in a hall sends telephones"""
CARD = "card.json"
"""the file below the server's folder that stands for an identity card on its reader"""


CHANGED = ("index", "rasa")
"""the models that a server may write to: editors' approvals change the index"""


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def home_of_its_own(project: Path, home: Path) -> Path:
    """Return a project folder that shares everything with the project but what a server may change."""
    (home / "models").mkdir(parents=True)
    for path in project.iterdir():
        if path.name != "models" and not path.name.startswith("."):
            (home / path.name).symlink_to(path)
    for path in (project / "models").iterdir():
        if path.name in CHANGED:
            shutil.copytree(path, home / "models" / path.name)
        else:
            (home / "models" / path.name).symlink_to(path)
    return home


def with_data_of_its_own(home: Path, files: dict[str, str]) -> None:
    """Give such a folder data of its own, in which some files are others."""
    shared = (home / "data").resolve()
    (home / "data").unlink()
    shutil.copytree(shared, home / "data")
    for name, content in files.items():
        (home / "data" / name).write_text(content, encoding="utf-8")


@dataclass
class Server:
    """`wenban serve`, as a demonstration unless told otherwise, with a folder of its own."""

    project: Path
    var: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    began: float = field(default_factory=time.monotonic)
    environment: dict[str, str] = field(default_factory=dict)
    """variables besides those of the tests"""
    demo: bool = True
    """a demonstration hands nothing to departments"""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.var / "server.log"

    def start(self) -> Server:
        """Start and wait until it is ready."""
        self.var.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ,
            **self.environment,
            "WENBAN_HOME": str(self.project),
            "WENBAN_VAR": str(self.var),
            "WENBAN_TODAY": (MONDAY_MORNING + timedelta(seconds=time.monotonic() - self.began)).isoformat(),
        }
        options = ["--demo"] if self.demo else []
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*(sys.executable, "-m", "assistant.cli", "serve"), *options, "--port", str(self.port)],
                cwd=self.project,
                env=environment,
                stdout=log,
                stderr=log,
            )
        end = time.monotonic() + START_WITHIN_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"The server ended: {self.log.read_text()[-3000:]}")
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2):
                    return self
            except OSError:
                time.sleep(0.2)
        self.kill()
        raise RuntimeError(f"The server was not ready in time: {self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send a request and return the answer, whatever its status."""
        request = urllib.request.Request(
            f"{self.url}{path}",
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={
                "Content-Type": "application/json",
                **({"Authorization": f"Bearer {token}"} if token else {}),
                **(headers or {}),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return Answer(response.status, response.read(), dict(response.headers))
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read(), dict(error.headers))

    def talk(self, identity: str | None = None) -> Talk:
        """Begin a conversation."""
        started = self.call("POST", "/api/conversations", {"identity": identity}).json
        return Talk(self, started["conversation_id"], started["token"])


@dataclass(frozen=True)
class Answer:
    """A response."""

    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Talk:
    """A conversation over REST."""

    server: Server
    id: str
    token: str
    said: int = 0

    def say(self, text: str, message_id: str | None = None) -> dict[str, Any]:
        """Say something and return the payload of the reply (empty when nothing was said)."""
        self.said += 1
        answer = self.server.call(
            "POST",
            f"/api/conversations/{self.id}/messages",
            {"text": text, "client_message_id": message_id or f"{self.id}-{self.said}"},
            self.token,
        )
        assert answer.status == 200, answer.body
        replies = [event["payload"] for event in answer.json["events"] if event["type"] == "reply"]
        return replies[-1] if replies else {}

    def events(self, after: int = 0) -> list[dict[str, Any]]:
        """Return what happened after an event number."""
        return list(
            self.server.call("GET", f"/api/conversations/{self.id}/events?after={after}", token=self.token).json[
                "events"
            ]
        )

    def awaited(self, type: str, seconds: float = 60.0) -> dict[str, Any]:
        """Return the first event of a type, as soon as it has come."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = [event for event in self.events() if event["type"] == type]
            if found:
                return found[0]
            time.sleep(0.2)
        raise AssertionError(f"No event {type} came: {[event['type'] for event in self.events()]}")
