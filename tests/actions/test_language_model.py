"""A model that stalls, fails or sends garbage costs one short attempt, and is then left alone."""

from __future__ import annotations

import asyncio
import logging
import time

import pytest

from actions.language_model import (
    FAILURES_IN_A_ROW,
    MAX_AT_ONCE,
    MAX_BYTES,
    REST_SECONDS,
    BadModelAddress,
    Failure,
    LanguageModel,
    ModelAddress,
    NoCompletion,
)
from tests.model_server import completion, drips, fails, floods, hangs_up, running_model, says, sends, stalls

KEY = "sk-secret-0001"


class Seconds:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def server():
    with running_model(says("好")) as running:
        yield running


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def model(server, seconds):
    server.behave, server.elsewhere = says("好"), 0
    server.requests.clear()
    return LanguageModel(ModelAddress(server.url, "qwen", KEY, timeout_seconds=0.4), seconds)


async def failure_of(model: LanguageModel) -> Failure:
    with pytest.raises(NoCompletion) as raised:
        await model.complete("规则", "问题", 100)
    return raised.value.failure


async def test_given_a_model_when_asked_then_instruction_request_model_and_key_are_sent(model, server):
    assert await model.complete("规则", "问题", 100) == "好"

    headers, body = server.requests[0]
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert (body["model"], body["max_tokens"], body["stream"], body["temperature"]) == ("qwen", 100, False, 0)
    assert [one["content"] for one in body["messages"]] == ["规则", "问题"]
    assert body.keys() == {"model", "messages", "temperature", "max_tokens", "stream"}


@pytest.mark.parametrize(
    ("behave", "failure"),
    [
        (fails(500), Failure.STATUS),
        (fails(429), Failure.STATUS),
        (fails(302), Failure.STATUS),
        (fails(307), Failure.STATUS),
        (fails(201), Failure.STATUS),
        (stalls, Failure.TIMEOUT),
        (drips, Failure.TIMEOUT),
        (floods, Failure.TOO_LONG),
        (hangs_up, Failure.UNREACHABLE),
        (sends(b"{" * 50_000), Failure.UNREADABLE),
        (sends(b"[" * 50_000), Failure.UNREADABLE),
        (sends(b"data: {}\n\n", "text/event-stream"), Failure.UNREADABLE),
        (sends(b"\xff\xfe\x00"), Failure.UNREADABLE),
        (sends(b'{"choices": []}'), Failure.UNREADABLE),
        (sends(b'{"choices": "no"}'), Failure.UNREADABLE),
        (sends(b'{"error": {"message": "model not loaded"}}'), Failure.UNREADABLE),
        (sends(b'{"choices": [{"message": {"content": ["a"]}}]}'), Failure.UNREADABLE),
        (sends(b'{"choices": [{"message": {"content": null}}]}'), Failure.EMPTY),
        (sends(b'{"choices": [{"message": {"content": " \\n "}}]}'), Failure.EMPTY),
        (sends(b"x" * (MAX_BYTES + 1)), Failure.TOO_LONG),
    ],
)
async def test_given_a_model_that_misbehaves_when_asked_then_there_is_no_text_and_the_turn_waits_no_longer_than_told(
    model, server, behave, failure
):
    server.behave = behave
    began = time.monotonic()

    assert await failure_of(model) is failure

    assert time.monotonic() - began < 1.5 and len(server.requests) == 1, "one attempt"
    assert server.elsewhere == 0, "no redirection is followed"


async def test_given_no_server_when_asked_then_it_is_unreachable(seconds):
    model = LanguageModel(ModelAddress("http://127.0.0.1:9/v1", "qwen"), seconds)

    assert await failure_of(model) is Failure.UNREACHABLE


