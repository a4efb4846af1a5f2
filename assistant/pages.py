"""The files that browsers load, and what every answer tells them to forbid."""

from __future__ import annotations

from pathlib import Path

from sanic import Request, Sanic
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.services import Services
from assistant.bundling.script import BundledScript
from assistant.openapi import openapi_document
from assistant.requests import as_function

WEB = Path(__file__).parent / "web"
PAGES = {
    "/": "index.html",
    "/staff": "staff/index.html",
    "/staff/drafts": "drafts/index.html",
    "/staff/approvals": "approvals/index.html",
    "/staff/follow-ups": "follow_ups/index.html",
    "/staff/audit": "audit/index.html",
    "/staff/figures": "figures/index.html",
    "/staff/applications": "applications/index.html",
    "/editor": "editor/index.html",
    "/integrate": "integrate/index.html",
}
"""address → file below WEB"""
LATER_SCRIPTS = ("cards.js", "rating.js", "settings.js", "speech.js")
SCRIPTS = {"widget.js": None, **dict.fromkeys(LATER_SCRIPTS, "widget.js")}
"""module below WEB that is served with all that it imports → the one that is loaded before it"""
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}


def add_pages(app: Sanic, services: Services) -> None:
    """Serve the pages, the scripts, the OpenAPI document and the health check, with the headers on every answer."""
    for name, after in SCRIPTS.items():
        script = BundledScript(WEB / name, WEB / after if after else None)
        app.add_route(as_function(script.serve), f"/web/{name}", methods=["GET"])
    app.static("/web", str(WEB))

    for address, page in PAGES.items():
        app.static(address, str(WEB / page), name=f"page-{address.strip('/').replace('/', '-') or 'portal'}")

    @app.get("/openapi.json")
    async def openapi(_: Request) -> HTTPResponse:
        return json_response(openapi_document())

    @app.get("/health")
    async def health(_: Request) -> HTTPResponse:
        rephrasing = services.rephrasing
        return json_response({"status": "ready", **({"rephrasing": rephrasing.counts} if rephrasing else {})})

    app.register_middleware(_secure, "response")


async def _secure(request: Request, response: HTTPResponse) -> None:
    if response is not None:
        for header, value in SECURITY_HEADERS.items():
            response.headers.setdefault(header, value)
