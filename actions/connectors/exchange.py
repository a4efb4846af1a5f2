"""One request to a department's system and its answer, within a time and a size.

Neither redirections nor proxies are followed, no cookie is kept. What goes wrong is told by kind: no address, body or
header is quoted.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp

from actions.clock import Clock
from actions.connectors.backoff import retry_after
from actions.connectors.declarations import DepartmentSystem
from actions.connectors.protocol import ConnectorError, Unavailable

MOST_BYTES = 64 * 1024
"""the longest JSON answer that is read"""
_TRY_LATER = frozenset({408, 429})
_NOT_LET_IN = frozenset({401, 403, 407, 421})


@dataclass(frozen=True)
class Answer:
    """An answer to be judged by whoever asked: done, or refused for this application."""

    status: int
    body: bytes = field(repr=False)
    media_type: str = ""


class Exchange:
    """Talk to one system. Call it from a thread without an event loop: each request runs its own."""

    def __init__(self, system: DepartmentSystem, token: str, clock: Clock) -> None:
        """Keep where the system is; the trusted certificates are read at the first request."""
        self.system = system
        self._token = token
        self._clock = clock
        self._tls: ssl.SSLContext | None = None

    def send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        most_bytes: int = MOST_BYTES,
        seconds: float | None = None,
    ) -> Answer:
        """Send a request and return the answer; `seconds` is for the whole of it, unless the system's own are meant.

        Raises:
            Unavailable: the system cannot be reached, is too slow, fails (5xx), asks for patience (408, 429), sends
                elsewhere (3xx) or does not let us in (401, 403).
            ConnectorError: the answer is too long.
        """
        system = self.system
        limit = aiohttp.ClientTimeout(
            total=system.connect_timeout + (seconds or system.read_timeout),
            sock_connect=system.connect_timeout,
            sock_read=system.read_timeout,
        )
        try:
            return asyncio.run(self._send(method, path, body, headers or {}, most_bytes, limit))
        except (asyncio.TimeoutError, aiohttp.ServerTimeoutError):
            raise self._unavailable("timeout") from None
        except aiohttp.ClientConnectorCertificateError:
            raise self._unavailable("certificate") from None
        except ssl.SSLError:
            raise self._unavailable("tls") from None
        except (aiohttp.ClientError, OSError, ValueError):
            raise self._unavailable("unreachable") from None

    async def _send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str],
        most_bytes: int,
        limit: aiohttp.ClientTimeout,
    ) -> Answer:
        if self._tls is None:
            self._tls = ssl.create_default_context()
            if self.system.ca_file is not None:
                self._tls.load_verify_locations(self.system.ca_file)
        sent = {"Authorization": f"Bearer {self._token}", "Accept-Encoding": "identity", **headers}
        async with aiohttp.ClientSession(
            timeout=limit, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
        ) as session:
            async with session.request(
                method, self.system.base_url + path, json=body, headers=sent, allow_redirects=False, ssl=self._tls
            ) as response:
                self._judge(response.status, response.headers.get("Retry-After"), self._clock())
                read = bytearray()
                async for chunk in response.content.iter_chunked(8192):
                    read += chunk
                    if len(read) > most_bytes:
                        raise ConnectorError(f"{self.system.name}: an answer is too long.", "too_long")
                return Answer(response.status, bytes(read), response.content_type)

    def _judge(self, status: int, asked: str | None, now: datetime) -> None:
        """Let pass what is an answer for this application."""
        if status >= 500 or status in _TRY_LATER:
            wait = retry_after(asked, now)
            raise Unavailable(f"{self.system.name} answered {status}.", f"status_{status}", wait)
        if status < 200 or 300 <= status < 400 or status in _NOT_LET_IN:
            raise self._unavailable(f"status_{status}")

    def _unavailable(self, code: str) -> Unavailable:
        return Unavailable(f"{self.system.name} is not available ({code}).", code)
