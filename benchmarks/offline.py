"""No way out of the machine for a while: what this process tries to reach is refused and counted."""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_WATCHED = ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")
_refused: list[list[str]] = []
"""what each block that is open has refused"""
_hooks: list[bool] = []
"""holds something once Python asks us, which it never ceases to do"""


@contextmanager
def blocked_network() -> Iterator[list[str]]:
    """Refuse every connection of this process but those to itself; yield what was refused.

    Python's audit asks for each, so that no library gets around it. Processes started meanwhile are not watched.
    """
    if not _hooks:
        sys.addaudithook(_audit)
        _hooks.append(True)
    refused: list[str] = []
    _refused.append(refused)
    try:
        yield refused
    finally:
        _refused.remove(refused)


def is_outside(host: object) -> bool:
    """Tell whether a host is neither this machine, nor a path of a local socket, nor none at all."""
    name = host.decode() if isinstance(host, bytes) else host
    if not isinstance(name, str) or name in ("", "localhost"):
        return False
    try:
        return not ipaddress.ip_address(name).is_loopback
    except ValueError:
        return True


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not _refused or event not in _WATCHED:
        return
    whom = arguments[0] if event in ("socket.getaddrinfo", "socket.gethostbyname") else arguments[-1]
    if isinstance(whom, tuple):
        whom = whom[0]
    elif event in ("socket.connect", "socket.sendto"):
        return  # a path: a socket of this machine
    if is_outside(whom):
        for refused in _refused:
            refused.append(f"{event} {whom!s}")
        raise OSError(f"The network is blocked: {whom!s}")
