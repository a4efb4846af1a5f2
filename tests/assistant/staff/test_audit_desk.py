"""The auditor's routes: unmaskings are all there, the trail is narrowed, checked and taken away."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from types import SimpleNamespace
from urllib.parse import quote, urlencode

import pytest
from sqlalchemy import text

from actions.texts import Texts
from assistant.citizen.limits import RateLimiter
from assistant.staff.audit_desk import AuditDesk, CheckRuns
from assistant.staff.sessions import StaffSessions
from storage.applications import Applications
from storage.audit import AuditTrail
from storage.audit_anchor import AuditAnchor
from storage.audit_records import head_seal
from storage.left_messages import LeftMessages
from storage.staff import Staff, StaffAccount, StaffRole
from storage.supplements import Supplements
from tests.assistant.staff.signing_in import colleague, sign_in

AUDIT = "/api/staff/audit"
ITEM = "senior-allowance"
FIELDS = {"full_name": "吴试填", "id_number": "310110195601010049", "phone": "13900008888", "district": "杨浦区"}
SAID = "我的手机号是13900007777"


class Member:
    """Somebody of the staff who asks the server for things."""

    def __init__(self, server, role: str = "clerk") -> None:
        self.server = server
        self.account = colleague(server, role)
        self.name = self.account[0]
        self.headers = sign_in(server, self.account)

    def get(self, path: str, **asked):
        return self.server.call("GET", f"{path}?{urlencode(asked)}" if asked else path, headers=self.headers)

    def post(self, path: str, body=None):
        answer = self.server.call("POST", path, body or {}, headers=self.headers)
        assert answer.status == 200, answer.body.decode()
        return answer.json


@pytest.fixture(scope="module")
def auditor(server):
    return Member(server, "auditor")


@pytest.fixture(scope="module")
def supervisor(server):
    return Member(server, "supervisor")


def trail_of(auditor, **asked):
    """Return (action, subject, details) of what is asked for, oldest first."""
    found = auditor.get(AUDIT, **asked).json["entries"]
    return [
        (
            one["action"]["code"],
            one["subject"] and one["subject"]["value"],
            {detail["label"]: detail["value"] for detail in one["details"]},
        )
        for one in reversed(found)
    ]


@pytest.fixture
def answered(storage, supervisor):
    """Return the number of an application whose citizen answered what was asked for."""
    applications = Applications(storage)
    receipt = applications.submit(
        applications.create_draft("audited", ITEM).id, FIELDS["id_number"], FIELDS, {}
    ).receipt_number
    one = f"/api/staff/applications/{receipt}"
    version = supervisor.get(one).json["application"]["version"]
    supervisor.post(f"{one}/steps/supplement", {"version": version, "note": "请写明关系"})
    Supplements(storage).answer(applications.create_draft("audited", ITEM).id, receipt, SAID)
    return receipt


@pytest.mark.server
def test_given_every_way_to_see_a_value_when_it_is_gone_then_the_quick_filter_shows_each_look_without_the_value(
    server, auditor, storage, answered
):
    member = Member(server, "supervisor")
    citizen = server.talk("demo")
    citizen.say("我想申请办理有无犯罪证明")
    citizen.say("转人工")
    waiting = member.get("/api/staff/handoffs").json["waiting"]
    handoff = next(one["handoff_id"] for one in waiting if one["conversation_id"] == citizen.id)
    LeftMessages(storage).leave("13900006666", "请回电")

    assert member.post(f"/api/staff/handoffs/{handoff}/unmask", {"field": "phone"})["value"] == "13900000001"
    one = f"/api/staff/applications/{answered}"
    assert member.post(f"{one}/unmask", {"field": "id_number"})["value"] == FIELDS["id_number"]
    assert member.post(f"{one}/unmask", {"field": "answer-0"})["value"] == SAID
    assert "13900006666" in str(member.get("/api/staff/messages").json)
    assert member.get("/api/staff/reports").status == 200

    assert trail_of(auditor, who=member.name, group="unmask") == [
        ("unmask-field", citizen.id, {"内容": "手机号", "事项": "有无犯罪记录证明开具"}),
        ("unmask-field", answered, {"内容": "身份证号"}),
        ("unmask-field", answered, {"内容": "补正答复（第1次）"}),
        ("read-left-messages", None, {}),
        ("read-reports", None, {}),
    ]
    shown = auditor.get(AUDIT, who=member.name).body.decode()
    assert not any(value in shown for value in (FIELDS["id_number"], "13900000001", "13900006666", "13900007777"))


@pytest.mark.server
def test_given_filters_when_the_trail_is_asked_then_they_hold_together_and_the_look_is_an_entry(
    server, auditor, supervisor, answered
):
    looks = trail_of(auditor, subject=answered.replace("-", ""), who=supervisor.name)
    assert [action for action, *_ in looks] == ["read-application", "application-supplement"]
    assert trail_of(auditor, subject=answered, group="follow_up") == []
    assert trail_of(auditor, first="2026-11-24", last="2026-11-24", subject=answered) == []
    assert len(trail_of(auditor, first="2026-11-23", last="2026-11-23", subject=answered)) == 2

    assert [details for *_, details in trail_of(auditor, who=auditor.name, group="audit")[-4:]] == [
        {"对象": answered, "人员": supervisor.name},
        {},
        {},
        {"起": "2026-11-23", "止": "2026-11-23", "对象": answered},
    ]


@pytest.mark.server
def test_given_words_that_name_nothing_when_they_are_looked_for_then_they_are_not_kept(auditor):
    assert auditor.get(AUDIT, subject="张三13912345678").json["count"] == 0
    assert trail_of(auditor, who=auditor.name, group="audit")[-1][2] == {}


@pytest.mark.server
def test_given_many_entries_when_they_are_read_on_then_none_is_missing_and_none_comes_twice(auditor):
    for _ in range(51):
        auditor.get(AUDIT, who="nobody-at-all")
    first = auditor.get(AUDIT, who=auditor.name).json
    second = auditor.get(AUDIT, who=auditor.name, below=first["entries"][-1]["seq"]).json

    seqs = [one["seq"] for one in first["entries"] + second["entries"]]
    assert first["more"] and len(first["entries"]) == 50 and first["count"] > 50 and second["count"] is None
    assert seqs == sorted(set(seqs), reverse=True)


@pytest.mark.server
@pytest.mark.parametrize(
    "asked", [{"first": "x"}, {"first": "2026-11-24", "last": "2026-11-23"}, {"group": "x"}, {"below": "x"}]
)
def test_given_filters_that_mean_nothing_when_asked_then_a_sentence_says_so(auditor, asked):
    answer = auditor.get(AUDIT, **asked)

    assert answer.status == 400 and answer.json["message"].endswith("。")


@pytest.mark.server
def test_given_what_is_filtered_when_it_is_exported_then_the_file_has_it_in_words_and_that_is_an_entry(
    auditor, supervisor, answered
):
    file = auditor.get(f"{AUDIT}/csv", subject=answered)

    rows = list(csv.reader(io.StringIO(file.body.decode("utf-8-sig"))))
    assert file.body.startswith(b"\xef\xbb\xbf")
    assert rows[0][:3] == ["序号", "时间（北京时间）", "人员"] and len(rows) == 3
    assert rows[1][3:9] == [supervisor.name, "办件", "要求补正", f"办件 {answered}", "", "完好"]
    assert rows[1][1].startswith("2026-11-23 1")
    assert quote("审计记录_2026-11-23.csv") in file.headers["Content-Disposition"]
    assert trail_of(auditor, who=auditor.name, group="audit")[-1] == (
        "export-audit",
        None,
        {"对象": answered, "条数": "2"},
    )


@pytest.mark.server
def test_given_an_honest_trail_when_it_is_checked_then_progress_and_the_outcome_come_line_by_line(auditor):
    answer = auditor.server.call("POST", f"{AUDIT}/verification", {}, headers=auditor.headers)

    *progress, outcome = [json.loads(line) for line in answer.body.splitlines()]
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert progress[-1]["done"] == progress[-1]["of"] == outcome["checked"] > 0
    assert (outcome["faults"], outcome["fault_count"], outcome["doubtful_from"]) == ([], 0, None)
    assert outcome["anchored_since"] == 1
    last = auditor.get(f"{AUDIT}/choices").json["last_check"]
    assert (last["name"], last["entries"], last["faults"]) == (auditor.name, outcome["checked"], 0)


class Responding:
    """A request whose answer is streamed, as the server streams it."""

    def __init__(self) -> None:
        self.lines: list[dict[str, object]] = []

    async def respond(self, **_):
        return self

    async def send(self, line: str) -> None:
        self.lines.append(json.loads(line))

    async def eof(self) -> None:
        self.lines.append({"ended": True})


class Office:
    """The auditor's desk on a storage of its own."""

    def __init__(self, services, data, anchor) -> None:
        self.database = services.database
        self.trail = AuditTrail(self.database, AuditAnchor(anchor, self.database.cipher))
        texts = Texts.load(data / "texts" / "staff.yml")
        sessions = StaffSessions(Staff(self.database), self.trail, b"key", RateLimiter(), texts)
        self.desk = AuditDesk(services, sessions)
        self.account = StaffAccount("a1", "auditor", "审计", StaffRole.AUDITOR, True)
        for number in range(1, 8):
            self.trail.append("anna", "unmask-field", f"conversation {number}", {"field": "phone"})

    def tamper(self, *statements: str) -> None:
        with self.database.writing("tamper") as session:
            for statement in statements:
                session.execute(text(statement))

    def verified(self):
        request = Responding()
        asyncio.run(self.desk.verify(request, self.account))
        assert request.lines[-1] == {"ended": True}
        return request.lines[-2]

    def listed(self):
        asked = SimpleNamespace(args={})
        return json.loads(asyncio.run(self.desk.look(asked, self.account)).body)["entries"]


