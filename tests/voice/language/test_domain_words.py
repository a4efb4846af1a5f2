"""The words that names of services are made of."""

from __future__ import annotations

import pytest

from voice.language.domain_words import GeneralWords, likelihoods, pieces

GENERAL = GeneralWords(["沪籍", "退工单"])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("《上海市居住证》办理", ["上海市居住证办理"]),
        ("居民户口簿补领、换领", ["居民户口簿补领", "换领"]),
        ("存量房(二手房)转移登记", ["存量房", "二手房", "转移登记"]),
        ("lost ID card", []),
    ],
)
def test_given_a_written_name_then_its_pieces_can_be_said(name: str, said: list[str]) -> None:
    assert pieces(name) == said


def test_given_names_then_their_words_and_the_whole_of_them_are_likely() -> None:
    likely = likelihoods(["公积金租房提取", "租房提取公积金"], GENERAL)
    assert {"公积金", "租房", "提取", "租房提取", "公积金租房提取"} <= set(likely)
    assert likely["公积金"] > likely["公积金租房提取"]
    assert all(len(word) > 1 for word in likely)


def test_given_a_text_then_every_character_is_a_word_and_listed_words_are_known() -> None:
    found = {(start, end) for start, end, _ in GENERAL.among("沪籍X退工单")}
    assert {(place, place + 1) for place in range(6)} | {(0, 2), (3, 6)} <= found
    assert (3, 5) not in found
