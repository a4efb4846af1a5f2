"""Sign-ins of staff, and who may pass: a session, its CSRF token, and the role that a route asks for."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Collection
from functools import wraps
from typing import Any

from sanic import Blueprint, Request
from sanic.exceptions import Forbidden, Unauthorized
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.texts import Texts
from assistant.citizen.limits import RateLimiter, TooManyRequests
from assistant.requests import json_object, same_secret
from assistant.staff.trouble import Handler, telling_trouble
from storage.audit import AuditTrail
from storage.errors import AccountLocked, WrongCredentials
from storage.staff import SignedIn, Staff, StaffAccount, StaffRole

COOKIE = "wenban_staff"
NOBODY = "nobody"
"""who signs in, in the audit trail, with a name that no account has"""


class StaffSessions:
    """Serve signing in and out, for every page of the staff."""

    def __init__(self, staff: Staff, audit: AuditTrail, key: bytes, limiter: RateLimiter, texts: Texts) -> None:
        """Keep what the routes work with.

        `key` makes the CSRF tokens; `limiter` counts the passwords that an address tries.
        """
        self.staff = staff
        self.audit = audit
        self.texts = texts
        self._key = key
        self._limiter = limiter

    def blueprint(self) -> Blueprint:
        """Return the routes, below /api/staff/session."""
        routes = Blueprint("staff-sessions", url_prefix="/api/staff")
        routes.add_route(telling_trouble(self.texts, self.sign_in), "/session", methods=["POST"])
        routes.add_route(self.only(tuple(StaffRole), self.session), "/session", methods=["GET"])
        routes.add_route(self.only(tuple(StaffRole), self.sign_out), "/session", methods=["DELETE"])
        return routes

    async def sign_in(self, request: Request) -> HTTPResponse:
        """Check name and password and set the session cookie; the slow hash of the password holds up nobody else."""
        body = json_object(request)
        name, password = str(body.get("name") or ""), str(body.get("password") or "")
        try:
            self._limiter.check_sign_in(request.remote_addr or request.ip)
            signed_in = await asyncio.to_thread(self._begin, name, password)
        except TooManyRequests as error:
            raise TooManyRequests(self.texts("too_many_sign_ins")) from error
        except (WrongCredentials, AccountLocked) as error:
            why = "wrong_credentials" if isinstance(error, WrongCredentials) else "account_locked"
            self._refused(name, why)
            raise Unauthorized(self.texts(why)) from error
        response = json_response(self._account(signed_in.account, signed_in.token))
        response.cookies[COOKIE] = signed_in.token
        response.cookies[COOKIE].update({"httponly": True, "samesite": "Strict", "path": "/"})
        if request.scheme == "https":
            response.cookies[COOKIE]["secure"] = True
        return response

    async def session(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """Return who is signed in."""
        return json_response(self._account(account, request.cookies[COOKIE]))

    async def sign_out(self, request: Request, account: StaffAccount) -> HTTPResponse:
        """End the session."""
        with self.audit.database.together():
            self.staff.sign_out(request.cookies[COOKIE])
            self.audit.append(account.name, "sign-out", account.id)
        response = json_response({})
        del response.cookies[COOKIE]
        return response

    def only(self, roles: Collection[StaffRole], handler: Handler) -> Handler:
        """Let only signed-in staff of these roles through, and only writes that carry the session's CSRF token."""

        @wraps(handler)
        async def checked(request: Request, **parameters: Any) -> HTTPResponse:
            token = request.cookies.get(COOKIE) or ""
            account = self.staff.account_of(token) if token else None
            if account is None:
                raise Unauthorized(self.texts("sign_in_first"))
            if request.method != "GET":
                sent = request.headers.get("x-csrf-token") or ""
                if not same_secret(self._csrf(token), sent):
                    raise Forbidden(self.texts("csrf"))
            if account.role not in roles:
                raise Forbidden(self.texts("wrong_role"))
            response: HTTPResponse = await handler(request, account=account, **parameters)
            return response

        return telling_trouble(self.texts, checked)

    def _begin(self, name: str, password: str) -> SignedIn:
        """Begin a session with its entry; a wrong password is counted whatever becomes of the entry about it."""
        account = self.staff.check(name, password)
        with self.audit.database.together():
            signed_in = self.staff.begin_session(account, password)
            self.audit.append(account.name, "sign-in", account.id)
        return signed_in

    def _refused(self, name: str, why: str) -> None:
        """Write who was refused; a name that no account has may be anything that somebody typed, and is not written.

        GB/T 22239-2019, 8.1.4.3: an audit trail has failures too.
        """
        known = self.staff.named(name)
        self.audit.append(known.name if known else NOBODY, "sign-in-refused", known.id if known else "", {"why": why})

    def _account(self, account: StaffAccount, token: str) -> dict[str, Any]:
        return {
            "id": account.id,
            "name": account.display_name,
            "role": account.role.value,
            "csrf": self._csrf(token),
        }

    def _csrf(self, token: str) -> str:
        return hmac.new(self._key, token.encode(), hashlib.sha256).hexdigest()
