"""What the routes of both sides, the citizens' and the staff's, read from a request."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from sanic import Request
from sanic.exceptions import InvalidUsage

LARGEST_NUMBER = 2**31 - 1
"""more events than any conversation has, and no more than a database takes"""


def as_function(method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Return a handler that Sanic can register: it sets attributes on handlers, which bound methods do not take."""

    @wraps(method)
    async def handler(*args: Any, **parameters: Any) -> Any:
        return await method(*args, **parameters)

    return handler


def json_object(request: Request) -> dict[str, Any]:
    """Return the request's body, a JSON object; no body counts as an empty one.

    Raises:
        InvalidUsage: the body is no JSON, or something else than an object.
    """
    body = request.json
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise InvalidUsage("The body must be a JSON object.")
    return body


def event_number(value: Any) -> int | None:
    """Return the number of an event, given as a number or in digits, or None."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:12])
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return None
    return min(value, LARGEST_NUMBER)


def same_secret(known: str, sent: str) -> bool:
    """Tell in constant time whether a secret was sent; whatever characters were sent, the answer is no error."""
    return hmac.compare_digest(known.encode(), sent.encode(errors="replace"))
