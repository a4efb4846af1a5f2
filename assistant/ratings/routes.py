"""The citizen's routes around ratings: give one, and say that the conversation has ended."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage, NotFound, SanicException
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from assistant.citizen.channel import CitizenChannel
from assistant.requests import json_object
from storage.errors import RatingClosed, RatingUnknown
from storage.rating_records import LEVELS, Rating


class TooLateToRate(SanicException):
    """The rating was asked for, or given, too long ago."""

    status_code = 409


class RatingRoutes:
    """Serve what the card of a rating sends."""

    def __init__(self, channel: CitizenChannel) -> None:
        """Keep the channel, whose conversations are rated."""
        self._channel = channel
        self._book = channel.assistant.agent.ratings.book

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/conversations/{id}."""
        routes = Blueprint("citizen-ratings", url_prefix="/api/conversations/<conversation_id:str>")
        routes.add_route(self._channel.with_token(self.rate), "/ratings", methods=["POST"])
        routes.add_route(self._channel.with_token(self.end), "/end", methods=["POST"])
        return routes

    async def rate(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Take a rating, or a change of it within the day; sent again, it is taken once. Return the events."""
        self._channel.limiter.check_message(conversation_id)
        body = json_object(request)
        rating_id, level = str(body.get("rating_id") or ""), body.get("level")
        try:
            asked = self._book.ratings.get(rating_id, conversation_id)
            if isinstance(level, bool) or level not in LEVELS:
                raise InvalidUsage(self._book.texts("no_level"))
            reasons, comment = self._reasons(asked, body.get("reasons")), self._comment(body.get("comment"))
            given = self._book.give(rating_id, conversation_id, level, reasons, comment)
        except RatingUnknown as error:
            raise NotFound(self._book.texts("unknown_rating")) from error
        except RatingClosed as error:
            raise TooLateToRate(self._book.texts("rating_closed")) from error
        events = [] if given.given == asked.given else [self._channel.asker.tell(given).as_json()]
        return json_response({**self._book.rated_payload(given), "events": events})

    async def end(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Take that the citizen ends the conversation; return the question how it was, where it is asked."""
        events = self._channel.asker.conversation_left(conversation_id)
        return json_response({"events": [event.as_json() for event in events]})

    def _reasons(self, asked: Rating, sent: Any) -> list[str]:
        known = {reason.code for reason in self._book.policy.reasons_for(asked.subject.kind)}
        reasons = [] if sent is None else sent
        if not isinstance(reasons, list) or not all(isinstance(one, str) and one in known for one in reasons):
            raise InvalidUsage(self._book.texts("unknown_reason"))
        return list(dict.fromkeys(reasons))

    def _comment(self, sent: Any) -> str:
        # A page that cuts a text at its limit may leave half an emoji, which nothing can keep.
        comment = str(sent or "").encode("utf-8", "ignore").decode().strip()
        limit = self._book.policy.longest_comment
        if len(comment) > limit:
            raise InvalidUsage(self._book.texts("comment_too_long", limit=limit))
        return comment
