"""The routes of the figures: who may ask, what is told, what is audited."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from storage.audit import AuditTrail
from tests.assistant.staff.busy_week import BEIJING, ITEMS, BusyDays
from tests.assistant.staff.signing_in import Session, settings_of, storage_beside

pytestmark = pytest.mark.server
DAY = "2026-04-07"
CHOSEN = f"period=custom&first={DAY}&last={DAY}"


@pytest.fixture(scope="module")
def a_day(server) -> None:
    """Two conversations of a day that no other test writes into."""
    settings = settings_of(server)
    days = BusyDays.into(settings.database_url, str(server.var / "secret.key"))
    days.clock.now = datetime(2026, 4, 7, 9, 30, tzinfo=BEIJING)
    days.turn("figures one", "answered", ITEMS[0])
    days.turn("figures one", "not_understood")
    days.turn("figures two", "answered", ITEMS[0])
    days.database.close()


@pytest.fixture
def ask(server, a_day):
    """Ask a route of the figures, signed in with a role."""
    sessions: dict[str, Session] = {}

    def ask_as(role: str, what: str):
        session = sessions.setdefault(role, Session.of_new(server, role))
        return server.call("GET", f"/api/staff/figures/{what}", headers=session.headers)

    ask_as.names = sessions
    return ask_as


def entries_of(server, name: str) -> list[tuple[str, dict[str, str]]]:
    with storage_beside(server) as database:
        return [(one.action, dict(one.details)) for one in AuditTrail(database).entries() if one.actor == name]


@pytest.mark.parametrize("what", ["", "unanswered", "workbook", "csv/days"])
def test_given_nobody_or_another_role_when_figures_are_asked_for_then_they_are_refused(server, ask, what):
    assert server.call("GET", f"/api/staff/figures/{what}?{CHOSEN}").status == 401
    assert ask("clerk", f"{what}?{CHOSEN}").status == 403
    assert ask("editor", f"{what}?{CHOSEN}").status == 403


def test_given_a_day_when_the_figures_are_asked_for_then_they_are_those_that_were_written(ask):
    told = ask("supervisor", f"?{CHOSEN}").json

    headline = {one["key"]: one["value"] for one in told["headline"]}
    assert (headline["conversations"], headline["turns"]) == (2, 3)
    assert headline["answered"] == pytest.approx(2 / 3)
    assert told["period"] == {"first": DAY, "last": DAY, "days": 1, "until_hour": None}
    assert told["before"]["first"] == "2026-04-06"
    assert [point["conversations"] for point in told["traffic"]["points"]][9] == 2
    assert told["traffic"]["hours"][9] == 3
    assert {one["label"]: one["value"] for one in told["answers"]} == {"已回答": 2, "未听懂": 1}
    assert told["items"][0] == {"label": "有无犯罪记录证明开具", "value": 2, "before": 0}
    assert [one["value"] for one in told["satisfaction"]] == [0, 0, 0, 0, 0]


def test_given_an_auditor_when_they_ask_then_they_read_and_export_nothing(ask):
    assert ask("auditor", f"?{CHOSEN}").status == 200
    assert ask("auditor", f"workbook?{CHOSEN}").status == 403
    assert ask("auditor", f"csv/days?{CHOSEN}").status == 403


def test_given_a_day_when_exported_then_the_files_are_named_and_each_export_is_audited(server, ask):
    workbook = ask("supervisor", f"workbook?{CHOSEN}")
    table = ask("supervisor", f"csv/hours?{CHOSEN}")

    assert load_workbook(io.BytesIO(workbook.body))["概览"]["B2"].value == 2
    assert quote(f"运行数据_{DAY}_{DAY}.xlsx") in workbook.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(table.body.decode("utf-8-sig"))))
    assert rows[10] == ["09:00", "2", "3"]
    told = {"first": DAY, "last": DAY}
    assert entries_of(server, ask.names["supervisor"].name)[:2] == [
        ("export-figures", {**told, "form": "csv hours"}),
        ("export-figures", {**told, "form": "xlsx"}),
    ]


def test_given_citizens_words_when_they_are_looked_at_then_it_is_audited(server, ask):
    told = ask("auditor", f"unanswered?{CHOSEN}").json

    assert told["since"] == DAY
    assert told["gaps"] == [] and told["withheld"] == 1  # one conversation alone shows nobody's words
    assert entries_of(server, ask.names["auditor"].name)[0][0] == "read-gaps"


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("?period=century", "请选择"),
        ("?period=custom&first=2026-04-08&last=2026-04-07", "早于开始日期"),
        (f"csv/everything?{CHOSEN}", "没有这张表"),
    ],
)
def test_given_what_cannot_be_told_when_asked_for_then_a_sentence_says_why(ask, what, sentence):
    answer = ask("supervisor", what)

    assert answer.status == 400
    assert sentence in answer.json["message"]


def test_given_a_real_conversation_when_it_is_held_then_its_turns_are_counted(server, ask):
    def turns() -> int:
        return next(
            one["value"] for one in ask("supervisor", "?period=today").json["headline"] if one["key"] == "turns"
        )

    before = turns()
    talk = server.talk()
    assert turns() == before  # the greeting is no turn
    talk.say("身份证丢了怎么补办")

    assert turns() == before + 1
