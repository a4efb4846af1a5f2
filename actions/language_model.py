"""A language model behind an OpenAI-compatible address: one short attempt, and a rest after failures in a row."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

import aiohttp

logger = logging.getLogger(__name__)

MAX_BYTES = 64 * 1024
"""the longest response that is read"""
MAX_AT_ONCE = 4
"""how many turns may wait for the model at a time; the others go on without it"""
FAILURES_IN_A_ROW = 3
REST_SECONDS = 60.0
_DEFAULT_TIMEOUT_SECONDS = 3.0


class BadModelAddress(ValueError):
    """WENBAN_LLM_URL is no http or https address such as http://127.0.0.1:8080/v1, or WENBAN_LLM_TIMEOUT no seconds."""

    def __init__(self) -> None:
        """Say what is expected, without the value: it may hold a password."""
        super().__init__(self.__doc__)


class Failure(str, Enum):
    """Why the model gave no text."""

    RESTING = "resting"
    BUSY = "busy"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    STATUS = "status"
    """any HTTP status but 200, redirections among them"""
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    """no JSON, or not that of a chat completion"""
    EMPTY = "empty"


class NoCompletion(Exception):
    """The language model gave no text."""

    def __init__(self, failure: Failure) -> None:
        """Keep the reason; nothing that was sent or received is quoted."""
        super().__init__(f"{self.__doc__} ({failure.value})")
        self.failure = failure


@dataclass(frozen=True)
class ModelAddress:
    """Where the model is and how it is called."""

    url: str
    """of the API, such as http://127.0.0.1:8080/v1"""
    model: str
    key: str = field(default="", repr=False)
    timeout_seconds: float = _DEFAULT_TIMEOUT_SECONDS

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> ModelAddress | None:
        """Read WENBAN_LLM_URL, _MODEL, _KEY and _TIMEOUT (seconds); None where no address is set.

        Raises:
            BadModelAddress: the address is no http(s) address, or the timeout no number of seconds.
        """
        url = env.get("WENBAN_LLM_URL", "").strip().rstrip("/")
        if not url:
            return None
        try:
            parts = urlsplit(url)
            timeout = float(env.get("WENBAN_LLM_TIMEOUT") or _DEFAULT_TIMEOUT_SECONDS)
        except ValueError:
            raise BadModelAddress from None
        plain = parts.hostname and not (parts.username or parts.password or parts.query or parts.fragment)
        if parts.scheme not in ("http", "https") or not plain or not 0 < timeout <= 60:
            raise BadModelAddress
        return cls(url, env.get("WENBAN_LLM_MODEL", ""), env.get("WENBAN_LLM_KEY", ""), timeout)


class Rest:
    """Leave something alone for a while after failures in a row, then try it once."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Begin without failures; `now` gives seconds that only grow."""
        self._now = now
        self._failures = 0
        self._until = 0.0

    def allows(self) -> bool:
        """Tell whether it may be tried; during a row of failures only one attempt a rest may."""
        if self._failures < FAILURES_IN_A_ROW:
            return True
        if self._now() < self._until:
            return False
        self._until = self._now() + REST_SECONDS
        return True

    def succeeded(self) -> None:
        """End the row of failures."""
        self._failures = 0

    def failed(self) -> bool:
        """Count a failure and tell whether a rest begins with it."""
        self._failures += 1
        self._until = self._now() + REST_SECONDS
        return self._failures == FAILURES_IN_A_ROW


class LanguageModel:
    """Ask a model for a text."""

    def __init__(self, address: ModelAddress, now: Callable[[], float] = time.monotonic) -> None:
        """Keep the address; `now` gives the seconds by which a rest is measured."""
        self._address = address
        self._rest = Rest(now)
        self._waiting = 0

    async def complete(self, instruction: str, request: str, max_tokens: int) -> str:
        """Return the model's reply.

        Raises:
            NoCompletion: it did not answer in time and in form, rests after failures, or is asked by too many at once.
        """
        if self._waiting >= MAX_AT_ONCE:
            raise NoCompletion(Failure.BUSY)
        if not self._rest.allows():
            raise NoCompletion(Failure.RESTING)
        self._waiting += 1
        try:
            text = _content(await self._post(instruction, request, max_tokens))
        except NoCompletion as error:
            if self._rest.failed():
                logger.warning(
                    "The language model failed %d times in a row (%s): it is left alone for %.0f s",
                    FAILURES_IN_A_ROW,
                    error.failure.value,
                    REST_SECONDS,
                )
            raise
        finally:
            self._waiting -= 1
        self._rest.succeeded()
        return text

    async def _post(self, instruction: str, request: str, max_tokens: int) -> bytes:
        body = {
            "model": self._address.model,
            "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": request}],
            "temperature": 0,
            "max_tokens": max_tokens,
            "stream": False,
        }
        headers = {"Accept-Encoding": "identity"}
        if self._address.key:
            headers["Authorization"] = f"Bearer {self._address.key}"
        try:
            async with aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._address.timeout_seconds),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            ) as session:
                url = f"{self._address.url}/chat/completions"
                async with session.post(url, json=body, headers=headers, allow_redirects=False) as response:
                    if response.status != 200:
                        raise NoCompletion(Failure.STATUS)
                    return await _read(response)
        except asyncio.TimeoutError:
            raise NoCompletion(Failure.TIMEOUT) from None
        except (aiohttp.ClientError, OSError, ValueError):
            raise NoCompletion(Failure.UNREACHABLE) from None


async def _read(response: aiohttp.ClientResponse) -> bytes:
    read = bytearray()
    async for chunk in response.content.iter_chunked(8192):
        read += chunk
        if len(read) > MAX_BYTES:
            raise NoCompletion(Failure.TOO_LONG)
    return bytes(read)


def _content(body: bytes) -> str:
    """Return the text of a chat completion."""
    try:
        read: Any = json.loads(body)
        text = read["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise NoCompletion(Failure.UNREADABLE) from None
    if text is not None and not isinstance(text, str):
        raise NoCompletion(Failure.UNREADABLE)
    if not (text or "").strip():
        raise NoCompletion(Failure.EMPTY)
    return str(text)
