"""Budget: at 20 turns a second over HTTP a typed turn takes the server at most 60 ms in 95 of 100 cases."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rich.table import Table

from benchmarks.conversations import load_conversations
from benchmarks.figures import Figure, Result, durations_table, milliseconds, result
from benchmarks.program import Server, started_server

TURNS_PER_SECOND = 20.0
SECONDS = 30.0
CONVERSATIONS = 40
"""spoken in at the same time; each says something every two seconds"""
WARM_UP_SECONDS = 3.0
P95_BUDGET_MS = 60.0


@dataclass
class Observed:
    """What a stretch of load showed."""

    server: list[float] = field(default_factory=list)
    """seconds a turn took, as the server says"""
    client: list[float] = field(default_factory=list)
    """seconds from the moment a message was due to its answer"""
    statuses: Counter[str] = field(default_factory=Counter)
    late: list[float] = field(default_factory=list)
    """seconds from the moment a message was due until the client sent it"""


@dataclass(frozen=True)
class Speaker:
    """A conversation on the server and what it says, over and over."""

    path: str
    token: str
    texts: Iterator[str]


def measure() -> Result:
    """Measure a server process under an even stream of messages that waits for no answer."""
    import psutil

    with started_server() as server:
        speakers = [_speaker(server, number) for number in range(CONVERSATIONS)]
        asyncio.run(_stream(server, speakers, WARM_UP_SECONDS))
        process = psutil.Process(server.pid)
        busy_before, began = sum(process.cpu_times()[:2]), time.monotonic()
        observed = asyncio.run(_stream(server, speakers, SECONDS))
        lasted = time.monotonic() - began
        busy = (sum(process.cpu_times()[:2]) - busy_before) / lasted
    inside, outside = milliseconds(observed.server), milliseconds(observed.client)
    failed = sum(count for status, count in observed.statuses.items() if status == "error" or status.startswith("HTTP"))
    return result(
        [
            Figure("server side, p95", inside["p95"], "ms", P95_BUDGET_MS, "latency_ms of the reply"),
            Figure(
                "client side, p95",
                outside["p95"],
                "ms",
                P95_BUDGET_MS,
                "HTTP, waiting and transcript included",
            ),
            Figure("turns that failed", float(failed), "", 0.0),
            Figure(
                "turns a second",
                len(observed.client) / lasted,
                "/s",
                None,
                f"asked for: {TURNS_PER_SECOND:g}",
            ),
            Figure("processor time of the server", busy, "cores"),
        ],
        server=inside,
        client=outside,
        client_sent_late=milliseconds(observed.late),
        statuses=dict(observed.statuses.most_common()),
    )


def tables(measured: Result) -> list[Table]:
    """Return the latencies on both sides."""
    details = measured["details"]
    rows = {
        "server": details["server"],
        "client": details["client"],
        "sent late": details["client_sent_late"],
    }
    return [durations_table(f"{TURNS_PER_SECOND:g} turns a second for {SECONDS:g} s", rows)]


def _speaker(server: Server, number: int) -> Speaker:
    """Begin a conversation; the conversations start at different places of the mix."""
    conversations = load_conversations()
    mine = conversations[number % len(conversations) :] + conversations[: number % len(conversations)]
    started = server.post("/api/conversations", {"identity": mine[0].identity})
    texts = (said.text for _ in range(1000) for conversation in mine for said in conversation.turns)
    return Speaker(f"/api/conversations/{started['conversation_id']}/messages", started["token"], texts)


async def _stream(server: Server, speakers: list[Speaker], seconds: float) -> Observed:
    """Send messages at their appointed times, whether or not earlier ones were answered."""
    import aiohttp

    observed = Observed()
    sent: list[asyncio.Task[None]] = []
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        began = time.perf_counter()
        for number in range(int(seconds * TURNS_PER_SECOND)):
            due = began + number / TURNS_PER_SECOND
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            speaker = speakers[number % len(speakers)]
            sent.append(asyncio.create_task(_say(session, server.url, speaker, due, observed)))
        await asyncio.gather(*sent)
    return observed


async def _say(session: Any, url: str, speaker: Speaker, due: float, observed: Observed) -> None:
    observed.late.append(time.perf_counter() - due)
    headers = {"Authorization": f"Bearer {speaker.token}"}
    async with session.post(url + speaker.path, json={"text": next(speaker.texts)}, headers=headers) as response:
        body = await response.json()
    observed.client.append(time.perf_counter() - due)
    if response.status != 200:
        observed.statuses[f"HTTP {response.status}"] += 1
        return
    for event in body["events"]:
        if event["type"] == "reply":
            observed.server.append(event["payload"]["latency_ms"] / 1000.0)
            observed.statuses[event["payload"]["status"]] += 1
