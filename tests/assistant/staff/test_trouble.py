"""Without its entry in the audit trail nothing is done and nothing shown; staff are told so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from argon2 import PasswordHasher
from sanic.exceptions import ServiceUnavailable

from actions.texts import Texts
from assistant.citizen.limits import RateLimiter
from assistant.staff.sessions import StaffSessions
from assistant.staff.trouble import telling_trouble
from storage.application_desk import ApplicationDesk
from storage.applications import Applications, ApplicationState
from storage.audit import AuditTrail
from storage.database import Database
from storage.errors import AccountLocked, DatabaseBusy
from storage.handoffs import Handoffs
from storage.left_messages import LeftMessages
from storage.models import StaffSessionRow
from storage.revisions import GuideRevisions
from storage.staff import FAILURES_ALLOWED, Staff, StaffRole
from tests.assistant.staff.signing_in import colleague, new_address, post_session, sign_in, storage_of
from tests.assistant.staff.unwritable import unwritable

ITEM = "senior-allowance"
GUIDE = "household-elder-move-in"
LOOKED_AT = "as it is"
"""stands for the version of the application"""
PASSWORD = "correct horse"
TOLD = "审计记录写不进去，这一步没有执行，也没有显示任何内容。请稍后再试；一直如此，请告诉管理员。"


@dataclass(frozen=True)
class Hall:
    """What a clerk and an editor find on a server."""

    server: Any
    storage: Database
    clerk: dict[str, str]
    editor: dict[str, str]
    waiting: Any
    """a citizen who waits for a person"""
    named: dict[str, str]
    """what stands for the names in braces of a path"""

    def call(self, method: str, path: str, body: Any) -> Any:
        if body and body.get("version") == LOOKED_AT:
            body = {**body, "version": ApplicationDesk(self.storage).entry(self.named["receipt"]).version}
        headers = self.editor if path.startswith("editor") else self.clerk
        return self.server.call(method, f"/api/{path.format(**self.named)}", body, headers=headers)

    def seen(self) -> Any:
        """Return all that a deed would change."""
        handoffs, applications = Handoffs(self.storage), Applications(self.storage)
        with self.storage.session() as session:
            signed_in = session.query(StaffSessionRow).count()
        return (
            [handoffs.get(self.named[one]) for one in ("mine", "waiting")],
            [handoffs.messages(self.named[one]) for one in ("mine", "waiting")],
            applications.by_receipt(self.named["receipt"]),
            [one.number for one in LeftMessages(self.storage).waiting()],
            GuideRevisions(self.storage).of_item(GUIDE),
            [event["type"] for event in self.waiting.events()],
            len(AuditTrail(self.storage).entries(limit=10_000)),
            signed_in,
        )


@pytest.fixture(scope="module")
def hall(server) -> Iterator[Hall]:
    storage = storage_of(server)
    clerk, editor = (
        sign_in(server, colleague(server, department="civil-affairs")),
        sign_in(server, colleague(server, "editor")),
    )
    mine, waiting = server.talk("demo"), server.talk()
    mine.say("我想申请办理有无犯罪证明")
    for citizen in (mine, waiting):
        citizen.say("转人工")
    handoffs = Handoffs(storage)
    ids = {one.conversation_id: one.id for one in handoffs.queue()}
    taken = server.call("POST", f"/api/staff/handoffs/{ids[mine.id]}/take", {}, headers=clerk)
    assert taken.status == 200
    fields = {"full_name": "吴试填", "id_number": "310110195601010049", "phone": "13900008888"}
    applications = Applications(storage)
    draft = applications.create_draft("trouble", ITEM)
    named = {
        "mine": ids[mine.id],
        "waiting": ids[waiting.id],
        "receipt": applications.submit(draft.id, fields["id_number"], fields, {}).receipt_number or "",
        "left": LeftMessages(storage).leave("13900007777", "请回电", "trouble"),
    }
    yield Hall(server, storage, clerk, editor, waiting, named)
    storage.close()


@pytest.mark.server
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "staff/applications/{receipt}/unmask", {"field": "phone"}),
        ("POST", "staff/applications/{receipt}/steps/accept", {"version": LOOKED_AT}),
        ("POST", "staff/applications/{receipt}/steps/refuse", {"version": LOOKED_AT, "note": "材料不实"}),
        ("GET", "staff/applications/{receipt}", None),
        ("POST", "staff/handoffs/{waiting}/take", {}),
        ("POST", "staff/handoffs/{mine}/unmask", {"field": "phone"}),
        ("GET", "staff/handoffs/{mine}", None),
        ("POST", "staff/handoffs/{mine}/transfer", {"department": "tax", "note": "请接"}),
        ("POST", "staff/handoffs/{mine}/hand-back", {"note": "已告知"}),
        ("POST", "staff/handoffs/{mine}/close", {}),
        ("POST", "staff/messages/{left}/done", {}),
        ("GET", "staff/messages", None),
        ("POST", f"editor/items/{GUIDE}/draft", {}),
        ("DELETE", "staff/session", None),
    ],
)
def test_given_a_trail_that_takes_no_entry_when_staff_do_or_look_then_nothing_is_done_and_they_are_told(
    hall, method, path, body
):
    before = hall.seen()

    with unwritable(hall.storage):
        answer = hall.call(method, path, body)

    assert (answer.status, answer.json) == (503, {"message": TOLD})
    assert hall.seen() == before


@pytest.mark.server
def test_given_a_trail_that_takes_no_entry_when_somebody_signs_in_then_no_session_begins(server, hall):
    name, password = colleague(server)
    before = hall.seen()

    with unwritable(hall.storage):
        status, answer, cookie = post_session(server, new_address(), {"name": name, "password": password})

    assert (status, answer, cookie) == (503, {"message": TOLD}, "")
    assert hall.seen() == before


@pytest.mark.server
def test_given_a_trail_that_takes_entries_again_when_staff_try_again_then_it_is_done_and_the_trail_holds(hall):
    with unwritable(hall.storage):
        assert hall.call("POST", "staff/applications/{receipt}/steps/accept", {"version": LOOKED_AT}).status == 503

    assert hall.call("POST", "staff/applications/{receipt}/steps/accept", {"version": LOOKED_AT}).status == 200
    assert hall.call("POST", "staff/handoffs/{waiting}/take", {}).status == 200

    receipt = hall.named["receipt"]
    assert Applications(hall.storage).by_receipt(receipt).state is ApplicationState.ACCEPTED
    assert [one.action for one in AuditTrail(hall.storage).entries(receipt)] == ["application-accept"]
    assert "agent-joined" in [event["type"] for event in hall.waiting.events()]
    assert AuditTrail(hall.storage).verify() == ()


@pytest.fixture
def texts(data):
    return Texts.load(data / "texts" / "staff.yml")


def test_given_a_storage_that_is_busy_when_staff_do_something_then_they_are_told_to_look_before_they_do_it_again(
    texts,
):
    async def busy(request: Any) -> None:
        raise DatabaseBusy

    with pytest.raises(ServiceUnavailable, match="先看这一步是否已经生效"):
        asyncio.run(telling_trouble(texts, busy)(None))


def test_given_a_trail_that_takes_no_entry_when_passwords_are_tried_then_each_is_counted(services, texts):
    staff = Staff(services.database, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    staff.create("anna", PASSWORD, StaffRole.CLERK)
    sessions = StaffSessions(staff, AuditTrail(services.database), b"key", RateLimiter(), texts)
    sign_in_ = telling_trouble(texts, sessions.sign_in)
    request = SimpleNamespace(json={"name": "anna", "password": "wrong"}, remote_addr="", ip="192.0.2.1")

    with unwritable(services.database):
        for _ in range(FAILURES_ALLOWED):
            with pytest.raises(ServiceUnavailable):
                asyncio.run(sign_in_(request))

    with pytest.raises(AccountLocked):
        staff.sign_in("anna", PASSWORD)