async def test_given_failures_in_a_row_when_a_minute_has_not_passed_then_the_model_is_left_alone(
    model, server, seconds
):
    server.behave = fails(500)
    for _ in range(FAILURES_IN_A_ROW):
        assert await failure_of(model) is Failure.STATUS

    server.behave = says("好")
    seconds.now += REST_SECONDS - 1
    assert await failure_of(model) is Failure.RESTING
    assert len(server.requests) == FAILURES_IN_A_ROW

    seconds.now += 1
    assert await model.complete("规则", "问题", 100) == "好"
    assert await model.complete("规则", "问题", 100) == "好", "the row of failures has ended"


async def test_given_a_rest_is_over_when_several_turns_come_then_one_tries(model, server, seconds):
    server.behave = fails(500)
    for _ in range(FAILURES_IN_A_ROW):
        await failure_of(model)
    seconds.now += REST_SECONDS
    server.behave = stalls

    failures = await asyncio.gather(*(failure_of(model) for _ in range(3)))

    assert sorted(failures) == [Failure.RESTING, Failure.RESTING, Failure.TIMEOUT]


async def test_given_many_turns_at_once_when_the_model_is_slow_then_the_rest_go_on_without_it(model, server):
    async def slow(request, body):
        await asyncio.sleep(0.2)
        return completion("好")

    server.behave = slow

    said = await asyncio.gather(
        *(model.complete("规则", "问题", 100) for _ in range(MAX_AT_ONCE + 2)), return_exceptions=True
    )

    assert [one for one in said if one == "好"] == ["好"] * MAX_AT_ONCE
    assert [one.failure for one in said if isinstance(one, NoCompletion)] == [Failure.BUSY] * 2
    assert await model.complete("规则", "问题", 100) == "好"


async def test_given_failures_when_logged_then_neither_key_nor_words_are_told(model, server, caplog):
    server.behave = sends("身份证".encode())
    with caplog.at_level(logging.DEBUG):
        for _ in range(FAILURES_IN_A_ROW):
            await failure_of(model)

    told = "\n".join(record.getMessage() for record in caplog.records if record.name == "actions.language_model")
    assert "unreadable" in told and "left alone" in told
    assert KEY not in caplog.text and "问题" not in caplog.text and "身份证" not in caplog.text
    assert KEY not in repr(ModelAddress(server.url, "qwen", KEY))


def test_given_no_address_when_settings_are_read_then_there_is_no_model():
    assert ModelAddress.from_environment({"WENBAN_LLM_MODEL": "qwen"}) is None


def test_given_an_address_when_settings_are_read_then_timeout_and_slash_are_taken_care_of():
    env = {"WENBAN_LLM_URL": "http://127.0.0.1:8080/v1/", "WENBAN_LLM_MODEL": "qwen", "WENBAN_LLM_TIMEOUT": "1.5"}

    assert ModelAddress.from_environment(env) == ModelAddress("http://127.0.0.1:8080/v1", "qwen", "", 1.5)


@pytest.mark.parametrize(
    "env",
    [
        {"WENBAN_LLM_URL": "127.0.0.1:8080"},
        {"WENBAN_LLM_URL": "file:///etc/passwd"},
        {"WENBAN_LLM_URL": "http://"},
        {"WENBAN_LLM_URL": "http://[::1/v1"},
        {"WENBAN_LLM_URL": "http://u:hunter22@host/v1"},
        {"WENBAN_LLM_URL": "http://127.0.0.1:8080/v1", "WENBAN_LLM_TIMEOUT": "soon"},
        {"WENBAN_LLM_URL": "http://127.0.0.1:8080/v1", "WENBAN_LLM_TIMEOUT": "0"},
        {"WENBAN_LLM_URL": "http://127.0.0.1:8080/v1", "WENBAN_LLM_TIMEOUT": "nan"},
    ],
)
def test_given_a_wrong_address_when_settings_are_read_then_it_is_refused_without_quoting_it(env):
    with pytest.raises(BadModelAddress) as raised:
        ModelAddress.from_environment(env)

    assert "hunter22" not in str(raised.value) and "WENBAN_LLM_URL" in str(raised.value)
