"""Who a machine's own routes answer."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from assistant.kiosk.loopback import is_from_here


def request(ip: str, host: str, **headers: str) -> SimpleNamespace:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return SimpleNamespace(ip=ip, headers={"host": host, **named})


@pytest.mark.parametrize(
    ("ip", "host"),
    [
        ("127.0.0.1", "127.0.0.1:5005"),
        ("127.0.0.1", "localhost:5005"),
        ("::1", "[::1]:5005"),
        ("::ffff:127.0.0.1", "localhost"),
    ],
)
def test_given_a_program_of_this_machine_when_it_asks_then_it_is_answered(ip, host):
    assert is_from_here(request(ip, host))


@pytest.mark.parametrize(
    ("ip", "host"),
    [
        ("192.168.1.20", "127.0.0.1:5005"),
        ("::ffff:192.168.1.20", "localhost"),
        ("127.0.0.1", "attacker.example"),
        ("127.0.0.1", "192.168.1.2:5005"),
        ("127.0.0.1", ""),
        ("", "localhost"),
    ],
)
def test_given_anybody_else_when_they_ask_then_they_are_not(ip, host):
    assert not is_from_here(request(ip, host))


@pytest.mark.parametrize("header", ["x_forwarded_for", "forwarded", "via", "x_real_ip", "x_forwarded_host"])
def test_given_a_proxy_of_this_machine_when_it_asks_for_others_then_it_is_not_answered(header):
    assert not is_from_here(request("127.0.0.1", "127.0.0.1:5005", **{header: "203.0.113.9"}))
