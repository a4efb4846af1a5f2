"""The flagship conversation with the network blocked from the first import on."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.server

BLOCKED = """
import socket, sys

def refuse(self, address, *more):
    if self.family != socket.AF_UNIX:
        raise OSError(f"The network is blocked: {address}")
    return original(self, address, *more)

original = socket.socket.connect
socket.socket.connect = refuse
socket.socket.connect_ex = refuse
socket.getaddrinfo = lambda *name, **more: (_ for _ in ()).throw(OSError(f"No names without a network: {name}"))
from assistant.cli import main
sys.argv = ["wenban", *sys.argv[1:]]
main()
"""


def test_given_no_network_when_the_certificate_is_wanted_then_three_turns_submit_it(prepared, project, tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    turns = ["我想申请办理有无犯罪证明", "求职", "确认提交"]
    source.write_text(json.dumps({"id": 1, "identity": "demo", "turns": turns}) + "\nnot json\n", encoding="utf-8")

    ran = subprocess.run(
        [sys.executable, "-c", BLOCKED, "batch", str(source), "-o", str(out), "--today", "2026-11-23"],
        cwd=project,
        env={**os.environ, "WENBAN_HOME": str(project)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    good, bad = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [reply["status"] for reply in good["replies"]] == ["flow_asked", "flow_asked", "submitted"], ran.stderr
    assert good["replies"][2]["application"]["receipt_number"].startswith("20261123-")
    assert bad["error"] and ran.returncode == 1, "one bad line is reported and the rest is done"
