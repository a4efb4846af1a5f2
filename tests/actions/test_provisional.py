"""Applications whose department is down, slow or unwilling when they are made: told so, kept, handed over once."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest

from actions import provisional_news
from actions.applications import bare_view, line_of, view
from actions.provisional import ProvisionalRules
from actions.services import Services
from storage.agents import AGENT
from storage.applications import ApplicationState
from storage.outbox import Outbox, OutboxState
from storage.provisional_numbers import in_groups, is_provisional_number
from tests.actions.connectors.declared import TOKEN, data_with_police
from tests.actions.connectors.department import ROOT, Department
from tests.actions.connectors.dispatching import DATA, ITEM

FIELDS = {"full_name": "张示例", "id_number": "310101199304180027", "phone": "13900000001", "purpose": "求职就业"}
IN_HOUSE = "id-card-loss-report"


@pytest.fixture
def department(tmp_path):
    running = Department(tmp_path / "department").start()
    yield running
    running.kill()


@pytest.fixture
def open_services(tmp_path, department, clock, monkeypatch):
    monkeypatch.setenv(TOKEN, "secret")
    data, var = data_with_police(tmp_path / "data", department.url), tmp_path / "var"
    return lambda: Services.open(data, var, f"sqlite:///{var / 'wenban.db'}", clock)


@pytest.fixture
def services(open_services):
    return open_services()


def submit(services, item=ITEM, fields=FIELDS, **context):
    applications = services.applications
    draft = applications.create_draft("one", item)
    return applications.submit(draft.id, fields.get("id_number"), fields, context)


def after_submission(services, application):
    """Return what the citizen gets, and how long the reply waited."""
    began = time.monotonic()
    kept = asyncio.run(services.provisional.after_submission(application.receipt_number))
    return kept, time.monotonic() - began


def come_back(services, department, clock):
    department.behave()
    if department.process is None:
        department.start()
    clock.advance(minutes=30)
    services.connector.advance()
    services.connector.wait(60)


def told(services):
    """What a conversation is told of applications."""
    from assistant.citizen.notices import Notices

    return Notices(services).reply_for("one")


def test_given_a_department_that_answers_when_applied_then_there_is_a_receipt_number_and_no_other(services, department):
    application = submit(services)
    kept, waited = after_submission(services, application)
    assert kept is None and waited < 1.5
    assert department.applications == [application.receipt_number]
    shown = view(services, application)
    assert (shown.receipt_number, shown.provisional_number, shown.state) == (
        application.receipt_number,
        None,
        "submitted",
    )
    assert told(services) is None


def test_given_an_item_of_the_back_office_when_applied_then_nothing_is_waited_for(services):
    kept, waited = after_submission(services, submit(services, IN_HOUSE))
    assert kept is None and waited < 0.5


def test_given_a_department_that_is_down_when_applied_then_a_number_is_given_and_it_is_delivered_once_later(
    services, department, clock
):
    department.kill()
    application = submit(services)
    kept, waited = after_submission(services, application)
    assert waited < 1.5
    assert is_provisional_number(kept.number)
    said = provisional_news.given(services, application, kept)
    assert in_groups(kept.number) in said and application.receipt_number not in said
    assert all(words in said for words in ("连不上", "加密", "自动送出", "只送一次", "您身份证号的最后四位", "窗口"))
    shown = view(services, application)
    assert (shown.receipt_number, shown.provisional_number) == (None, in_groups(kept.number))
    assert (shown.state, shown.state_label) == ("kept", "尚未送达")
    assert application.receipt_number not in line_of(services, application)
    assert told(services) is None

    come_back(services, department, clock)
    assert department.applications == [application.receipt_number]
    news = told(services)
    assert in_groups(kept.number) in news.text and application.receipt_number in news.text
    assert told(services) is None
    shown = bare_view(services, application)
    assert (shown.receipt_number, shown.provisional_number, shown.state) == (
        application.receipt_number,
        in_groups(kept.number),
        "submitted",
    )
    assert shown.fields == () and application.receipt_number in line_of(services, application)


def test_given_a_system_that_rests_when_applied_then_the_reply_does_not_wait(services, department):
    department.kill()
    after_submission(services, submit(services))
    kept, waited = after_submission(services, submit(services))
    assert kept is not None and waited < 0.5


def test_given_a_system_that_stalls_when_applied_then_the_reply_comes_in_time_and_it_is_sent_once(
    services, department, clock
):
    department.behave(submit="stall:3 answer")
    application = submit(services)
    kept, waited = after_submission(services, application)
    assert kept is not None and waited < 1.6
    end = time.monotonic() + 30
    while Outbox(services.database).of(application.receipt_number).state is not OutboxState.DELIVERED:
        assert time.monotonic() < end
        time.sleep(0.05)
    come_back(services, department, clock)
    assert department.applications == [application.receipt_number]
    assert application.receipt_number in told(services).text


def test_given_a_system_that_does_not_take_it_when_applied_then_no_sending_by_itself_is_promised(services, department):
    department.behave(submit="status:422")
    application = submit(services)
    kept, _ = after_submission(services, application)
    said = provisional_news.given(services, application, kept)
    assert "没有收下" in said and "工作人员" in said and "自动送出" not in said
    assert "没有收下" in line_of(services, application)


def test_given_an_application_for_another_person_then_their_id_number_is_asked_for(services, department):
    department.kill()
    agent = {
        "name": "李代办",
        "id_number": "310***********0019",
        "relation": "母亲",
        "role": "子女",
        "statement": "x",
        "said": "是",
        "stated_at": "2026-11-23T10:00:00+08:00",
    }
    application = submit(services, **{AGENT: agent})
    kept, _ = after_submission(services, application)
    assert "被代办人身份证号的最后四位" in provisional_news.given(services, application, kept)


def test_given_no_id_number_when_applied_then_only_the_counter_can_tell(services, department):
    department.kill()
    application = submit(services, fields={"phone": "13900000001"})
    kept, _ = after_submission(services, application)
    said = provisional_news.given(services, application, kept)
    assert "窗口" in said and "身份证号" not in said


def test_given_what_is_told_by_the_number_then_nothing_of_the_form_is_in_it(services, department, clock):
    department.kill()
    application = submit(services)
    kept, _ = after_submission(services, application)
    numbers = services.provisional.numbers
    said = [provisional_news.told(services, application, "无犯罪记录证明", kept)]
    come_back(services, department, clock)
    for state in (None, ApplicationState.ACCEPTED, ApplicationState.ISSUED):
        if state is not None:
            services.applications.transition(application.receipt_number, state, "张示例的证明办好了")
        now = services.applications.by_receipt(application.receipt_number)
        said.append(provisional_news.told(services, now, "无犯罪记录证明", numbers.of(application.receipt_number)))
    assert "还没有送达" in said[0]
    assert all(application.receipt_number in one for one in said[1:])
    assert "已受理" in said[2] and "已办结" in said[3]
    assert not any(value in one for one in said for value in FIELDS.values())


def test_given_one_withdrawn_before_it_was_sent_then_the_number_says_so(services, department, clock):
    department.kill()
    application = submit(services)
    after_submission(services, application)
    services.applications.transition(application.receipt_number, ApplicationState.WITHDRAWN)
    now = services.applications.by_receipt(application.receipt_number)
    kept = services.provisional.numbers.of(application.receipt_number)
    assert "撤回" in provisional_news.told(services, now, "x", kept)
    assert view(services, now).state == "withdrawn"


def test_given_our_process_killed_right_after_the_submission_when_started_again_then_it_is_sent_once_and_told(
    open_services, tmp_path, department, clock
):
    department.behave(submit="stall:60")
    script = f"""
