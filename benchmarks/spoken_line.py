"""A citizen on a spoken session of this process: a microphone that runs in real time, and what the session tells."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.sounds import RATE, noise
from benchmarks.spoken_clips import SpokenClip
from benchmarks.spoken_stream import ROOM_DBFS
from benchmarks.spoken_turns import SpokenTurn, Told, is_answered, turn_of

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.citizen.channel import CitizenChannel
    from assistant.speech.channel import SpeechChannel
    from assistant.speech.voice import Voice

FRAME = 512
"""samples that a microphone hands over at a time: 32 ms"""
LONGEST_WAIT_S = 20.0
"""after which an utterance counts as unanswered"""
_POLL_S = 0.05


class Wire:
    """The server's side of a WebSocket; whatever is said to the client is played at once."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self.told: list[Told] = []
        self.state = ""
        self._incoming: asyncio.Queue[str | bytes | None] = asyncio.Queue()

    async def recv(self, timeout: float | None = None) -> str | bytes | None:
        """Return what the client sent."""
        return await self._incoming.get()

    async def send(self, data: str | bytes) -> None:
        """Note what the client is told, and when."""
        if isinstance(data, bytes):
            return
        event = json.loads(data)
        kind, payload = event["type"], event["payload"]
        self.told.append(Told(time.perf_counter(), kind, payload))
        if kind == "state":
            self.state = payload["state"]
        elif kind == "audio":
            self.put("playback-started", clip_id=payload["clip_id"])
            self.put("playback-finished", clip_id=payload["clip_id"])

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """Let the server end the session."""
        self._incoming.put_nowait(None)

    def put(self, kind: str, **what: Any) -> None:
        """Send JSON to the server."""
        self._incoming.put_nowait(json.dumps({"type": kind, **what}))

    def hear(self, frame: bytes) -> None:
        """Send sound to the server."""
        self._incoming.put_nowait(frame)


class Microphone:
    """Frames in real time: the noise of a quiet room, and over it what is to be said."""

    def __init__(self, wire: Wire) -> None:
        """Begin with nobody speaking."""
        self._wire = wire
        self._room = noise(FRAME * 64 / RATE, ROOM_DBFS)
        self._frames = 0
        self._saying = np.zeros(0, np.float32)
        self._began = time.perf_counter()

    async def run(self) -> None:
        """Hand a frame over as soon as its last sample has passed, until this is cancelled."""
        from voice.audio import float_to_pcm

        while True:
            self._frames += 1
            await asyncio.sleep(max(0.0, self._passed() - time.perf_counter()))
            start = (self._frames % 64) * FRAME
            frame = self._room[start : start + FRAME].copy()
            said, self._saying = self._saying[:FRAME], self._saying[FRAME:]
            frame[: len(said)] += said
            self._wire.hear(float_to_pcm(frame))

    def say(self, samples: np.ndarray) -> float:
        """Say a clip from the frame that is taken now on; return when its first sample passes."""
        self._saying = samples
        return self._passed() - FRAME / RATE

    def _passed(self) -> float:
        return self._began + self._frames * FRAME / RATE


class SpokenLine:
    """One citizen in a conversation."""

    def __init__(self, wire: Wire, microphone: Microphone) -> None:
        """Keep both ends."""
        self._wire, self._microphone = wire, microphone

    async def say(self, clip: SpokenClip) -> SpokenTurn:
        """Say a clip, wait until the session has answered it and listens again, and return the turn."""
        before = len(self._wire.told)
        begins = self._microphone.say(clip.samples)
        ended = begins + clip.ends_s
        give_up = ended + LONGEST_WAIT_S
        while not self._is_over(before, ended) and time.perf_counter() < give_up:
            await asyncio.sleep(_POLL_S)
        said_at = [begins + end for end in clip.syllable_ends_s]
        return turn_of(clip.said.text, self._wire.told[before:], ended, said_at)

    def _is_over(self, before: int, ended: float) -> bool:
        if time.perf_counter() < ended or self._wire.state != "listening":
            return False
        return is_answered(self._wire.told[before:], ended)


class Exchange:
    """The spoken channel of an assistant without a server before it."""

    def __init__(self, assistant: Assistant, voice: Voice) -> None:
        """Wire the channels as the server does."""
        from assistant.citizen.channel import CitizenChannel
        from assistant.citizen.hub import ConversationHub
        from assistant.citizen.identity import ConversationTokens
        from assistant.citizen.limits import RateLimiter
        from assistant.speech.channel import SpeechChannel

        hub, tokens = ConversationHub(assistant.services.transcripts), ConversationTokens(b"benchmark")
        self._assistant = assistant
        self._citizens: CitizenChannel = CitizenChannel(assistant, hub, tokens, RateLimiter())
        self._channel: SpeechChannel = SpeechChannel(self._citizens, voice)

    @asynccontextmanager
    async def line(self) -> AsyncIterator[SpokenLine]:
        """Open a session of a new conversation of the first demonstration identity, hands free; close it behind."""
        conversation_id = self._assistant.start(self._assistant.demo_identity("demo"))
        wire = Wire()
        wire.put("hello", token=self._citizens.tokens.issue(conversation_id))
        stream = asyncio.ensure_future(self._channel.stream(None, wire, conversation_id))
        microphone = Microphone(wire)
        hearing = asyncio.ensure_future(microphone.run())
        try:
            yield SpokenLine(wire, microphone)
        finally:
            hearing.cancel()
            wire.put("close")
            await asyncio.wait([stream], timeout=LONGEST_WAIT_S)
