"""A server that speaks the protocol of an OpenAI-compatible model, rightly or wrongly, in a thread of its own."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Behaviour = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]


@dataclass
class ModelServer:
    """What it heard, and how it behaves; a test changes `behave` at will."""

    behave: Behaviour
    requests: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    """headers and body of each"""
    elsewhere: int = 0
    """requests to any other path, as after a redirection"""
    url: str = ""

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append((dict(request.headers), body))
        return await self.behave(request, body)

    async def _other(self, _: web.Request) -> web.StreamResponse:
        self.elsewhere += 1
        return completion("1. 免费。[1]")

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_route("*", "/{other:.*}", self._other)
        return app


@contextmanager
def running_model(behave: Behaviour) -> Iterator[ModelServer]:
    """Run a model server on a free port."""
    server = ModelServer(behave)
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(server.application())

    async def start() -> int:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, shutdown_timeout=0.1)
        await site.start()
        return int(runner.addresses[0][1])

    server.url = f"http://127.0.0.1:{loop.run_until_complete(start())}/v1"
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield server
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(timeout=10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(timeout=10)


def completion(text: Any) -> web.Response:
    """Return a chat completion with a text."""
    return web.json_response({"choices": [{"message": {"role": "assistant", "content": text}}]})


def says(text: str) -> Behaviour:
    """Answer everything with one text."""

    async def behave(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        return completion(text)

    return behave


def rewords(*changes: tuple[str, str]) -> Behaviour:
    """Say the numbered sentences again with some words changed, each with its number behind it."""

    async def behave(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        lines = []
        for number, line in re.findall(r"^\[(\d+)\] (.*)$", body["messages"][1]["content"], re.MULTILINE):
            for before, after in changes:
                line = line.replace(before, after)
            lines.append(f"{line}[{number}]")
        return completion("\n".join(lines))

    return behave


def fails(status: int) -> Behaviour:
    """Answer with a status that is not 200 and a completion that would be fine."""

    async def behave(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        response = completion("不收费。[1]")
        response.set_status(status)
        response.headers["Location"] = "/elsewhere"
        return response

    return behave


def sends(body: bytes, content_type: str = "application/json") -> Behaviour:
    """Answer with these bytes."""

    async def behave(request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        return web.Response(body=body, content_type=content_type)

    return behave


async def stalls(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
    """Take the request and never answer."""
    await asyncio.sleep(30)
    return completion("")


async def drips(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
    """Send a byte now and then, for ever."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.05)


async def floods(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
    """Stream events of garbage without an end."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    while True:
        await response.write(b"data: \xff\xfe\x00garbage\n\n" * 500)


async def hangs_up(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
    """Break off in the middle of the answer."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(json.dumps({"choices": []}).encode()[:5])
    assert request.transport is not None
    request.transport.close()
    return response
