"""Signing in, for every page of the staff."""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime, timezone
from types import SimpleNamespace

import pytest
from sanic.exceptions import Unauthorized

from actions.texts import Texts
from assistant.citizen.limits import RateLimiter
from assistant.staff.accounts import Accounts
from assistant.staff.sessions import StaffSessions
from storage.audit import AuditTrail
from storage.errors import WrongCredentials
from storage.models import StaffSessionRow
from storage.staff import FAILURES_ALLOWED, Staff
from tests.assistant.staff.signing_in import (
    colleague,
    demo_clerk,
    new_address,
    post_session,
    settings_of,
    sign_in,
)

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


def test_given_a_slow_password_check_when_somebody_signs_in_then_the_event_loop_goes_on(services, data):
    the_loop_went_on = threading.Event()
    seen = []

    class SlowStaff:
        def check(self, name, password):
            seen.append(the_loop_went_on.wait(timeout=5))
            raise WrongCredentials

        def named(self, name):
            return None

    texts = Texts.load(data / "texts" / "staff.yml")
    sessions = StaffSessions(SlowStaff(), AuditTrail(services.database), b"key", RateLimiter(), texts)
    request = SimpleNamespace(json={"name": "clerk", "password": "wrong"}, remote_addr="", ip="192.0.2.1")

    async def sign_in_beside_other_work():
        signing_in = asyncio.create_task(sessions.sign_in(request))
        await asyncio.sleep(0.05)
        the_loop_went_on.set()
        await signing_in

    with pytest.raises(Unauthorized):
        asyncio.run(sign_in_beside_other_work())
    assert seen == [True]


def test_given_a_session_that_is_over_when_something_is_asked_then_one_must_sign_in_again(server, storage):
    account = colleague(server)
    headers = sign_in(server, account)
    assert server.call("GET", "/api/staff/session", headers=headers).status == 200

    with storage.writing("staff") as session:
        for row in session.query(StaffSessionRow).filter_by(staff_id=_id_of(storage, account[0])):
            row.expires_at = datetime(2026, 11, 23, 0, 0, tzinfo=timezone.utc)

    for method, path in (("GET", "session"), ("GET", "handoffs"), ("POST", "drafts"), ("DELETE", "session")):
        assert (
            server.call(method, f"/api/staff/{path}", {} if method == "POST" else None, headers=headers).status == 401
        )
    assert sign_in(server, account)


def test_given_a_session_that_was_signed_out_when_its_cookie_is_used_again_then_it_is_refused(server, storage):
    account = colleague(server)
    headers = sign_in(server, account)

    assert server.call("DELETE", "/api/staff/session", headers=headers).status == 200

    assert server.call("GET", "/api/staff/session", headers=headers).status == 401
    assert [action for action, _ in _entries(storage, account[0])] == ["sign-in", "sign-out"]


def test_given_five_wrong_passwords_when_the_right_one_is_sent_then_the_account_is_locked_and_the_trail_says_so(
    server, storage
):
    name, password = colleague(server)
    address = new_address()
    for _ in range(FAILURES_ALLOWED):
        assert post_session(server, address, {"name": name, "password": "wrong"})[0] == 401

    status, answer, cookie = post_session(server, address, {"name": name, "password": password})

    assert (status, cookie) == (401, "") and "锁定" in answer["message"]
    refused = ("sign-in-refused", {"why": "wrong_credentials"})
    assert _entries(storage, name) == [refused] * FAILURES_ALLOWED + [("sign-in-refused", {"why": "account_locked"})]


def test_given_a_name_that_no_account_has_when_refused_then_the_trail_does_not_keep_what_was_typed(server, storage):
    typed = "310110195601010049"

    assert post_session(server, new_address(), {"name": typed, "password": "wrong"})[0] == 401

    newest = AuditTrail(storage).entries(limit=20)
    assert "sign-in-refused" in [one.action for one in newest if one.actor == "nobody"]
    assert typed not in str(newest) and typed not in server.log.read_text()


def test_given_an_account_that_is_disabled_when_its_session_is_used_then_it_is_over_at_once(server):
    account = colleague(server)
    headers = sign_in(server, account)

    Accounts(settings_of(server)).set_enabled(account[0], False)

    assert server.call("GET", "/api/staff/handoffs", headers=headers).status == 401


def _id_of(storage, name: str) -> str:
    return Staff(storage).named(name).id


def _entries(storage, name: str) -> list[tuple[str, dict[str, str]]]:
    """Return what an account did, oldest first, without what made the account."""
    return [(one.action, dict(one.details)) for one in reversed(AuditTrail(storage).entries()) if one.actor == name]


@pytest.mark.parametrize("name", ["clerk", "editor", "approver"])
def test_given_a_demonstration_when_it_starts_then_it_has_an_account_of_each_kind(server, name):
    account = tuple((server.var / f"demo-{name}.txt").read_text().split())

    session = server.call("GET", "/api/staff/session", headers=sign_in(server, account)).json

    assert session["role"] == name
    assert (server.var / f"demo-{name}.txt").stat().st_mode & 0o777 == 0o600
