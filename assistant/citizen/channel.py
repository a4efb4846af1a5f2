"""The citizen's way in: conversations over REST and WebSocket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from weakref import WeakValueDictionary

from sanic import Blueprint, Request
from sanic.exceptions import Forbidden, InvalidUsage, SanicException
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.flows.steps import Phase
from actions.reply import Reply
from actions.status import AnswerStatus
from assistant.assistant import Assistant, UnknownIdentity
from assistant.citizen.awaited import awaited
from assistant.citizen.hub import ConversationHub, Listener
from assistant.citizen.identity import ConversationTokens
from assistant.citizen.limits import RateLimiter
from assistant.citizen.person_signs import PersonSigns
from assistant.citizen.queue_places import QueuePlaces
from assistant.citizen.taken_messages import TakenMessages
from assistant.citizen.wire import Event, EventType, outcome_of, reply_payload
from assistant.ratings.asking import RatingAsker
from assistant.requests import as_function, event_number, json_object
from storage.turn_counts import Way

Handler = Callable[..., Any]
REFUSED = 4403
"""the code that a WebSocket is closed with where a token does not hold, or holds no longer"""


class CitizenChannel:
    """Serve conversations: start one, say something, listen."""

    def __init__(
        self, assistant: Assistant, hub: ConversationHub, tokens: ConversationTokens, limiter: RateLimiter
    ) -> None:
        """Keep what the routes work with."""
        self.assistant = assistant
        self.hub = hub
        self.tokens = tokens
        self.limiter = limiter
        self.places = QueuePlaces(assistant.services, hub)
        self.signs = PersonSigns(assistant.services, limiter)
        self.asker = RatingAsker(assistant.services, assistant.agent.ratings.book, hub)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._taken = TakenMessages(hub)

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api."""
        routes = Blueprint("citizen", url_prefix="/api")
        routes.add_route(as_function(self.session_options), "/session-options", methods=["GET"])
        routes.add_route(as_function(self.start), "/conversations", methods=["POST"])
        routes.add_route(self.with_token(self.say), "/conversations/<conversation_id:str>/messages", methods=["POST"])
        routes.add_route(self.with_token(self.events), "/conversations/<conversation_id:str>/events", methods=["GET"])
        routes.add_websocket_route(as_function(self.stream), "/conversations/<conversation_id:str>/stream")
        return routes

    async def session_options(self, request: Request) -> HTTPResponse:
        """Tell what a page may offer before a conversation: demonstration identities, the longest message."""
        settings = self.assistant.settings
        identities = self.assistant.demo_identities.values() if settings.demo else ()
        return json_response(
            {
                "demo": settings.demo,
                "identities": [{"key": one.key, "label": one.label} for one in identities],
                "max_characters": settings.max_characters,
            }
        )

    async def start(self, request: Request) -> HTTPResponse:
        """Begin a conversation; a demonstration identity may be named only in demo mode."""
        self.limiter.check_start(request.remote_addr or request.ip)
        named = json_object(request).get("identity")
        if named is not None and not isinstance(named, str):
            raise InvalidUsage("`identity` is the name of a demonstration identity, a string.")
        if named and not self.assistant.settings.demo:
            raise Forbidden("Identities are bound by the portal's sign-in; demonstration identities need demo mode.")
        try:
            identity = self.assistant.demo_identity(named) if named else None
        except UnknownIdentity as error:
            raise InvalidUsage(str(error)) from error
        conversation_id = self.assistant.start(identity)
        greeting = Reply(AnswerStatus.SMALLTALK, self.assistant.services.texts("greeting"))
        news = self.assistant.notices.on_arrival(conversation_id) if identity else None
        for said in (greeting, news):
            if said is not None:
                self.hub.publish(conversation_id, EventType.REPLY, reply_payload(said, 0.0))
        return json_response(
            {
                "conversation_id": conversation_id,
                "token": self.tokens.issue(conversation_id),
                "demo": self.assistant.settings.demo,
                "identity": {"name": identity.full_name[0] + "*" * (len(identity.full_name) - 1)} if identity else None,
            },
            status=201,
        )

    async def say(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Take a message and return the events it led to."""
        body = json_object(request)
        events = await self.take(conversation_id, body.get("text"), body.get("client_message_id"))
        return json_response({"events": [event.as_json() for event in events]})

    async def events(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Return the events after a number, for pages without a WebSocket and for resuming."""
        after = event_number(request.args.get("after", "0"))
        if after is None:
            raise InvalidUsage("`after` is the number of the last event known, such as 12.")
        return json_response({"events": [event.as_json() for event in self.hub.since(conversation_id, after)]})

    async def take(
        self,
        conversation_id: str,
        text: Any,
        client_message_id: Any = None,
        heard: float = 1.0,
        question_heard: bool = True,
        way: Way = Way.TYPED,
    ) -> list[Event]:
        """Take a citizen's message once: a message id that was already taken returns what it led to then.

        `heard` and `question_heard` as in `Assistant.turn`; 1 and True for what was typed.
        """
        if not isinstance(text, str):
            raise InvalidUsage("A message needs `text`, a string.")
        if client_message_id is not None and not isinstance(client_message_id, str):
            raise InvalidUsage("`client_message_id` is a string of the client's choice.")
        self.limiter.check_message(conversation_id)
        async with self.turn_of(conversation_id):
            if not self.tokens.hold(conversation_id):
                raise Forbidden("This conversation is over.")
            taken = self._taken.of(conversation_id)
            if client_message_id in taken:
                return taken[client_message_id]
            answered = await self.assistant.turn(conversation_id, text, heard, question_heard)
            said: dict[str, Any] = {"text": answered.heard, "client_message_id": client_message_id}
            if answered.person_seq is not None:
                said["message_seq"] = answered.person_seq
            message = self.hub.publish(conversation_id, EventType.MESSAGE, said)
            events = [message]
            if answered.reply.text:
                asks = self._asked(conversation_id, answered.reply)
                payload = reply_payload(answered.reply, answered.latency_ms, asks)
                outcome = outcome_of(answered.reply, way)
                events.append(self.hub.publish(conversation_id, EventType.REPLY, payload, outcome))
            if answered.reply.status is AnswerStatus.HANDED_OVER:
                events += self.places.tell(conversation_id)  # nothing where a person has it
            events += self.asker.after_turn(conversation_id, answered.heard, answered.reply)
            if client_message_id:
                taken[client_message_id] = events
            return events

    def _asked(self, conversation_id: str, reply: Reply) -> str | None:
        """Return the type of the field that a reply asks for; None where there is none, or something may be picked."""
        expected = None if reply.choices else awaited(self.assistant.services, conversation_id)
        return expected.type if expected is not None and expected.phase is Phase.ASK else None

    def turn_of(self, conversation_id: str) -> asyncio.Lock:
        """Return the lock that a turn of the conversation holds until its events are published."""
        return self._turns.setdefault(conversation_id, asyncio.Lock())

    def has_taken(self, conversation_id: str, client_message_id: Any) -> bool:
        """Tell whether a message of this id was taken, so that taking it again returns what it led to."""
        return isinstance(client_message_id, str) and client_message_id in self._taken.of(conversation_id)

    def forget(self, conversation_id: str) -> None:
        """Keep nothing in memory of what was said in a conversation."""
        self._taken.forget(conversation_id)

    async def stream(self, request: Request, ws: Any, conversation_id: str) -> None:
        """Speak over a WebSocket: the first message proves the token and says what is known already."""
        hello = await self.hello(ws, conversation_id)
        if hello is None:
            await ws.close(code=REFUSED, reason="wrong token")
            return
        queue = self.hub.listen(conversation_id)
        known = event_number(hello.get("last_seq")) or 0
        sender = asyncio.ensure_future(self._send_events(ws, queue, conversation_id, known))
        try:
            while (incoming := await ws.recv()) is not None:
                await self._receive(ws, conversation_id, incoming)
        finally:
            sender.cancel()
            self.hub.leave(conversation_id, queue)

    async def hello(self, ws: Any, conversation_id: str) -> dict[str, Any] | None:
        """Return the first message of a WebSocket, or None where it does not prove the conversation's token."""
        try:
            hello = json.loads(await ws.recv(timeout=10) or "")
        except ValueError:
            return None
        if not isinstance(hello, dict) or hello.get("type") != "hello":
            return None
        return hello if self.tokens.accepts(conversation_id, str(hello.get("token"))) else None

    async def _send_events(self, ws: Any, queue: Listener, conversation_id: str, last_seq: int) -> None:
        for known in self.hub.since(conversation_id, last_seq):
            last_seq = known.seq or last_seq
            await ws.send(json.dumps(known.as_json(), ensure_ascii=False))
        while (event := await queue.get()) is not None:
            if event.seq is None or event.seq > last_seq:
                last_seq = event.seq or last_seq
                await ws.send(json.dumps(event.as_json(), ensure_ascii=False))
        await ws.close(code=REFUSED, reason="the conversation is over here")

    async def _receive(self, ws: Any, conversation_id: str, incoming: Any) -> None:
        try:
            body = json.loads(incoming)
            if isinstance(body, dict) and self.signs.take(conversation_id, body):
                return
            if not isinstance(body, dict) or body.get("type") != "message":
                raise InvalidUsage("Only messages are understood here.")
            await ws.send(json.dumps(Event(EventType.TYPING, {}).as_json()))
            await self.take(conversation_id, body.get("text"), body.get("client_message_id"))
        except ValueError:
            await self._refuse(ws, "A message is a JSON object.")
        except SanicException as error:
            await self._refuse(ws, str(error))

    @staticmethod
    async def _refuse(ws: Any, sentence: str) -> None:
        """Say in an event what was wrong with a message; the socket stays open."""
        await ws.send(json.dumps(Event(EventType.ERROR, {"message": sentence}).as_json(), ensure_ascii=False))

    def with_token(self, handler: Handler) -> Handler:
        """Return a handler that is only reached with the conversation's token."""

        @wraps(handler)
        async def checked(request: Request, conversation_id: str, **place: str) -> HTTPResponse:
            if not self.tokens.accepts(conversation_id, request.token or ""):
                raise Forbidden("This conversation needs its token.")
            response: HTTPResponse = await handler(request, conversation_id, **place)
            return response

        return checked
