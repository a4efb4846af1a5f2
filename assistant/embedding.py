"""Which other sites may show the assistant: CORS for its files and routes, the Origin of its WebSockets, frames."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from sanic import Request, Sanic
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

_SHARED = (
    "/web/",
    "/api/session-options",
    "/api/conversations",
    "/api/continue",
    "/api/documents",
    "/api/certificates",
    "/api/checklists",
    "/api/speech",
)
"""what the assistant on a page asks for; the staff's routes go by a cookie and are never shared"""
_NEVER_FRAMED = ("/staff", "/editor")
_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}


class Embedding:
    """Let the pages of some origins, besides our own, use the assistant."""

    def __init__(self, origins: Sequence[str]) -> None:
        """Keep the origins that are allowed."""
        self._origins = frozenset(origins)

    def guard(self, app: Sanic) -> None:
        """Look at each request before its handler, and at each response after it."""
        app.register_middleware(self.before, "request")
        app.register_middleware(self.after, "response")

    async def before(self, request: Request) -> HTTPResponse | None:
        """Answer a preflight of an allowed origin, and refuse the WebSocket of a page that is not allowed."""
        origin = request.headers.get("origin")
        if origin is None:
            return None
        if request.headers.get("upgrade", "").lower() == "websocket":
            if self._allows(origin) or _is_own(origin, request):
                return None
            return json_response({"message": "This site may not show the assistant."}, status=403)
        if request.method == "OPTIONS" and self._is_shared(request, origin):
            return empty(status=204, headers=dict(_ALLOWED))
        return None

    async def after(self, request: Request, response: HTTPResponse | None) -> None:
        """Tell the browser who may read the response, and who may show the page in a frame."""
        if response is None or not self._origins:
            return
        origin = request.headers.get("origin", "")
        if request.path.startswith(_SHARED):
            response.headers["Vary"] = ", ".join(filter(None, (response.headers.get("Vary"), "Origin")))
            if self._is_shared(request, origin):
                response.headers["Access-Control-Allow-Origin"] = origin
        policy = response.headers.get("Content-Security-Policy")
        if policy and not request.path.startswith(_NEVER_FRAMED):
            framed = f"frame-ancestors 'self' {' '.join(sorted(self._origins))}"
            response.headers["Content-Security-Policy"] = policy.replace("frame-ancestors 'self'", framed)

    def _allows(self, origin: str) -> bool:
        return origin.lower() in self._origins

    def _is_shared(self, request: Request, origin: str) -> bool:
        return self._allows(origin) and request.path.startswith(_SHARED)


def _is_own(origin: str, request: Request) -> bool:
    """Tell whether a page is our own, also behind a proxy that tells the host it was asked for."""
    hosts = (request.headers.get("host"), request.headers.get("x-forwarded-host"))
    return urlsplit(origin).netloc.lower() in {host.lower() for host in hosts if host}
