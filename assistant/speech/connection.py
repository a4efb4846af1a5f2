"""One client of a spoken session: what it sends is told to the session, what the session tells is sent to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from assistant.speech.driver import SpeechDriver
from assistant.speech.wire import event_payload
from voice.audio import PcmReader
from voice.opus import BrokenPacket, OpusDecoder
from voice.opus_clip import OpusClip
from voice.session.events import AudioClip, ClientEvent, FinalTranscript, Notice, PartialTranscript, SessionClosed
from voice.synthesis.clip import Clip


class Connection:
    """A client at a WebSocket."""

    def __init__(self, ws: Any, driver: SpeechDriver, opus: bool) -> None:
        """Keep the socket and the session; `opus` tells whether sound goes as opus packets."""
        self._ws = ws
        self._driver = driver
        self._opus = opus
        self._reader = OpusDecoder() if opus else PcmReader()

    async def send(self, event: ClientEvent) -> None:
        """Send an event as JSON, and a clip's sound after it as binary frames."""
        if isinstance(event, AudioClip) and not self._opus:
            event = replace(event, clip=Clip(event.clip.samples, event.clip.rate))
        payload = event_payload(event)
        if isinstance(event, (PartialTranscript, FinalTranscript)):
            shown = self._driver.check.shown(event.text, is_draft=isinstance(event, PartialTranscript))
            payload |= {"text": shown.text, "type_instead": shown.type_instead}
        if isinstance(event, Notice):
            payload["text"] = self._driver.wording(event.kind)
        told = {"type": event.type.value, "seq": None, "at": None, "payload": payload}
        await self._ws.send(json.dumps(told, ensure_ascii=False))
        if isinstance(event, AudioClip):
            for frame in event.clip.packets if isinstance(event.clip, OpusClip) else (event.clip.pcm,):
                await self._ws.send(frame)
        elif isinstance(event, SessionClosed):
            await self._ws.close()

    def receive(self, incoming: str | bytes) -> None:
        """Take sound, or a message as JSON; what is neither is ignored."""
        if isinstance(incoming, bytes):
            self._driver.hear(self._samples(incoming))
            return
        with suppress(ValueError, RecursionError):
            body = json.loads(incoming)
            if isinstance(body, dict):
                self._take(body)

    def _take(self, body: Mapping[str, Any]) -> None:
        session, kind = self._driver.session, body.get("type")
        happened: dict[str, Callable[..., Any]] = {
            "hold-pressed": session.hold_pressed,
            "hold-released": session.hold_released,
            "touch": session.touched,
            "close": session.close,
        }
        played: dict[str, Callable[..., Any]] = {
            "playback-started": session.playback_started,
            "playback-finished": session.playback_finished,
        }
        if not isinstance(kind, str):
            return
        if kind in happened:
            self._driver.tell(happened[kind])
        elif kind == "message" and isinstance(body.get("text"), str):
            message_id = body.get("client_message_id")
            self._driver.type(body["text"], message_id if isinstance(message_id, str) else None)
        elif kind == "review":
            self._driver.tell(session.reviewed, body.get("on") is True)
        elif kind == "speak-as":
            self._driver.manner = self._driver.manner.changed(body)
        elif kind in played and isinstance(body.get("clip_id"), int):
            self._driver.tell(played[kind], body["clip_id"])

    def _samples(self, frame: bytes) -> np.ndarray:
        """Return a frame's samples; a broken packet is left out."""
        if isinstance(self._reader, PcmReader):
            return self._reader.read(frame)
        try:
            return self._reader.decode(frame)
        except BrokenPacket:
            return np.zeros(0, np.float32)
