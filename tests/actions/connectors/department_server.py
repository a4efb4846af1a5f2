"""A department's system for tests: a program of its own that stores, fails, stalls and dies as it is told.

`python -m tests.actions.connectors.department_server FOLDER PORT [PEM]`. What it stores is in FOLDER and there again after a
restart; `behaviour.json` and `states.json` in FOLDER are read anew at each request.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

FOLDER = Path()
LOCK = threading.Lock()
BUSY: set[str] = set()
STALLS_SECONDS = 60


def read(name: str) -> dict[str, Any]:
    path = FOLDER / name
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def append(name: str, record: dict[str, Any]) -> None:
    with (FOLDER / name).open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def stored() -> dict[str, dict[str, Any]]:
    """Return the applications by key."""
    path = FOLDER / "applications.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {record["key"]: record for record in map(json.loads, lines)}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        self._note(body)
        if withdrawn := re.fullmatch(r"/v1/applications/([^/]+)/withdrawal", self.path):
            self._behaving("withdraw", lambda: self._withdraw(withdrawn[1]))
        else:
            self._behaving("submit", lambda: self._submit(body))

    def do_GET(self) -> None:
        self._note(None)
        _, _, _, reference, *rest = self.path.split("/")
        if not rest:
            self._behaving("look", lambda: self._look(reference))
        elif len(rest) == 1:
            self._behaving("list", self._list)
        else:
            self._behaving("fetch", lambda: self._fetch(rest[1]))

    def _behaving(self, what: str, rightly: Any) -> None:
        """Do it rightly, or whatever `behaviour.json` says: words like `store`, `stall`, `die`, one after the other."""
        behaviour = read("behaviour.json")
        if self.headers.get("Authorization") != "Bearer " + behaviour.get("token", "secret"):
            return self._answer(401, {"message": "The token is unknown."})
        for word in behaviour.get(what, "answer").split():
            kind, _, value = word.partition(":")
            if kind == "answer":
                rightly()
            elif kind == "store":
                self._silent = True
                rightly()
                self._silent = False
            elif kind == "stall":
                time.sleep(float(value or STALLS_SECONDS))
            elif kind == "die":
                os._exit(1)
            elif kind == "drop":
                self.connection.close()
                self.close_connection = True
            elif kind == "drip":
                self.send_response(200)
                self.send_header("Content-Length", "10000")
                self.end_headers()
                for _ in range(1000):
                    self.wfile.write(b" ")
                    time.sleep(0.05)
            elif kind == "status":
                headers = {"Retry-After": behaviour["retry_after"]} if "retry_after" in behaviour else {}
                self._answer(int(value), {"message": "姓名张示例不行"}, {**headers, "Location": "/v1/elsewhere"})
            elif kind == "says":
                self._raw(200, value.encode(), "application/json")
            elif kind == "flood":
                self._raw(200, b"[" + b"0," * 200_000 + b"0]", "application/json")

    def _submit(self, body: dict[str, Any]) -> None:
        key = self.headers["Idempotency-Key"]
        with LOCK:
            if key in BUSY:
                return self._answer(409, {"message": "This key is being worked on."})
            BUSY.add(key)
        try:
            time.sleep(float(read("behaviour.json").get("takes", 0)))
            with LOCK:
                there = stored()
                known = key in there
                reference = there[key]["reference"] if known else f"GA-{len(there) + 1:06d}"
                if not known:
                    append("applications.jsonl", {"key": key, "reference": reference, "body": body})
        finally:
            BUSY.discard(key)
        self._answer(200 if known else 201, {"reference": reference})

    def _look(self, reference: str) -> None:
        if reference not in {record["reference"] for record in stored().values()}:
            return self._answer(404, {"message": "There is no such application."})
        state = {"state": "submitted", **read("states.json").get(reference, {})}
        self._answer(200, {"reference": reference, **state})

    def _withdraw(self, reference: str) -> None:
        states = read("states.json")
        if states.get(reference, {}).get("state") in ("issued", "refused"):
            return self._answer(409, {"message": "The application is decided."})
        states[reference] = {"state": "withdrawn"}
        (FOLDER / "states.json").write_text(json.dumps(states), "utf-8")
        self._answer(200, {"reference": reference, "state": "withdrawn"})

    def _list(self) -> None:
        listed = [
            {
                "id": str(number),
                "name": path.name,
                "media_type": "application/pdf",
                "size": path.stat().st_size,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                **read("behaviour.json").get("described", {}),
            }
            for number, path in enumerate(sorted((FOLDER / "documents").glob("*")), start=1)
        ]
        self._answer(200, {"documents": listed})

    def _fetch(self, number: str) -> None:
        path = sorted((FOLDER / "documents").glob("*"))[int(number) - 1]
        self._raw(200, path.read_bytes(), "application/pdf")

    def _note(self, body: Any) -> None:
        append(
            "requests.jsonl", {"method": self.command, "path": self.path, "headers": dict(self.headers), "body": body}
        )

    def _answer(self, status: int, payload: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        append("answers.jsonl", {"method": self.command, "path": self.path, "status": status, "body": payload})
        self._raw(status, json.dumps(payload, ensure_ascii=False).encode(), "application/json", headers)

    def _raw(self, status: int, body: bytes, media_type: str, headers: dict[str, str] | None = None) -> None:
        if getattr(self, "_silent", False):
            return
        self.send_response(status)
        for name, value in {"Content-Type": media_type, "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing: clients that gave up are part of the tests."""


if __name__ == "__main__":
    FOLDER = Path(sys.argv[1])
    server = Server(("127.0.0.1", int(sys.argv[2])), Handler)
    if sys.argv[3:]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[3])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()
