"""A department that cannot be reached, on a running server: a number now, the delivery later, and once."""

from __future__ import annotations

import pytest

from tests.assistant.handing import END, Handing

pytestmark = pytest.mark.server


def test_given_a_department_killed_before_the_yes_when_all_are_back_then_it_has_the_application_once_and_that_is_told(
    handing: Handing,
):
    server, department = handing.server, handing.department
    before, talk = set(department.applications), server.talk()
    department.kill()
    kept, took = handing.confirmed(talk)
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
    assert talk.say("确认提交", f"{talk.id}-yes") == kept
    department.start()
    (told,) = handing.news(talk)
    (receipt,) = set(department.applications) - before
    assert receipt in told["text"] and told["status"] == "submitted"
    assert told["application"]["receipt_number"] == receipt
    assert told["application"]["provisional_number"] == number

    another = server.talk()
    another.say(number)
    answer = another.say(END)
    assert receipt in answer["text"] and answer["application"]["receipt_number"] == receipt
    assert department.applications.count(receipt) == len(handing.news(talk)) == 1
    keys = {one["headers"]["Idempotency-Key"] for one in department.records("requests") if one["method"] == "POST"}
    assert len(keys) == len(department.applications)
    logged = server.log.read_text()
    assert END not in logged and "310101" not in logged and number not in logged


def test_given_a_department_that_answers_when_confirmed_then_there_is_a_receipt_number_as_ever(handing: Handing):
    submitted, took = handing.confirmed(handing.server.talk())
    assert submitted["status"] == "submitted" and took < 5
    assert submitted["application"]["provisional_number"] is None
    assert handing.department.applications[-1] == submitted["application"]["receipt_number"]
