"""Cue words that tie a turn to the conversation."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.nlu.dialogue_cues import DialogueCues

CUES = Path(__file__).parents[3] / "data" / "texts" / "dialogue.yml"
OFFERED = [
    {"label": "居民身份证遗失补领", "item": "id-card-reissue"},
    {"label": "居民身份证到期或损坏换领", "item": "id-card-renewal"},
    {"label": "都不是", "does": "none"},
]


@pytest.fixture(scope="module")
def cues() -> DialogueCues:
    return DialogueCues.from_mapping(yaml.safe_load(CUES.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("第一个", "id-card-reissue"),
        ("要第二个吧", "id-card-renewal"),
        ("就第1个", "id-card-reissue"),
        ("居民身份证到期或损坏换领", "id-card-renewal"),
        ("到期或损坏", "id-card-renewal"),
    ],
)
def test_given_choices_when_one_is_named_by_place_or_label_then_it_is_chosen(cues, said, item):
    assert cues.choice(said, OFFERED)["item"] == item


@pytest.mark.parametrize("said", ["第四个", "护照怎么办", ""])
def test_given_choices_when_none_is_named_then_none_is_chosen(cues, said):
    assert cues.choice(said, OFFERED[:2]) is None


def test_given_no_choices_when_an_ordinal_comes_then_nothing_is_chosen(cues):
    assert cues.choice("第一个", []) is None


@pytest.mark.parametrize(
    "said", ["那要多久？", "需要带什么材料", "在哪里办", "我61岁可以吗", "代办可以吗", "外地户口能办吗"]
)
def test_given_a_question_when_it_names_no_service_then_it_is_without_subject(cues, said):
    assert cues.without_subject(said)


@pytest.mark.parametrize("said", ["护照要多久", "居住证在哪里签注", "户口怎么迁", "公积金能提吗"])
def test_given_a_question_when_it_names_a_service_then_it_has_a_subject(cues, said):
    assert not cues.without_subject(said)


def test_given_only_a_new_subject_when_it_ends_in_ne_then_it_carries_the_last_facet(cues):
    assert cues.carries_facet("那社保卡呢")
    assert not cues.carries_facet("社保卡丢了怎么办")
    assert not cues.carries_facet("名字还没想好呢")


@pytest.mark.parametrize(
    ("said", "item"),
    [("第二个要多久", "id-card-renewal"), ("那第一个多少钱", "id-card-reissue"), ("最后那个呢", "id-card-renewal")],
)
def test_given_choices_when_a_question_begins_with_a_place_then_the_item_there_is_pointed_at(cues, said, item):
    assert cues.pointed_at(said, OFFERED)["item"] == item


def test_given_the_last_choice_when_it_is_none_of_them_then_the_last_item_is_meant(cues):
    assert cues.choice("后面那个", OFFERED)["item"] == "id-card-renewal"


@pytest.mark.parametrize("said", ["不知道", "我也不太清楚", "这两个有什么区别啊"])
def test_given_choices_when_the_citizen_cannot_tell_then_it_is_heard(cues, said):
    assert cues.does_not_know(said)


@pytest.mark.parametrize("said", ["20261123-0000018", "202611230000018", "编号是20261123-0000018"])
def test_given_a_receipt_number_when_it_is_said_then_it_tracks(cues, said):
    assert cues.names_receipt(said) and cues.tracks(said)


@pytest.mark.parametrize("said", ["20261123", "20261123-0000019", "310101930418002", "护照怎么办"])
def test_given_other_numbers_when_they_are_said_then_they_track_nothing(cues, said):
    assert not cues.tracks(said)
