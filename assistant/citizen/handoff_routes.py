"""The citizen's routes around a person: where the handoff stands, and the ways out of the queue."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import SanicException
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from assistant.citizen.channel import CitizenChannel
from assistant.requests import json_object
from storage.handoffs import HandoffState

ASSISTANT = "assistant"
"""who has a conversation without an active handoff"""


class NotWaiting(SanicException):
    """The conversation does not wait for a person."""

    status_code = 409


class HandoffRoutes:
    """Serve what a page asks while a citizen waits for a person, or talks with one."""

    def __init__(self, channel: CitizenChannel) -> None:
        """Keep the channel, whose ways to take a message these are."""
        self._channel = channel
        self._services = channel.assistant.services

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/conversations/{id}/handoff."""
        routes = Blueprint("citizen-handoff", url_prefix="/api/conversations/<conversation_id:str>/handoff")
        routes.add_route(self._channel.with_token(self.standing), "/", methods=["GET"])
        routes.add_route(self._channel.with_token(self.leave), "/leave", methods=["POST"])
        routes.add_route(self._channel.with_token(self.leave_message), "/message", methods=["POST"])
        return routes

    async def standing(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Tell who has the conversation, the place and the expected wait, and when people are on duty."""
        return json_response(self.told(conversation_id))

    async def leave(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Take the citizen out of the queue, back to the assistant; return the events."""
        return await self._say(request, conversation_id, "leave_queue")

    async def leave_message(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Take the citizen out of the queue and ask for a message with a telephone number; return the events."""
        return await self._say(request, conversation_id, "leave_message")

    def told(self, conversation_id: str) -> dict[str, Any]:
        """Return where the handoff of a conversation stands, as pages read it."""
        handoff = self._services.handoffs.active(conversation_id)
        room = self._services.waiting_room
        place = room.place_of(conversation_id) if handoff and handoff.state is HandoffState.QUEUED else None
        return {
            "state": handoff.state.value if handoff else ASSISTANT,
            "reason": handoff.reason if handoff else None,
            "position": place.ahead if place else None,
            "estimated_seconds": place.seconds if place else None,
            "text": room.said(place, again=True) if place else None,
            "on_duty": room.is_open(),
            "hours": self._services.hours.label,
            "opens": room.opens_in_words(),
        }

    async def _say(self, request: Request, conversation_id: str, key: str) -> HTTPResponse:
        """Say for the citizen what leaves the queue: a button and a sentence do the same."""
        message_id = json_object(request).get("client_message_id")
        handoff = self._services.handoffs.active(conversation_id)
        waits = handoff is not None and handoff.state is HandoffState.QUEUED
        if not waits and not self._channel.has_taken(conversation_id, message_id):
            raise NotWaiting(self._services.handoff_texts("not_waiting"))
        events = await self._channel.take(conversation_id, self._services.handoff_texts(key), message_id)
        return json_response({"events": [event.as_json() for event in events]})
