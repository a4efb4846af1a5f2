"""The spoken way in: a WebSocket that sound goes over both ways, and whole clips over REST."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage, NotFound, SanicException, ServiceUnavailable
from sanic.response import HTTPResponse, raw
from sanic.response import json as json_response

from actions.status import AnswerStatus
from actions.texts import Texts
from assistant.citizen.channel import CitizenChannel
from assistant.citizen.wire import EventType
from assistant.requests import as_function, event_number
from assistant.speech.driver import SpeechDriver
from assistant.speech.expectations import expectation
from assistant.speech.spoken_reply import spoken_reply
from assistant.speech.voice import Voice
from assistant.speech.wire import event_payload
from voice.audio import AudioTooLong, EmptyAudio, PcmReader, UnreadableAudio, decode
from voice.opus import BrokenPacket, OpusDecoder
from voice.recognition.queue import RecognizerBusy
from voice.session.events import AudioClip, ClientEvent, Notice, SessionClosed, SpokenReply
from voice.session.requests import AskAssistant
from voice.session.settings import SessionSettings
from voice.session.spoken_session import SpokenSession
from voice.session.turn_words import TurnWords
from voice.synthesis.contract import SynthesisFailed, SynthesizerBusy

ELDER_ONE_MOMENT_S = 2.2
"""silence after which elderly citizens are told that we are at it: they are waited for longer before it begins"""


LAST_WORDS_S = 2.0
"""how long a client that is slow is waited for at the end"""


class TooManySessions(ServiceUnavailable):
    """Too many people are speaking just now: type, or speak in a moment."""


class SpeechChannel:
    """Serve spoken sessions beside the written conversation, which they are part of."""

    def __init__(self, citizens: CitizenChannel, voice: Voice | None, most_sessions: int = 200) -> None:
        """Keep the written side; without a voice every route says that nobody can be heard here."""
        self._citizens = citizens
        self._voice = voice
        self._most_sessions = most_sessions
        self._texts = Texts.load(citizens.assistant.settings.data / "texts" / "speech.yml")
        self._words = TurnWords.load()
        self._drivers: dict[str, SpeechDriver] = {}

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api."""
        routes = Blueprint("speech", url_prefix="/api")
        with_token = self._citizens.with_token
        conversation = "/conversations/<conversation_id:str>"
        routes.add_route(with_token(self.say), f"{conversation}/speech", methods=["POST"])
        routes.add_route(with_token(self.read_aloud), f"{conversation}/events/<seq:str>/speech", methods=["GET"])
        routes.add_websocket_route(as_function(self.stream), f"{conversation}/voice")
        routes.add_route(as_function(self.about), "/speech", methods=["GET"])
        return routes

    async def about(self, request: Request) -> HTTPResponse:
        """Tell whether one can speak here, and what hears."""
        if self._voice is None:
            return json_response({"available": False})
        model = self._voice.recognizer.model
        told = {"available": True, "recognizer": model.description, "demonstration": model.is_demonstration}
        return json_response(told)

    async def say(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Take a whole clip, in any usual format, as a turn; return what was heard and the events it led to."""
        voice = self._there()
        expected = self._citizens.assistant.services.engine.expected(conversation_id)
        try:
            audio = await asyncio.to_thread(decode, request.body)
            heard = await voice.transcribe(audio, expectation(expected), conversation_id)
        except (UnreadableAudio, EmptyAudio, AudioTooLong) as error:
            raise InvalidUsage(str(error)) from error
        except RecognizerBusy as busy:
            raise TooManySessions(TooManySessions.__doc__) from busy
        told = {"text": heard.text, "confidence": round(heard.confidence, 3)}
        if not heard.text:
            notice = {"notice": "say_again", "text": self._texts("notices_say_again")}
            return json_response({"heard": told, "notice": notice, "events": []})
        events = await self._citizens.take(conversation_id, heard.text, heard=heard.confidence)
        return json_response({"heard": told, "events": [event.as_json() for event in events]})

    async def read_aloud(self, request: Request, conversation_id: str, seq: str) -> HTTPResponse:
        """Return a reply of the conversation as a WAV file."""
        voice, number = self._there(), event_number(seq)
        found = self._citizens.hub.since(conversation_id, number - 1)[:1] if number else []
        text = found[0].payload.get("text") if found and found[0].type is not EventType.MESSAGE else None
        if not text:
            raise NotFound("No reply of this conversation bears that number.")
        try:
            clip = await voice.clip(str(text))
        except (SynthesisFailed, SynthesizerBusy) as error:
            raise ServiceUnavailable(str(error)) from error
        return raw(clip.wav, content_type="audio/wav", headers={"Cache-Control": "no-store"})

    async def stream(self, request: Request, ws: Any, conversation_id: str) -> None:
        """Speak over a WebSocket: a hello with the token, then sound and JSON both ways."""
        hello = await self._citizens.hello(ws, conversation_id)
        if hello is None or self._voice is None:
            await ws.close(code=4403 if hello is None else 4404, reason="wrong token" if hello is None else "no voice")
            return
        try:
            driver = self._driver(conversation_id, hello)
        except SanicException as error:
            await ws.close(code=4429, reason=str(error))
            return

        async def send(event: ClientEvent) -> None:
            await self._send(ws, event)

        sender = asyncio.ensure_future(driver.serve(send))
        reader = OpusDecoder() if hello.get("format") == "opus" else PcmReader()
        try:
            while not driver.is_closed and (incoming := await ws.recv()) is not None:
                self._receive(driver, incoming, reader)
            if driver.is_closed:
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(driver.told(), LAST_WORDS_S)
        finally:
            sender.cancel()
            driver.leave(send)

    def _driver(self, conversation_id: str, hello: dict[str, Any]) -> SpeechDriver:
        """Return the conversation's running session, or begin one as the hello asks."""
        running = self._drivers.get(conversation_id)
        if running is not None and not running.is_closed:
            return running
        if len(self._drivers) >= self._most_sessions:
            raise TooManySessions(TooManySessions.__doc__)
        assert self._voice is not None
        elder = bool(hello.get("elder"))
        session = SpokenSession(
            SessionSettings(
                hands_free=hello.get("mode") != "hold",
                half_duplex=bool(hello.get("half_duplex")),
                one_moment_after=ELDER_ONE_MOMENT_S if elder else SessionSettings.one_moment_after,
                longest_text=self._citizens.assistant.settings.max_characters,
            ),
            self._voice.endpointer(elder),
            self._words,
            voice_out=hello.get("voice", True) is not False,
        )

        async def ask(wanted: AskAssistant) -> SpokenReply:
            return await self._answer(conversation_id, wanted)

        is_yes = self._citizens.assistant.services.engine.is_plain_yes
        driver = SpeechDriver(conversation_id, session, self._voice, self._texts, is_yes, ask)
        self._drivers[conversation_id] = driver
        asyncio.ensure_future(driver.run()).add_done_callback(lambda _: self._forget(conversation_id, driver))
        return driver

    def _forget(self, conversation_id: str, driver: SpeechDriver) -> None:
        if self._drivers.get(conversation_id) is driver:
            del self._drivers[conversation_id]

    async def _answer(self, conversation_id: str, wanted: AskAssistant) -> SpokenReply:
        """Give a spoken turn to the assistant."""
        events = await self._citizens.take(conversation_id, wanted.text, heard=wanted.confidence)
        payloads = [event.payload for event in events if event.type is EventType.REPLY]
        waiting = {"text": "", "choices": [], "status": AnswerStatus.HANDED_OVER.value}
        services = self._citizens.assistant.services
        return spoken_reply(services, self._texts, conversation_id, payloads[-1] if payloads else waiting)

    async def _send(self, ws: Any, event: ClientEvent) -> None:
        payload = event_payload(event)
        if isinstance(event, Notice):
            payload["text"] = self._texts(f"notices_{event.kind.value}")
        told = {"type": event.type.value, "seq": None, "at": None, "payload": payload}
        await ws.send(json.dumps(told, ensure_ascii=False))
        if isinstance(event, AudioClip):
            await ws.send(event.clip.pcm)
        elif isinstance(event, SessionClosed):
            await ws.close()

    def _receive(self, driver: SpeechDriver, incoming: str | bytes, reader: PcmReader | OpusDecoder) -> None:
        session = driver.session
        if isinstance(incoming, bytes):
            driver.hear(_samples(incoming, reader))
            return
        simple: dict[str, Callable[..., Any]] = {
            "hold-pressed": session.hold_pressed,
            "hold-released": session.hold_released,
            "touch": session.touched,
            "close": session.close,
        }
        with suppress(ValueError):
            body = json.loads(incoming)
            kind = body.get("type") if isinstance(body, dict) else None
            if kind in simple:
                driver.tell(simple[kind])
            elif kind == "message" and isinstance(body.get("text"), str):
                driver.tell(session.typed, body["text"])
            elif kind in ("playback-started", "playback-finished") and isinstance(body.get("clip_id"), int):
                played = session.playback_started if kind == "playback-started" else session.playback_finished
                driver.tell(played, body["clip_id"])

    def _there(self) -> Voice:
        if self._voice is None:
            raise ServiceUnavailable("Nobody can be heard here: no recogniser is installed. Please type.")
        return self._voice


def _samples(frame: bytes, reader: PcmReader | OpusDecoder) -> np.ndarray:
    """Return a frame's samples; a broken packet is left out."""
    if isinstance(reader, PcmReader):
        return reader.read(frame)
    try:
        return reader.decode(frame)
    except BrokenPacket:
        return np.zeros(0, np.float32)
