"""Replies cut into the pieces that are spoken one after the other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.synthesis.sentences import LONGEST, LONGEST_FIRST, sentences

_ANY = st.text(
    st.one_of(
        st.sampled_from("您好办理证件，。！？；、：（）()【】[]“”《》0123456789.,:;?!-/年月日 \n*Ab"), st.characters()
    ),
    max_size=300,
)


@pytest.mark.parametrize(
    ("reply", "pieces"),
    [
        ("您好，我是问办。您想办什么事？", ["您好，我是问办。", "您想办什么事？"]),
        ("请带：\n1. 身份证\n2. 户口簿", ["请带：", "1. 身份证", "2. 户口簿"]),
        ("他说：“行！”就走了；再来吧！！", ["他说：“行！”", "就走了；", "再来吧！！"]),
        ("身份证（原件。复印件；各一份）要带。", ["身份证（原件。复印件；各一份）要带。"]),
        ("10:30前，收1,200.5元。", ["10:30前，收1,200.5元。"]),
        ("见https://www.gov.cn/a?b=1;c=2。谢谢", ["见https://www.gov.cn/a?b=1;c=2。", "谢谢"]),
        ("1）身份证。（没有关上的。还是句子", ["1）身份证。", "（没有关上的。", "还是句子"]),
        ("好的。\n——\n请稍候", ["好的。\n——", "请稍候"]),
        ("……", ["……"]),
        (" \n ", []),
        ("", []),
    ],
)
def test_given_a_reply_when_cut_then_its_sentences_come_whole(reply: str, pieces: list[str]) -> None:
    assert sentences(reply) == pieces


def test_given_a_long_first_sentence_when_cut_then_the_first_piece_is_short() -> None:
    reply = "请您核对以上信息，包括姓名、证件号码、手机号码，以及证明的用途和领取的方式，核对无误以后再确认提交。"

    pieces = sentences(reply)

    assert len(pieces[0]) <= LONGEST_FIRST
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert "".join(pieces) == reply


def test_given_one_pause_far_off_when_cut_then_the_piece_is_long_rather_than_broken() -> None:
    reply = "一二三四五六七八九十" * 3 + "，" + "好" * 5

    assert sentences(reply) == ["一二三四五六七八九十" * 3 + "，", "好" * 5]


@pytest.mark.parametrize("endless", ["办" * 1_000, "1" * 1_000, "办1" * 500])
def test_given_no_pause_at_all_when_cut_then_no_piece_is_endless(endless: str) -> None:
    pieces = sentences(endless)

    assert max(map(len, pieces)) <= 120
    assert "".join(pieces) == endless


@pytest.mark.parametrize(
    "whole", ["2026年12月3日", "310101199001011234", "1,234,567.5", "SHX20261203000123", "021-12345678"]
)
def test_given_a_number_anywhere_in_a_long_text_when_cut_then_it_stays_whole(whole: str) -> None:
    for before in range(100, 125):
        pieces = sentences("字" * before + whole + "字" * 130)

        assert any(whole in piece for piece in pieces), before


@given(_ANY)
def test_given_any_text_when_cut_then_nothing_but_spaces_is_lost(text: str) -> None:
    pieces = sentences(text)

    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)
    assert all(piece and piece == piece.strip() for piece in pieces)


@given(_ANY, st.text("一二三四，。；", max_size=60), _ANY)
def test_given_brackets_anywhere_when_cut_then_they_stay_whole(before: str, inside: str, after: str) -> None:
    before, after = (re.sub(r"[（）()【】\[\]]", "", part) for part in (before, after))

    assert any(f"（{inside}）" in piece for piece in sentences(f"{before}（{inside}）{after}"))
