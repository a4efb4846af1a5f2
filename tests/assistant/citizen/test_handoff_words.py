"""The fixed words around a conversation with a person."""

from __future__ import annotations

import time

import pytest

from actions.texts import Texts
from assistant.citizen.handoff_words import HandoffWords


@pytest.fixture(scope="module")
def words(data) -> HandoffWords:
    return HandoffWords.load(data / "texts" / "handoff_words.yml")


LEAVE = [
    "不等了",
    "不等了，继续用机器人",
    "算了，我不排队了",
    "我不想等了",
    "别等了，还是问你吧",
    "继续用机器人",
    "回到智能助手",
    "还是问助手吧",
    "取消排队",
    "退出排队",
    "不用人工了，谢谢",
    "我不想等人工了",
    "取消转人工",
]
MESSAGE = [
    "改为留言",
    "留言",
    "我要留言",
    "那就留个言吧",
    "给你们留言",
    "留个电话吧",
    "我留个手机号",
    "让工作人员给我打电话",
    "上班再给我回电话",
    "我想改成留言",
]
SAID = [
    "刚才工作人员说了什么",
    "刚才工作人员说了什么？",
    "工作人员刚才跟我说了啥",
    "刚刚人工客服怎么说的",
    "刚才他说了什么来着",
    "上次那个工作人员说什么",
    "剛才工作人員說了什麼",
]
OTHERS = [
    "护照丢了怎么办",
    "还要等多久",
    "我等了半天了",
    "工作人员在吗",
    "我要打电话",
    "等一下",
    "不用了我自己去大厅",
    "刚才说的那个材料要几份",
    "转人工",
    "留学生怎么办居住证",
    "不排除要补材料吧",
]


@pytest.mark.parametrize("text", LEAVE)
def test_given_words_that_leave_the_queue_when_read_then_they_do(words, text):
    assert words.leaves(text) and not words.leaves_message(text)


@pytest.mark.parametrize("text", MESSAGE)
def test_given_words_for_a_message_when_read_then_they_ask_for_one(words, text):
    assert words.leaves_message(text) and not words.leaves(text)


@pytest.mark.parametrize("text", SAID)
def test_given_a_question_for_what_was_said_when_read_then_it_is_one(words, text):
    assert words.asks_what_was_said(text)


@pytest.mark.parametrize("text", OTHERS)
def test_given_other_words_when_read_then_they_mean_none_of_it(words, text):
    assert not (words.leaves(text) or words.leaves_message(text) or words.asks_what_was_said(text))


@pytest.mark.parametrize(
    "text",
    [
        "我要留个言",
        "我想留言",
        "留言",
        "给工作人员留个言",
        "我要给你们留言吧",
        "怎么留言",
        "麻煩幫我留個言",
        "留個口信",
    ],
)
def test_given_words_that_ask_to_leave_a_message_when_read_then_they_do(words, text):
    assert words.begins_message(text)


@pytest.mark.parametrize("text", [*OTHERS, *SAID, "留言有人看吗", "上次留言有人看吗", "我的留言怎么样了", "留个电话"])
def test_given_other_words_when_read_then_they_begin_no_message(words, text):
    assert not words.begins_message(text)


@pytest.mark.parametrize("text", ["转人工", "人工", "我要找人工客服", "帮我转工作人员吧", "轉人工"])
def test_given_words_that_ask_for_a_person_when_read_then_they_do(words, text):
    assert words.asks_for_person(text)


@pytest.mark.parametrize("text", ["人工湖公园", "工作人员宿舍楼下", "转盘路口", "中山路1号"])
def test_given_a_place_when_read_then_it_asks_for_nobody(words, text):
    assert not words.asks_for_person(text)


def test_given_the_labels_that_are_offered_when_picked_then_they_are_understood(words, data):
    texts = Texts.load(data / "texts" / "handoff.yml")

    assert words.leaves(texts("leave_queue")) and words.leaves_message(texts("leave_message"))


@pytest.mark.parametrize("part", ["那就", "我", "给我", "吧", "刚才", "工作人员", "了"])
def test_given_words_over_and_over_when_read_then_it_takes_no_time(words, part):
    began = time.perf_counter()

    for length in range(1, 60):
        for read in (words.leaves, words.leaves_message, words.begins_message, words.asks_what_was_said):
            read(part * length + "x")

    assert time.perf_counter() - began < 2
