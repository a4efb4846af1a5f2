"""Signing in, for every page of the staff."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace

import pytest
from sanic.exceptions import Unauthorized

from actions.texts import Texts
from assistant.citizen.limits import RateLimiter
from assistant.staff.sessions import StaffSessions
from storage.errors import WrongCredentials
from tests.assistant.staff.signing_in import demo_clerk, new_address, post_session, sign_in

pytestmark = pytest.mark.server


def test_given_a_wrong_password_when_signing_in_then_it_is_refused(server):
    assert server.call("POST", "/api/staff/session", {"name": "clerk", "password": "wrong"}).status == 401


def test_given_no_csrf_token_when_something_is_changed_then_it_is_refused(server):
    signed_in = sign_in(server)

    answer = server.call("POST", "/api/staff/handoffs/x/take", {}, headers={"Cookie": signed_in["Cookie"]})

    assert answer.status == 403


@pytest.mark.parametrize("body", [["clerk"], "clerk", 3])
def test_given_a_body_that_is_no_object_when_signing_in_then_it_is_refused_with_a_sentence(server, body):
    answer = server.call("POST", "/api/staff/session", body)

    assert answer.status == 400
    assert answer.json["message"]


def test_given_a_csrf_token_of_foreign_characters_when_sent_then_it_is_refused(server):
    clerk = sign_in(server)

    answer = server.call("POST", "/api/staff/handoffs/x/take", {}, headers={**clerk, "X-CSRF-Token": "\xe9"})

    assert answer.status == 403


def test_given_an_address_that_guessed_ten_passwords_when_it_tries_again_then_it_waits_and_others_do_not(server):
    guess, address = {"name": "nobody", "password": "wrong"}, new_address()
    assert {post_session(server, address, guess)[0] for _ in range(10)} == {401}

    name, password = demo_clerk(server)
    status, answer, cookie = post_session(server, address, {"name": name, "password": password})

    assert (status, cookie) == (429, "")
    assert "频繁" in answer["message"]
    assert sign_in(server)


def test_given_a_slow_password_check_when_somebody_signs_in_then_the_event_loop_goes_on(data):
    the_loop_went_on = threading.Event()
    seen = []

    class SlowStaff:
        def sign_in(self, name, password):
            seen.append(the_loop_went_on.wait(timeout=5))
            raise WrongCredentials

    texts = Texts.load(data / "texts" / "staff.yml")
    sessions = StaffSessions(SlowStaff(), None, b"key", RateLimiter(), texts)
    request = SimpleNamespace(json={"name": "clerk", "password": "wrong"}, remote_addr="", ip="192.0.2.1")

    async def sign_in_beside_other_work():
        signing_in = asyncio.create_task(sessions.sign_in(request))
        await asyncio.sleep(0.05)
        the_loop_went_on.set()
        await signing_in

    with pytest.raises(Unauthorized):
        asyncio.run(sign_in_beside_other_work())
    assert seen == [True]


@pytest.mark.parametrize("name", ["clerk", "editor", "approver"])
def test_given_a_demonstration_when_it_starts_then_it_has_an_account_of_each_kind(server, name):
    account = tuple((server.var / f"demo-{name}.txt").read_text().split())

    session = server.call("GET", "/api/staff/session", headers=sign_in(server, account)).json

    assert session["role"] == name
    assert (server.var / f"demo-{name}.txt").stat().st_mode & 0o777 == 0o600
