"""Answers from passages."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.passages import ActionPassage
from actions.reply import REPLY_KEY, Reply
from actions.services import Services
from actions.status import AnswerStatus

LONG = "开头的话。" + "说的是别的事情，与此无关的一句话。" * 30 + "复印一般免费。"
PAIRS = f"""
source: https://example.gov.cn/faq
checked: 2026-11-20
sample: false
questions:
  - {{id: copy, question: 复印要钱吗, answer: {LONG}}}
  - {{id: over, question: 老办法, answer: 早就过期了。, expires: 2026-11-01}}
"""


@pytest.fixture(scope="module")
def services(data: Path, tmp_path_factory: pytest.TempPathFactory, clock: Any) -> Services:
    knowledge = tmp_path_factory.mktemp("knowledge")
    (knowledge / "items").symlink_to(data / "items")
    passages = knowledge / "passages"
    passages.mkdir()
    (passages / "faq.yml").write_text(PAIRS, "utf-8")
    shutil.copy(data / "passages" / "visit-rules.yml", passages)
    return Services.open(data, knowledge / "var", "sqlite://", clock, knowledge)


def answer(services: Services, passage: str, said: str | None, loop: str | None = None) -> Reply:
    message = {
        "text": "问",
        "intent": {"name": "turn_passage"},
        "gate": {"intent": "ask", "passage": {"id": passage, "said": said}},
        "items": {},
    }
    tracker = Tracker("c", {}, message, [], False, None, {"name": loop} if loop else {}, "action_listen")
    dispatcher = CollectingDispatcher()
    asyncio.run(ActionPassage(services).run(dispatcher, tracker, {}))
    return Reply.from_json(dispatcher.messages[-1]["custom"][REPLY_KEY])


def test_given_sentences_of_a_passage_then_they_are_said_with_its_source_and_the_rest_offered(services):
    reply = answer(services, "copy", "复印一般免费。")

    assert (reply.status, reply.item, reply.text) == (AnswerStatus.ANSWERED, None, "复印一般免费。")
    (cited,) = reply.citations
    assert (cited.item, cited.item_name, cited.field) == (None, "复印要钱吗", "passage")
    assert (cited.source, cited.checked) == ("https://example.gov.cn/faq", "2026-11-20")
    assert [(choice.does, choice.passage) for choice in reply.choices] == [("read", "copy")]


def test_given_the_rest_is_asked_for_then_the_whole_passage_is_said(services):
    reply = answer(services, "copy", None)

    assert reply.text == LONG and reply.choices == ()


def test_given_an_article_then_the_policy_text_and_its_heading_are_named(services):
    reply = answer(services, "hall-visit-rules.6", None)

    assert reply.text.startswith("《政务服务大厅办事守则（示例）》第三章 秩序 第六条：")
    assert reply.notice is not None


def test_given_sentences_that_the_passage_no_longer_says_then_they_are_not_said(services):
    reply = answer(services, "copy", "复印一张五元。")

    assert "五元" not in reply.text and LONG.startswith(reply.text)


@pytest.mark.parametrize("passage", ["gone", "over"])
def test_given_a_passage_that_is_gone_or_over_then_nothing_is_answered(services, passage):
    reply = answer(services, passage, "早就过期了。")

    assert reply.status is AnswerStatus.NOT_UNDERSTOOD and reply.citations == ()
