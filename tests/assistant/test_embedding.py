"""Who may show the assistant: the sites that are named, and nobody may show the staff's pages."""

from __future__ import annotations

import http.client

import pytest

from assistant.origins import BadOrigin, origins_named
from tests.assistant.server_process import PORTAL

STRANGER = "https://elsewhere.example"


@pytest.mark.parametrize(
    ("setting", "origins"),
    [
        ("", ()),
        ("https://a.example", ("https://a.example",)),
        ("https://A.example/, http://b.example:8080", ("https://a.example", "http://b.example:8080")),
    ],
)
def test_given_a_setting_when_it_is_read_then_origins_come_as_browsers_name_them(setting, origins):
    assert origins_named(setting) == origins


@pytest.mark.parametrize("setting", ["a.example", "*", "https://a.example/page", "https://*.example"])
def test_given_no_origin_in_a_setting_when_it_is_read_then_it_is_refused(setting):
    with pytest.raises(BadOrigin, match="https://portal.example"):
        origins_named(setting)


def asked(server, method: str, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def websocket(server, **headers: str) -> int:
    asks = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec_WebSocket_Version": "13",
    }
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    path = "/api/conversations/0/stream"
    connection.request(
        "GET", path, headers={name.replace("_", "-"): value for name, value in {**asks, **headers}.items()}
    )
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.server
@pytest.mark.parametrize(
    "path",
    [
        "/web/widget.js",
        "/web/texts.en.js",
        "/api/session-options",
        "/api/conversations/0/events",
        "/api/checklists/0/page",
    ],
)
def test_given_a_named_site_when_it_asks_then_it_may_read_and_a_stranger_may_not(server, path):
    assert asked(server, "GET", path, Origin=PORTAL).getheader("Access-Control-Allow-Origin") == PORTAL
    assert asked(server, "GET", path, Origin=STRANGER).getheader("Access-Control-Allow-Origin") is None
    assert "Origin" in asked(server, "GET", path).getheader("Vary")


@pytest.mark.server
def test_given_a_preflight_when_it_is_of_a_named_site_then_the_token_may_be_sent(server):
    allowed = asked(server, "OPTIONS", "/api/conversations", Origin=PORTAL)

    assert allowed.status == 204
    assert "Authorization" in allowed.getheader("Access-Control-Allow-Headers")
    assert asked(server, "OPTIONS", "/api/conversations", Origin=STRANGER).status == 405


@pytest.mark.server
def test_given_the_staffs_side_when_a_named_site_asks_then_it_may_neither_read_nor_frame_it(server):
    for path in ("/staff", "/api/staff/session"):
        answer = asked(server, "GET", path, Origin=PORTAL)
        assert answer.getheader("Access-Control-Allow-Origin") is None
    assert "frame-ancestors 'self';" in asked(server, "GET", "/staff").getheader("Content-Security-Policy")
    assert f"frame-ancestors 'self' {PORTAL}" in asked(server, "GET", "/").getheader("Content-Security-Policy")


@pytest.mark.server
def test_given_a_websocket_when_a_page_opens_it_then_only_our_own_and_named_ones_may(server):
    assert websocket(server) == 101
    assert websocket(server, Origin=server.url) == 101
    assert websocket(server, Origin=PORTAL) == 101
    assert websocket(server, Origin="https://city.example", X_Forwarded_Host="city.example") == 101
    assert websocket(server, Origin=STRANGER) == 403
