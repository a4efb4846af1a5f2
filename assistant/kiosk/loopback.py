"""Requests that come from this very machine."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from sanic import Request

_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""what a proxy adds: one on this machine speaks for others"""


def is_from_here(request: Request) -> bool:
    """Tell whether a request was sent by a program of this machine, to an address of this machine, on its own behalf.

    The Host is looked at because a foreign page's name can be made to lead here (DNS rebinding).
    """
    if any(header in request.headers for header in _FORWARDED):
        return False
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    return _is_loopback(request.ip) and (host == "localhost" or _is_loopback(host))


def _is_loopback(address: str) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return (mapped or parsed).is_loopback
