"""A department that cannot be reached, on a running server: a number now, the delivery later, and once."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from tests.actions.connectors.declared import TOKEN, declare_police
from tests.actions.connectors.department import Department
from tests.assistant.server_process import Server

pytestmark = pytest.mark.server

SAID = ("我要开无犯罪记录证明", "我叫张示例", "31010119930418002X", "13900000001", "求职")
END = "002X"
WITHIN_SECONDS = 60


@pytest.fixture
def department(tmp_path):
    running = Department(tmp_path / "department").start()
    yield running
    running.kill()


@pytest.fixture
def server(prepared, project: Path, tmp_path, department):
    home = tmp_path / "home"
    home.mkdir()
    for path in project.iterdir():
        if path.name != "data" and not path.name.startswith("."):
            (home / path.name).symlink_to(path)
    shutil.copytree(project / "data", home / "data")
    declare_police(home / "data", department.url)
    running = Server(home, tmp_path / "var", environment={TOKEN: "secret"}, demo=False).start()
    yield running
    running.kill()


def apply(talk):
    """Fill in the application and confirm it; return the reply and how long it took."""
    for words in SAID:
        reply = talk.say(words)
    assert reply["application"]["state"] == "draft", reply["text"]
    began = time.monotonic()
    return talk.say("确认提交", "the-yes"), time.monotonic() - began


def news(talk):
    """Return the event that tells of the delivery, as soon as it has come."""
    end = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < end:
        found = [event for event in talk.events() if "已经送达" in event["payload"].get("text", "")]
        if found:
            return found[0]["payload"]
        time.sleep(0.2)
    raise AssertionError(talk.events())


def test_given_a_department_killed_before_the_yes_when_it_is_back_then_the_application_is_there_once_and_told(
    server, department
):
    talk = server.talk()
    department.kill()
    kept, took = apply(talk)
    assert kept["status"] == "kept" and took < 5
    number = kept["application"]["provisional_number"]
    assert (kept["application"]["receipt_number"], kept["application"]["state"]) == (None, "kept")
    assert number in kept["text"] and "自动送出" in kept["text"] and "只送一次" in kept["text"]
    assert number in talk.say("我的申请办好了吗")["text"]

    stranger = server.talk()
    assert "最后四位" in stranger.say(f"我的暂存号是{number}，办好了吗")["text"]
    assert "对不上" in stranger.say("1111")["text"]
    waiting = stranger.say(END)
    assert "还没有送达" in waiting["text"] and waiting["application"]["fields"] == []
    heard = [event["payload"]["text"] for event in stranger.events() if event["type"] == "message"]
    assert heard[1:] == ["****", "****"]

    server.kill()
    server.start()
    assert talk.say("确认提交", "the-yes") == kept
    department.start()
    told = news(talk)
    (receipt,) = department.applications
    assert receipt in told["text"] and told["status"] == "submitted"
    assert told["application"]["receipt_number"] == receipt
    assert told["application"]["provisional_number"] == number

    another = server.talk()
    another.say(number)
    answer = another.say(END)
    assert receipt in answer["text"] and answer["application"]["receipt_number"] == receipt
    for _ in range(3):
        time.sleep(1)
    assert department.applications == [receipt]
    assert len([event for event in talk.events() if "已经送达" in event["payload"].get("text", "")]) == 1
    logged = server.log.read_text()
    assert END not in logged and "310101" not in logged and number not in logged


def test_given_a_department_that_answers_when_confirmed_then_there_is_a_receipt_number_as_ever(server, department):
    submitted, took = apply(server.talk())
    assert submitted["status"] == "submitted" and took < 5
    assert submitted["application"]["provisional_number"] is None
    assert department.applications == [submitted["application"]["receipt_number"]]
