"""Each role tried against each route of the staff: one table says who may, and a route without a row fails."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator

import pytest

from actions.texts import Texts
from storage.staff import StaffRole
from tests.assistant.staff.signing_in import colleague, sign_in

pytestmark = pytest.mark.server

ANYBODY = "anybody"
"""without signing in: a page holds nothing but the way to sign in"""
CLERK, SUPERVISOR = StaffRole.CLERK.value, StaffRole.SUPERVISOR.value
EDITOR, APPROVER, AUDITOR = StaffRole.EDITOR.value, StaffRole.APPROVER.value, StaffRole.AUDITOR.value
ALLOWED = {
    "clerk supervisor editor approver auditor": """
        GET /api/staff/session
        DELETE /api/staff/session
    """,
    "clerk supervisor": """
        GET /api/staff/handoffs
        GET /api/staff/handoffs/ID
        POST /api/staff/handoffs/ID/take
        POST /api/staff/handoffs/ID/messages
        POST /api/staff/handoffs/ID/hand-back
        POST /api/staff/handoffs/ID/close
        POST /api/staff/handoffs/ID/requeue
        GET /api/staff/handoffs/ID/case
        POST /api/staff/handoffs/ID/unmask
        POST /api/staff/handoffs/ID/read
        POST /api/staff/handoffs/ID/transfer
        POST /api/staff/handoffs/ID/drafts
        POST /api/staff/handoffs/ID/checklists
        GET /api/staff/handoffs/ID/checklists/ID
        GET /api/staff/handoffs/ID/checklists/ID/page
        GET /api/staff/messages
        POST /api/staff/messages/ID/done
        GET /api/staff/reports
        GET /api/staff/choices
        GET /api/staff/items
        GET /api/staff/colleagues
        GET /api/staff/stream
        POST /api/staff/drafts
        POST /api/staff/drafts/ID/outcome
        POST /api/staff/drafts/ID/difference
        GET /api/staff/drafts/recent
        GET /api/staff/approvals
        GET /api/staff/approvals/ID
        POST /api/staff/approvals/ID/approve
        POST /api/staff/approvals/ID/refuse
        GET /api/staff/applications
        GET /api/staff/applications/attention
        GET /api/staff/applications/search
        GET /api/staff/applications/ID
        POST /api/staff/applications/ID/unmask
        GET /api/staff/applications/ID/documents/ID
        POST /api/staff/applications/ID/steps/ID
    """,
    "supervisor": """
        GET /api/staff/drafts/report
        GET /api/staff/figures/workbook
        GET /api/staff/figures/csv/ID
        GET /api/staff/follow-ups
        GET /api/staff/follow-ups/overdue
        GET /api/staff/follow-ups/ID
        GET /api/staff/follow-ups/ID/transcript
        GET /api/staff/follow-ups/ID/contact
        POST /api/staff/follow-ups/ID/assign
        POST /api/staff/follow-ups/ID/notes
        POST /api/staff/follow-ups/ID/contacted
        POST /api/staff/follow-ups/ID/close
    """,
    "supervisor auditor": """
        GET /api/staff/figures
        GET /api/staff/figures/unanswered
    """,
    "auditor": """
        GET /api/staff/audit
        GET /api/staff/audit/choices
        GET /api/staff/audit/csv
        POST /api/staff/audit/verification
    """,
    "editor approver": """
        GET /api/editor/items
        GET /api/editor/items/ID
        GET /api/editor/reviews
        GET /api/editor/index
        GET /api/editor/choices
        GET /api/editor/revisions/ID
        GET /api/editor/revisions/ID/preview
        POST /api/editor/revisions/ID/approve
        POST /api/editor/revisions/ID/return
        GET /api/editor/gaps
    """,
    "editor": """
        POST /api/editor/items/ID/draft
        POST /api/editor/items/ID/restore
        PUT /api/editor/revisions/ID
        POST /api/editor/revisions/ID/rebase
        POST /api/editor/revisions/ID/submit
        POST /api/editor/revisions/ID/withdraw
        POST /api/editor/revisions/ID/discard
        PUT /api/editor/gaps/ID/state
        POST /api/editor/gaps/ID/asks
        PUT /api/editor/gaps/changes/ID/ID/state
        POST /api/editor/gaps/changes/ID/ID/draft
    """,
    ANYBODY: """
        POST /api/staff/session
        GET /staff
        GET /staff/applications
        GET /staff/approvals
        GET /staff/audit
        GET /staff/drafts
        GET /staff/figures
        GET /staff/follow-ups
        GET /editor
    """,
}
"""roles → the routes that are theirs; ID stands for whatever the route names there"""
ROLES = {
    route: set(roles.split()) for roles, routes in ALLOWED.items() for route in routes.split("\n") if route.strip()
}
ROWS = {route.strip(): roles for route, roles in ROLES.items()}
WRITES = [row for row, roles in ROWS.items() if not row.startswith("GET ") and ANYBODY not in roles]
STREAM = "GET /api/staff/stream"
"""a WebSocket, tried in test_live_desk.py"""
READ = [row for row, roles in ROWS.items() if ANYBODY not in roles and row != STREAM]
REFUSED = (401, 403)


def routes_of(app) -> Iterator[str]:
    """Yield the routes of the staff's interfaces and pages, as the table names them."""
    for route in app.router.routes:
        path = re.sub(r"<[^>]+>", "ID", f"/{route.path}").rstrip("/")
        if re.match(r"/(api/staff|api/editor|staff|editor)(/|$)", path):
            for method in route.methods - {"HEAD", "OPTIONS"}:
                yield f"{method} {path}"


