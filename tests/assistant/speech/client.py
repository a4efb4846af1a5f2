"""A client of a spoken session: a WebSocket as the server sees it, with a citizen behind it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import numpy as np

from tests.voice.speech import spoken
from voice.audio import float_to_pcm

FRAME = 1600


class Socket:
    """A WebSocket as the server sees it; what it was sent is kept."""

    def __init__(self) -> None:
        self.plays = True
        self._incoming: asyncio.Queue[str | bytes | None] = asyncio.Queue()
        self.sent: list[Any] = []
        self.closed: int | None = None

    async def recv(self, timeout: float | None = None) -> str | bytes | None:
        return await self._incoming.get()

    async def send(self, data: str | bytes) -> None:
        self.sent.append(json.loads(data) if isinstance(data, str) else data)
        if self.plays and isinstance(data, str) and json.loads(data)["type"] == "audio":
            self.tell("playback-started", clip_id=json.loads(data)["payload"]["clip_id"])
            self.tell("playback-finished", clip_id=json.loads(data)["payload"]["clip_id"])

    async def close(self, code: int = 1000, reason: str = "") -> None:
        self.closed = code

    def tell(self, kind: str, **told: Any) -> None:
        self._incoming.put_nowait(json.dumps({"type": kind, **told}))

    def hear(self, data: bytes) -> None:
        self._incoming.put_nowait(data)

    def leave(self) -> None:
        self._incoming.put_nowait(None)

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [one["payload"] for one in self.sent if isinstance(one, dict) and one["type"] == kind]

    async def until(self, kind: str, count: int = 1) -> list[dict[str, Any]]:
        for _ in range(400):
            if len(self.events(kind)) >= count:
                return self.events(kind)
            await asyncio.sleep(0.05)
        raise AssertionError(f"no {kind} came: {[one['type'] for one in self.sent if isinstance(one, dict)]}")


class Line:
    """A conversation that is spoken."""

    def __init__(self, assistant: Any, channel: Any, citizens: Any, identity: str | None = "demo") -> None:
        self.channel = channel
        self.citizens = citizens
        self.conversation = assistant.start(assistant.demo_identity(identity) if identity else None)
        self.token = citizens.tokens.issue(self.conversation)

    def open(self, **hello: Any) -> tuple[Socket, asyncio.Task[None]]:
        socket = Socket()
        socket.tell("hello", token=self.token, **hello)
        return socket, asyncio.ensure_future(self.channel.stream(None, socket, self.conversation))

    @property
    def driver(self) -> Any:
        return self.channel._drivers[self.conversation]

    async def types(self, *texts: str) -> str:
        """Type one message after the other, beside any session; return the last reply."""
        for text in texts:
            events = await self.citizens.take(self.conversation, text)
        return str(events[-1].payload["text"])

    async def answers(self, socket: Socket, text: str) -> dict[str, Any]:
        """Say something while the button is held; return the reply to it once it was said."""
        before = len(socket.events("reply"))
        socket.tell("hold-pressed")
        await say(socket, text)
        socket.tell("hold-released")
        replies = await socket.until("reply", before + 1)
        while socket.plays and self.driver.session.state.value != "listening":
            await asyncio.sleep(0.05)
        return replies[before]


async def say(socket: Socket, text: str) -> None:
    quiet = np.zeros(16000, np.float32)
    samples = np.concatenate([quiet[:8000], spoken(text), quiet])
    for start in range(0, len(samples), FRAME):
        socket.hear(float_to_pcm(samples[start : start + FRAME]))
        await asyncio.sleep(0.002)
