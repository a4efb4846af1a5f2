"""The reply of a turn."""

from __future__ import annotations

from dataclasses import replace

from actions.reply import ApplicationView, Choice, Citation, Reply, merge
from actions.status import AnswerStatus

ANSWER = Reply(
    AnswerStatus.ANSWERED,
    "3 个工作日办结。",
    item="no-criminal-record-certificate",
    facet="time",
    citations=(Citation("no-criminal-record-certificate", "证明", "time_limits", "办结时限", "sample", None, True),),
)
ASKED = Reply(
    AnswerStatus.FLOW_ASKED,
    "请问用途？",
    choices=(Choice("求职就业", does="reply"),),
    application=ApplicationView(None, "draft", "填写中", ({"field": "phone", "value": "139****0001"},)),
)


def test_given_a_side_answer_and_the_question_again_when_merged_then_the_first_names_the_turn():
    merged = merge([ANSWER, ASKED])

    assert merged.status is AnswerStatus.ANSWERED
    assert merged.text == "3 个工作日办结。\n请问用途？"
    assert merged.choices == ASKED.choices
    assert merged.citations == ANSWER.citations
    assert merged.application == ASKED.application


def test_given_a_rephrased_answer_and_news_when_merged_then_the_plain_text_has_both():
    rephrased = replace(ANSWER, text="三个工作日就办好。", plain_text=ANSWER.text)

    assert merge([rephrased, ASKED]).plain_text == "3 个工作日办结。\n请问用途？"
    assert merge([ANSWER, ASKED]).plain_text is None


def test_given_nothing_said_when_merged_then_there_is_no_reply():
    assert merge([]) is None


def test_given_a_reply_when_it_goes_through_json_then_it_comes_back_the_same():
    for reply in (ANSWER, ASKED):
        assert Reply.from_json(reply.as_json()) == reply
