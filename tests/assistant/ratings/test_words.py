"""Ratings in words, with the words that are shipped."""

from __future__ import annotations

import pytest

from assistant.ratings.policy import BadRatings, RatingPolicy
from storage.rating_records import RatedKind


@pytest.fixture(scope="module")
def words(data):
    return RatingPolicy.load(data / "ratings.yml").words


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("非常满意", 5),
        ("很满意，谢谢！", 5),
        ("打五分", 5),
        ("给个五星好评吧", 5),
        ("太满意了", 5),
        ("滿意", 4),
        ("还不错", 4),
        ("4分", 4),
        ("基本满意", 3),
        ("一般般吧", 3),
        ("不满意", 2),
        ("不太满意", 2),
        ("差评", 2),
        ("非常不满意。", 1),
        ("一点都不满意", 1),
        ("只能打一分", 1),
    ],
)
def test_given_a_rating_when_it_is_said_then_its_level_is_known(words, text, level):
    assert words.level(text) == level


@pytest.mark.parametrize(
    "text",
    [
        "好的",
        "身份证丢了怎么办",
        "满意度调查在哪填",
        "五",
        "3",
        "不满意怎么投诉",
        "我想给工作人员打五分钟电话",
        "可以",
        "嗯",
    ],
)
def test_given_something_else_when_it_is_said_then_it_is_no_level(words, text):
    assert words.level(text) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("态度不好", ("attitude",)),
        ("工作人员爱理不理的", ("attitude",)),
        ("等了一上午，材料也没说清", ("time", "materials")),
        ("其他原因", ("other",)),
        ("护照多少钱", ()),
        ("谢谢", ()),
    ],
)
def test_given_words_when_they_give_a_reason_then_its_code_is_known(words, text, codes):
    assert words.why(text) == codes


def test_given_a_level_and_a_reason_in_one_message_when_it_is_read_then_both_are_there(words):
    assert words.level_and_why("不满意，工作人员态度太差") == (2, "工作人员态度太差")
    assert words.level_and_why("满意，那护照怎么补办") is None


@pytest.mark.parametrize(
    ("text", "declines"), [("不评价了", True), ("不说了", True), ("不想说", True), ("不行", False)]
)
def test_given_a_no_when_it_is_said_then_it_is_understood(words, text, declines):
    assert words.declines(text) is declines


def test_given_the_shipped_file_when_it_is_read_then_every_kind_has_reasons_and_each_label_its_code(data):
    policy = RatingPolicy.load(data / "ratings.yml")

    assert all(policy.reasons_for(kind) for kind in RatedKind)
    assert all(policy.words.why(reason.label)[0] == code for code, reason in policy.reasons.items())
    assert all(policy.words.level(label) == level for level, label in policy.labels.items())


def test_given_a_level_without_its_days_when_the_file_is_read_then_it_is_refused(data, tmp_path):
    shipped = (data / "ratings.yml").read_text(encoding="utf-8")
    (tmp_path / "ratings.yml").write_text(shipped.replace("{2: 5, 1: 3}", "{1: 3}"), encoding="utf-8")

    with pytest.raises(BadRatings):
        RatingPolicy.load(tmp_path / "ratings.yml")
