"""The citizen's certificates: fetched by whom they are for, verified by anybody who holds one."""

from __future__ import annotations

from dataclasses import asdict

from sanic import Blueprint, Request
from sanic.exceptions import NotFound
from sanic.response import HTTPResponse, raw
from sanic.response import json as json_response

from actions.verification import verification_of
from assistant.citizen.channel import CitizenChannel
from assistant.requests import as_function


class DocumentRoutes:
    """Serve what applications were answered with."""

    def __init__(self, channel: CitizenChannel) -> None:
        """Keep the channel, whose tokens and limits hold here too."""
        self._channel = channel
        self._services = channel.assistant.services

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api."""
        routes = Blueprint("citizen-documents", url_prefix="/api")
        routes.add_route(as_function(self.document), "/documents/<document_id:str>", methods=["GET"])
        routes.add_route(as_function(self.certificate), "/certificates/<code:str>", methods=["GET"])
        return routes

    async def document(self, request: Request, document_id: str) -> HTTPResponse:
        """Return a certificate to the conversation that it was issued in, or to another of the citizen it is for."""
        applications, token = self._services.applications, request.token or ""
        may_read = any(self._channel.tokens.accepts(one, token) for one in applications.document_readers(document_id))
        document = applications.document(document_id) if may_read else None
        if document is None:
            raise NotFound("There is no such document for this conversation.")
        return raw(
            document.content,
            content_type=document.media_type,
            headers={"Content-Disposition": "attachment", "Cache-Control": "no-store"},
        )

    async def certificate(self, request: Request, code: str) -> HTTPResponse:
        """Tell anybody who holds a certificate whether it was issued here; of the citizen nothing is told."""
        self._channel.limiter.check_verification(request.remote_addr or request.ip)
        verified = verification_of(self._services, code)
        return json_response(asdict(verified), headers={"Cache-Control": "no-store"})
