"""The department's server as a test holds it: started, told how to behave, killed, started again."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.assistant.server_process import free_port

ROOT = Path(__file__).parents[3]


@dataclass
class Department:
    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    certificate: Path | None = None
    """key and certificate in PEM form; without one it speaks plain HTTP"""

    @property
    def url(self) -> str:
        return f"http{'s' if self.certificate else ''}://127.0.0.1:{self.port}/v1"

    def start(self) -> Department:
        """Start and wait until it listens."""
        (self.folder / "documents").mkdir(parents=True, exist_ok=True)
        module = "tests.actions.connectors.department_server"
        words = [str(self.folder), str(self.port), *([str(self.certificate)] if self.certificate else [])]
        self.process = subprocess.Popen([sys.executable, "-m", module, *words], cwd=ROOT)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.02)
        raise RuntimeError("The department's server did not start.")

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def behave(self, **how: Any) -> None:
        """Say how each kind of request is met from now on; without words, rightly."""
        self._write("behaviour.json", how)

    def decide(self, reference: str, state: str, note: str | None = None) -> None:
        """Move one of its applications on."""
        said = {"state": state, **({"note": note} if note is not None else {})}
        path = self.folder / "states.json"
        self._write("states.json", {**(json.loads(path.read_text("utf-8")) if path.exists() else {}), reference: said})

    def issue(self, name: str, content: bytes) -> None:
        """Lay a document ready."""
        (self.folder / "documents" / name).write_bytes(content)

    def records(self, name: str) -> list[dict[str, Any]]:
        """Return `applications`, `requests` or `answers`, oldest first."""
        path = self.folder / f"{name}.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []

    @property
    def applications(self) -> list[str]:
        """The receipt numbers of what it has."""
        return [record["body"]["receipt_number"] for record in self.records("applications")]

    def _write(self, name: str, content: Any) -> None:
        beside = self.folder / f"{name}.new"
        beside.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        os.replace(beside, self.folder / name)