@pytest.fixture
def office(services, data, tmp_path):
    return Office(services, data, tmp_path / "elsewhere" / "anchor")


@pytest.mark.parametrize(
    ("statements", "told", "doubtful_from"),
    [
        (["UPDATE audit_entries SET subject = 'x' WHERE seq = 3"], ["第 3 条被改动过，或不是系统写入的。"], 3),
        (["DELETE FROM audit_entries WHERE seq IN (3, 4)"], ["第 3—4 条被删除。"], 3),
        (["DELETE FROM audit_entries WHERE seq > 5"], ["末尾的第 6—7 条被删除。"], 6),
        (
            [
                "UPDATE audit_entries SET seq = 100 WHERE seq = 2",
                "UPDATE audit_entries SET seq = 2 WHERE seq = 6",
                "UPDATE audit_entries SET seq = 6 WHERE seq = 100",
            ],
            ["第 2 条被改动过，或不是系统写入的。", "第 6 条被改动过，或不是系统写入的。"],
            2,
        ),
    ],
)
def test_given_a_trail_that_was_tampered_with_when_it_is_checked_then_it_is_told_what_and_from_where_on(
    office, statements, told, doubtful_from
):
    office.tamper(*statements)

    outcome = office.verified()

    assert [fault["text"] for fault in outcome["faults"]] == told
    assert (outcome["fault_count"], outcome["doubtful_from"]) == (len(told), doubtful_from)
    kept = office.trail.entries(limit=1)[0]
    assert (kept.action, kept.details["faults"]) == ("verify-audit", len(told))


