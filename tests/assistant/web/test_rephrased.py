"""Answers that a language model reworded, from the citizen's words to the page, and back to the guide when it lies."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.assistant.server_process import Server
from tests.model_server import fails, rewords, running_model, says

pytestmark = [pytest.mark.server, pytest.mark.browser]

KEY = "sk-secret-0002"
FEE = "公民姓名变更登记要多少钱"
PLACE = "改名去哪里办"
WARM = rewords(("办理方式：窗口办理", "您要去窗口办理"), ("要到现场 2 次", "要跑 2 趟现场"))
LIE = rewords(("要到现场 2 次", "不用到现场"), ("周五", "周日"))


@pytest.fixture(scope="module")
def model():
    with running_model(WARM) as running:
        yield running


@pytest.fixture
def warm(model):
    """Let the model be faithful, and forget what it heard."""
    model.behave = WARM
    model.requests.clear()
    return model


@pytest.fixture(scope="module")
def server(prepared, project, model, tmp_path_factory):
    environment = {
        "WENBAN_LLM_URL": model.url,
        "WENBAN_LLM_MODEL": "qwen",
        "WENBAN_LLM_KEY": KEY,
    }
    running = Server(project, tmp_path_factory.mktemp("rephrasing") / "var", environment=environment).start()
    yield running
    running.kill()


def test_given_a_faithful_model_when_asked_then_its_words_come_with_the_plain_ones_and_the_sources(server, warm):
    reply = server.talk().say(PLACE)

    assert reply["status"] == "answered" and reply["rephrased"] is True
    assert "您要去窗口办理，要跑 2 趟现场。" in reply["text"]
    assert "办理方式：窗口办理，要到现场 2 次。" in reply["plain_text"]
    assert {cited["field"] for cited in reply["citations"]} == {"places", "channels"}


def test_given_personal_data_when_asked_then_only_placeholders_reach_the_model(server, warm):
    server.talk().say("我叫李建国，手机13812345678，改名去哪里办")

    headers, body = warm.requests[-1]
    sent = json.dumps(body, ensure_ascii=False)
    assert "[手机号1]" in sent and "13812345678" not in sent and "李建国" not in sent
    assert headers["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("behave", [LIE, says("一定能办，免费。[1]"), says(""), fails(500)])
def test_given_a_model_that_lies_or_fails_when_asked_then_the_guide_is_said(server, warm, behave):
    plain = server.talk().say(PLACE)["plain_text"]
    warm.behave = behave

    reply = server.talk().say(PLACE)

    assert set(reply["text"].splitlines()) <= set(plain.splitlines())
    assert "周日" not in reply["text"] and "不用到现场" not in reply["text"] and "免费" not in reply["text"]
    warm.behave = WARM
    server.talk().say(PLACE)  # ends the row of failures


def test_given_anything_but_an_answer_when_said_then_the_model_is_not_asked(server, warm):
    talk = server.talk("demo")

    statuses = [talk.say(text)["status"] for text in ("你好", "厨房着火了", "今天天气怎么样")]
    statuses += [talk.say(text)["status"] for text in ("我想申请办理有无犯罪证明", "改名要多少钱", "求职", "确认提交")]

    assert "submitted" in statuses and "emergency" in statuses and "answered" in statuses
    assert warm.requests == [], "also the answer in the middle of an application is the guide's own"


def test_given_the_log_when_read_then_neither_key_nor_words_stand_in_it(server, warm):
    warm.behave = fails(500)
    server.talk().say(PLACE)
    warm.behave = WARM
    server.talk().say(PLACE)

    log = server.log.read_text(encoding="utf-8")
    assert KEY not in log and "窗口" not in log and "改名" not in log


def test_given_answers_when_the_operator_looks_then_counts_are_told(server, warm):
    server.talk().say(PLACE)

    health = server.call("GET", "/health").json

    assert health["status"] == "ready" and health["rephrasing"]["asked"] >= health["rephrasing"]["rephrased"] > 0


def test_given_a_rephrased_answer_when_its_sources_are_unfolded_then_the_guides_own_words_are_there(on_page, warm):
    here = on_page().greeted()

    answer = here.say(PLACE)

    expect(answer.locator("summary")).to_contain_text("由语言模型改写")
    expect(answer.locator(".plain")).to_be_hidden()
    answer.locator("summary").click()
    expect(answer.locator(".plain")).to_contain_text("办理方式：窗口办理，要到现场 2 次。")


def test_given_a_plain_answer_when_shown_then_nothing_is_said_of_a_model(on_page, warm):
    warm.behave = says("")
    here = on_page().greeted()

    answer = here.say(PLACE)

    expect(answer.locator("summary")).not_to_contain_text("语言模型")
    warm.behave = WARM
    here.say(FEE)
