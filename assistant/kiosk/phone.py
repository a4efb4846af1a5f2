"""Going on with one's telephone: a code that is shown once and taken once."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import InvalidUsage, NotFound
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from assistant.citizen.channel import CitizenChannel
from assistant.kiosk.leaving import Leaving
from assistant.kiosk.qr_code import qr_svg
from assistant.requests import as_function, json_object

CODE_LASTS = timedelta(minutes=5)
_CODE_BYTES = 16


class PhoneRoutes:
    """Take conversations over from machines in halls; every server does that, for telephones do not reach a machine."""

    def __init__(self, citizens: CitizenChannel, leaving: Leaving) -> None:
        """Keep the citizens' side, whose tokens and limits hold here too."""
        self._citizens = citizens
        self._leaving = leaving

    def blueprint(self) -> Blueprint:
        """Return the route, below /api."""
        routes = Blueprint("phone", url_prefix="/api")
        routes.add_route(as_function(self.go_on), "/continue", methods=["POST"])
        return routes

    async def go_on(self, request: Request) -> HTTPResponse:
        """Give the conversation to whoever has its code; the machine's token holds no longer."""
        self._citizens.limiter.check_verification(request.remote_addr or request.ip)
        code = json_object(request).get("code")
        if not isinstance(code, str):
            raise InvalidUsage("`code` is the code of the address, a string.")
        conversation_id = self._leaving.take_over(code)
        if conversation_id is None:
            raise NotFound(self._leaving.texts("code_unknown"))
        told = {"conversation_id": conversation_id, "token": self._citizens.tokens.issue(conversation_id)}
        return json_response(told, headers={"Cache-Control": "no-store"})


def offer(leaving: Leaving, conversation_id: str, phone_address: str) -> dict[str, Any] | None:
    """Return a fresh code of a visit, with the address and the QR code that lead a telephone to it; None for no visit.

    The code is behind the address's #, which browsers send to nobody.
    """
    code = secrets.token_urlsafe(_CODE_BYTES)
    if not leaving.kept.offer(conversation_id, code, CODE_LASTS):
        return None
    address = f"{phone_address}/#continue={code}"
    return {
        "address": address,
        "code": code,
        "expires_in_seconds": int(CODE_LASTS.total_seconds()),
        "svg": qr_svg(address, leaving.texts("qr_title")),
    }