def test_given_a_cut_end_with_an_older_head_when_it_is_checked_then_the_anchor_tells(office):
    older = head_seal(office.database.cipher, 5)
    office.tamper(
        "DELETE FROM audit_entries WHERE seq > 5", f"UPDATE audit_head SET length = 5, seal = '{older}' WHERE id = 1"
    )

    assert [fault["text"] for fault in office.verified()["faults"]] == ["末尾的第 6—7 条被删除。"]


def test_given_an_edited_row_when_the_trail_is_read_then_it_is_marked_and_the_others_are_there(office):
    office.tamper("UPDATE audit_entries SET actor = 'nobody', details_sealed = CAST(hash AS BLOB) WHERE seq = 3")

    assert [(one["seq"], one["genuine"]) for one in office.listed()] == [(n, n != 3) for n in range(7, 0, -1)]


def test_given_a_check_that_goes_on_when_another_is_asked_for_then_it_is_told_to_wait_and_afterwards_it_works(office):
    async def both() -> None:
        first, second = Responding(), Responding()
        results = await asyncio.gather(
            office.desk.verify(first, office.account),
            office.desk.verify(second, office.account),
            return_exceptions=True,
        )
        assert [type(one) for one in results] == [type(None), CheckRuns] and second.lines == []

    asyncio.run(both())
    assert office.verified()["fault_count"] == 0


def test_given_more_than_may_be_exported_when_it_is_asked_for_then_a_sentence_says_how_many(office, monkeypatch):
    from sanic.exceptions import InvalidUsage

    monkeypatch.setattr("assistant.staff.audit_desk.MOST_EXPORTED", 5)

    with pytest.raises(InvalidUsage, match="7 条，一次最多导出 5 条"):
        asyncio.run(office.desk.csv(SimpleNamespace(args={}), office.account))
