"""The spoken way in: a WebSocket that sound goes over both ways, and whole clips over REST."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage, NotFound, SanicException, ServiceUnavailable
from sanic.response import HTTPResponse, raw
from sanic.response import json as json_response

from actions.status import AnswerStatus
from actions.texts import Texts
from assistant.citizen.awaited import awaited
from assistant.citizen.channel import CitizenChannel
from assistant.citizen.wire import EventType
from assistant.requests import as_function, event_number
from assistant.speech.connection import Connection
from assistant.speech.driver import Send, SpeechDriver
from assistant.speech.expectations import expectation
from assistant.speech.hello import Hello
from assistant.speech.kept_number import KeptNumber
from assistant.speech.manner import Manner
from assistant.speech.news import News
from assistant.speech.number_check import NumberCheck
from assistant.speech.read_back import Said
from assistant.speech.spoken_reply import spoken_reply
from assistant.speech.voice import Voice
from storage.turn_counts import Way
from voice.audio import AudioTooLong, EmptyAudio, UnreadableAudio, decode
from voice.recognition.queue import RecognizerBusy
from voice.session.reply import Heard, SpokenReply
from voice.session.requests import AskAssistant
from voice.session.spoken_session import SpokenSession
from voice.session.turn_words import TurnWords
from voice.synthesis.contract import SynthesisFailed, SynthesizerBusy

TAKEN_OVER = 4409
"""the code that a client's socket is closed with when another one speaks in its conversation"""
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
        self._citizens.limiter.check_clip(conversation_id)
        expected = awaited(self._citizens.assistant.services, conversation_id)
        try:
            audio = await asyncio.to_thread(decode, request.body)
            heard = await voice.transcribe_clip(audio, expectation(expected), conversation_id)
        except (UnreadableAudio, EmptyAudio, AudioTooLong) as error:
            raise InvalidUsage(str(error)) from error
        except RecognizerBusy as busy:
            raise TooManySessions(TooManySessions.__doc__) from busy
        told = {"text": heard.text, "confidence": round(heard.confidence, 3)}
        if not heard.text:
            notice: dict[str, Any] = {"notice": "say_again", "text": self._texts("notices_say_again")}
            return json_response({"heard": told, "notice": notice, "events": []})
        check, kept = self._check(conversation_id), KeptNumber(self._citizens.assistant.services, conversation_id)
        check.so_far = kept.load()
        said = check(Said(heard.text, heard.confidence))
        kept.keep(check.so_far)
        if isinstance(said, SpokenReply):
            notice = {"notice": "number", "text": "".join(said.sentences), "read_back": said.read_back or None}
            return json_response({"heard": told, "notice": notice, "events": []})
        events = await self._citizens.take(conversation_id, said.text, heard=said.confidence, way=Way.SPOKEN)
        return json_response({"heard": told, "events": [event.as_json() for event in events]})

    async def read_aloud(self, request: Request, conversation_id: str, seq: str) -> HTTPResponse:
        """Return a reply of the conversation as a WAV file, at the `speed` and `volume` that the query asks for."""
        voice, number = self._there(), event_number(seq)
        self._citizens.limiter.check_clip(conversation_id)
        found = self._citizens.hub.since(conversation_id, number - 1)[:1] if number else []
        text = found[0].payload.get("text") if found and found[0].type is not EventType.MESSAGE else None
        if not text:
            raise NotFound("No reply of this conversation bears that number.")
        try:
            clip = await voice.clip(str(text), manner=_manner(request))
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

        connection = Connection(ws, driver, driver.opus)
        send = connection.send  # one object: the driver tells clients apart by it
        sender = asyncio.ensure_future(_serve(ws, driver, send))
        await asyncio.sleep(0)  # the session knows of its client before it hears it
        try:
            while not driver.is_closed and (incoming := await ws.recv()) is not None:
                if not driver.gave_way(send):
                    connection.receive(incoming)
            if driver.is_closed:
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(driver.told(), LAST_WORDS_S)
        finally:
            sender.cancel()
            driver.leave(send)

    def _driver(self, conversation_id: str, told: dict[str, Any]) -> SpeechDriver:
        """Return the conversation's session, running or begun, with its client as the hello tells."""
        hello = Hello.of(told)
        driver = self._drivers.get(conversation_id)
        if driver is None or driver.is_closed:
            driver = self._begin(conversation_id, hello)
        else:
            driver.manner = driver.manner.changed(told)
            driver.tell(driver.session.reviewed, hello.review)
        driver.opus, driver.check.hall = hello.opus, hello.hall
        return driver

    def _begin(self, conversation_id: str, hello: Hello) -> SpeechDriver:
        if len(self._drivers) >= self._most_sessions:
            raise TooManySessions(TooManySessions.__doc__)
        voice, assistant = self._there(), self._citizens.assistant
        session = SpokenSession(
            hello.settings(assistant.settings.max_characters),
            voice.endpointer(hello.elder),
            self._words,
            voice_out=hello.voice_out,
        )
        check = self._check(conversation_id)

        async def ask(wanted: AskAssistant) -> SpokenReply:
            return await self._answer(conversation_id, wanted, check.hall, driver.message_id(wanted))

        is_yes = assistant.services.engine.is_plain_yes
        driver = SpeechDriver(conversation_id, session, voice, self._texts, is_yes, check, ask)
        driver.manner = hello.manner
        self._drivers[conversation_id] = driver
        news = News(assistant.services, self._texts, self._citizens.hub, conversation_id)
        following = asyncio.ensure_future(news.follow(driver))

        def over(_: asyncio.Future[None]) -> None:
            following.cancel()
            self._forget(conversation_id, driver)

        asyncio.ensure_future(driver.run()).add_done_callback(over)
        return driver

    def end(self, conversation_id: str) -> None:
        """End the spoken session of a conversation, where there is one."""
        driver = self._drivers.pop(conversation_id, None)
        if driver is not None:
            driver.tell(driver.session.close)

    def _forget(self, conversation_id: str, driver: SpeechDriver) -> None:
        if self._drivers.get(conversation_id) is driver:
            del self._drivers[conversation_id]

    async def _answer(
        self, conversation_id: str, wanted: AskAssistant, hall: bool, message_id: str | None
    ) -> SpokenReply:
        """Give a turn of a spoken session to the assistant."""
        was_heard = wanted.reply_heard is Heard.WHOLE
        events = await self._citizens.take(
            conversation_id, wanted.text, message_id, wanted.confidence, question_heard=was_heard, way=Way.SPOKEN
        )
        payloads = [event.payload for event in events if event.type is EventType.REPLY]
        asked = [event.payload["text"] for event in events if event.type is EventType.RATING_ASKED]
        if payloads and asked:
            payloads.append({**payloads[-1], "text": "\n".join([payloads[-1]["text"], *asked])})
        place = [event.payload["text"] for event in events if event.type is EventType.HANDOFF_QUEUED]
        waiting = {"text": "".join(place[-1:]), "choices": [], "status": AnswerStatus.HANDED_OVER.value}
        services = self._citizens.assistant.services
        return spoken_reply(services, self._texts, conversation_id, payloads[-1] if payloads else waiting, hall)

    def _check(self, conversation_id: str) -> NumberCheck:
        """Return what makes sure of the numbers said in a conversation."""
        return NumberCheck(self._citizens.assistant.services, self._texts, conversation_id)

    def _there(self) -> Voice:
        if self._voice is None:
            raise ServiceUnavailable("Nobody can be heard here: no recogniser is installed. Please type.")
        return self._voice


async def _serve(ws: Any, driver: SpeechDriver, send: Send) -> None:
    """Send to a client until it is gone, or another has taken its place."""
    try:
        await driver.serve(send)
    except asyncio.CancelledError:
        if driver.gave_way(send):
            await ws.close(code=TAKEN_OVER, reason="another client speaks in this conversation")
        raise


def _manner(request: Request) -> Manner:
    """Return how a clip is to be said; what is no number is ignored."""
    asked: dict[str, float] = {}
    for name in ("speed", "volume"):
        with suppress(ValueError):
            asked[name] = float(request.args.get(name, ""))
    return Manner().changed(asked)