import asyncio, sys
from pathlib import Path
from tests.actions.test_provisional import FIELDS, ITEM
from actions.services import Services
from tests.conftest import Clock
var = Path({str(tmp_path / "var")!r})
services = Services.open(Path({str(tmp_path / "data")!r}), var, f"sqlite:///{{var / 'wenban.db'}}", Clock())
draft = services.applications.create_draft("one", ITEM)
application = services.applications.submit(draft.id, FIELDS["id_number"], FIELDS, {{}})
services.connector.hand_over(application.receipt_number)
print(application.receipt_number, flush=True)
asyncio.run(asyncio.sleep(600))
"""
    ours = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ})
    receipt = ours.stdout.readline().decode().strip()
    end = time.monotonic() + 60
    while not department.records("requests") and time.monotonic() < end:
        time.sleep(0.05)
    ours.send_signal(signal.SIGKILL)
    ours.wait()
    department.kill()

    services = open_services()
    application = services.applications.by_receipt(receipt)
    shown = view(services, application)
    assert (shown.receipt_number, shown.state) == (None, "kept")
    come_back(services, department, clock)
    assert department.applications == [receipt]
    assert receipt in told(services).text and shown.provisional_number in told_before(services, receipt)


def told_before(services, receipt):
    return in_groups(services.provisional.numbers.of(receipt).number)


def test_given_the_rules_as_shipped_then_a_reply_waits_no_longer_than_is_bearable():
    rules = ProvisionalRules.load(DATA / "provisional.yml")
    assert 0 < rules.wait_seconds <= 1.5
    assert rules.limits.wrong_answers == 3
