"""Rasa's REST webhook, for any Rasa client; nothing that the client sends but sender and message counts."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.rest import RestInput
from sanic import Request
from sanic.exceptions import InvalidUsage

from assistant.citizen.limits import RateLimiter
from assistant.requests import json_object

LONGEST_SENDER = 100


class Webhook(RestInput):
    """Take messages at /webhooks/rest/webhook; their conversations never carry an identity."""

    def __init__(self, limiter: RateLimiter) -> None:
        """Keep the limits."""
        self._limiter = limiter

    async def _extract_sender(self, req: Request) -> str:
        sender = json_object(req).get("sender")
        if not isinstance(sender, str) or not 0 < len(sender) <= LONGEST_SENDER:
            raise InvalidUsage(f"`sender` names the conversation: a string of at most {LONGEST_SENDER} characters.")
        self._limiter.check_webhook(req.remote_addr or req.ip)
        self._limiter.check_message(sender)
        return sender

    def _extract_message(self, req: Request) -> str:
        message = json_object(req).get("message")
        if not isinstance(message, str):
            raise InvalidUsage("`message` is what the citizen says, a string.")
        return message

    def _extract_input_channel(self, req: Request) -> str:
        return str(self.name())

    def get_metadata(self, request: Request) -> dict[str, Any] | None:
        """Return nothing: what clients add may be personal."""
        return None