@pytest.fixture(scope="module")
def words(data):
    return Texts.load(data / "texts" / "staff.yml")


@pytest.fixture(scope="module")
def sessions(server):
    """The headers of a session of each role."""
    return {role.value: sign_in(server, colleague(server, role.value)) for role in StaffRole}


@pytest.fixture
def ask(server):
    """Ask a route of the table for something that there is not."""

    def ask_(row: str, headers: dict[str, str]):
        method, path = row.split()
        for _ in range(path.count("ID")):
            path = path.replace("ID", secrets.token_hex(8), 1)
        return server.call(method, path, {} if method != "GET" else None, headers=headers)

    return ask_


def test_given_the_routes_when_they_are_walked_then_the_table_has_each_and_no_other(assistant):
    from assistant.app import create_app

    assert sorted(set(routes_of(create_app(assistant, "roles")))) == sorted(ROWS)


def test_given_the_table_when_it_is_read_then_it_names_known_roles_and_no_route_twice():
    named = [line.strip() for routes in ALLOWED.values() for line in routes.split("\n") if line.strip()]

    assert len(named) == len(set(named)) == len(ROWS)
    assert set().union(*ROWS.values()) == {ANYBODY, *(role.value for role in StaffRole)}


@pytest.mark.parametrize("row", READ)
def test_given_each_role_when_a_route_is_asked_then_only_those_of_the_table_pass(server, sessions, ask, words, row):
    nobody = ask(row, {})
    assert (nobody.status, nobody.json["message"]) == (401, words("sign_in_first"))
    assert ask(row, {"Cookie": "wenban_staff=made-up", "X-CSRF-Token": "made-up"}).status == 401

    for role in (one.value for one in StaffRole):
        headers = sign_in(server, colleague(server, role)) if row.startswith("DELETE") else sessions[role]
        answer = ask(row, headers)
        if role in ROWS[row]:
            assert answer.status not in REFUSED and answer.status < 500, (role, answer.status, answer.body[:200])
        else:
            assert (answer.status, answer.json["message"]) == (403, words("wrong_role")), role


@pytest.mark.parametrize("row", WRITES)
def test_given_a_change_when_the_csrf_token_is_missing_or_anothers_then_it_is_refused(sessions, ask, words, row):
    role = sorted(ROWS[row])[0]
    own, other = sessions[role], next(headers for name, headers in sessions.items() if name != role)

    for token in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": "x" * 64}, {"X-CSRF-Token": other["X-CSRF-Token"]}):
        answer = ask(row, {"Cookie": own["Cookie"], **token})
        assert (answer.status, answer.json["message"]) == (403, words("csrf")), token


@pytest.mark.parametrize("row", [row for row, roles in ROWS.items() if ANYBODY in roles and row.startswith("GET ")])
def test_given_nobody_when_a_page_is_asked_for_then_it_is_the_way_to_sign_in_and_nothing_else(server, row):
    answer = server.call("GET", row.split()[1])
    headers = {name.lower(): value for name, value in answer.headers.items()}

    assert answer.status == 200 and headers["content-type"].startswith("text/html")
    assert b'<div id="page"></div>' in answer.body and "frame-ancestors" in headers["content-security-policy"]


def test_given_the_method_of_a_change_when_a_route_is_asked_by_get_then_nothing_is_changed(sessions, server):
    for row in WRITES:
        path = row.split()[1].replace("ID", "x")
        if f"GET {row.split()[1]}" not in ROWS:
            assert server.call("GET", path, headers=sessions[SUPERVISOR]).status in (403, 404, 405), row
