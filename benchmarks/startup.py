"""Budgets: `wenban --help` in 0.5 s, a second `wenban serve` ready in 25 s, everything within 3 GB."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from statistics import median

from rich.table import Table

from benchmarks.conversations import load_conversations
from benchmarks.figures import Figure, Result, result
from benchmarks.program import HOME, Server, command, started_server

HELP_RUNS = 7
SERVE_RUNS = 3
TURNS_BEFORE_MEMORY = 200
HELP_BUDGET_S = 0.5
READY_BUDGET_S = 25.0
MEMORY_BUDGET_GB = 3.0


def measure() -> Result:
    """Measure the command's help, then the server's start, the first left out, and its memory."""
    help_seconds = [_help_seconds() for _ in range(HELP_RUNS + 1)][1:]
    ready: list[float] = []
    for number in range(SERVE_RUNS + 1):
        with started_server() as server:
            ready.append(server.ready_seconds)
            if number == SERVE_RUNS:
                fresh = resident_gb(server.pid)
                say_turns(server, TURNS_BEFORE_MEMORY)
                used, peak = resident_gb(server.pid), peak_gb(server.pid)
    return result(
        [
            Figure("wenban --help", median(help_seconds), "s", HELP_BUDGET_S, f"median of {HELP_RUNS}"),
            Figure(
                "wenban serve to /health, again",
                median(ready[1:]),
                "s",
                READY_BUDGET_S,
                "runs " + ", ".join(f"{seconds:.1f}" for seconds in ready[1:]) + f"; the one before {ready[0]:.1f}",
            ),
            Figure("memory when ready", fresh, "GB", MEMORY_BUDGET_GB, "resident"),
            Figure(f"memory after {TURNS_BEFORE_MEMORY} turns", used, "GB", MEMORY_BUDGET_GB, "resident"),
            Figure("memory at most", peak, "GB", None, "resident, while starting included"),
        ],
        help_seconds=[round(seconds, 4) for seconds in help_seconds],
        ready_seconds=[round(seconds, 2) for seconds in ready],
    )


def tables(_: Result) -> list[Table]:
    """Return nothing more than the figures."""
    return []


def resident_gb(pid: int) -> float:
    """Return the resident memory of a process and its children, in 10^9 bytes."""
    import psutil

    process = psutil.Process(pid)
    return sum(one.memory_info().rss for one in (process, *process.children(recursive=True))) / 1e9


def peak_gb(pid: int) -> float:
    """Return the most resident memory that the process ever had (Linux), else what it has now."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")) / 1e9
    except (OSError, StopIteration):
        return resident_gb(pid)


def say_turns(server: Server, turns: int) -> None:
    """Say the mixed conversations to a server until so many turns are done."""
    done = 0
    while done < turns:
        for conversation in load_conversations():
            started = server.post("/api/conversations", {"identity": conversation.identity})
            for said in conversation.turns:
                path = f"/api/conversations/{started['conversation_id']}/messages"
                server.post(path, {"text": said.text}, started["token"])
                done += 1


def _help_seconds() -> float:
    began = time.monotonic()
    subprocess.run([command(), "--help"], cwd=HOME, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began
