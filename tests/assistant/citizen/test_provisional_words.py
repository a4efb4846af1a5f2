"""What of a message names a provisional number, and what proves one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.texts import Texts
from assistant.citizen.provisional_words import ProvisionalWords
from storage.provisional_numbers import in_groups, new_number
from tests.actions.connectors.dispatching import DATA

WORDS = ProvisionalWords(Texts.load(DATA / "texts" / "provisional.yml"))
NUMBER, WRONG = "412738907", "412738904"
MANY = (
    NUMBER,
    "412-738-907",
    "412 738 907",
    "暂存号412738907",
    "我的暂存号是412-738-907，办好了吗？",
    "查一下412738907",
    "赞存号四一二，七三八，九零七",
    "帮我看看暂存号４１２７３８９０７的申请到哪一步了",
)


@pytest.mark.parametrize("said", MANY)
def test_given_a_number_when_it_is_said_anyhow_then_it_is_read_and_shown_in_groups(said):
    named = WORDS.named(said)
    assert (named.number, named.proof) == (NUMBER, None)
    assert "412-738-907" in named.shown


@given(st.builds(new_number), st.sampled_from(["{}", "暂存号{}", "请查一下暂存号 {}。"]), st.booleans())
def test_given_any_number_when_it_is_said_then_it_is_read(number, sentence, grouped):
    assert WORDS.named(sentence.format(in_groups(number) if grouped else number)).number == number


@pytest.mark.parametrize(
    ("said", "proof"),
    [
        ("暂存号412738907，身份证后四位0027", "0027"),
        ("尾号002X，暂存号412738907", "002X"),
        ("412738907 0027", "0027"),
        ("暂存号412738907身份证310101199304180027", "0027"),
    ],
)
def test_given_number_and_proof_at_once_then_the_proof_is_read_and_hidden(said, proof):
    named = WORDS.named(said)
    assert (named.number, named.proof) == (NUMBER, proof)
    assert proof not in named.shown and "412-738-907" in named.shown
    assert proof not in repr(named)


@pytest.mark.parametrize("said", [WRONG, f"暂存号{WRONG}", "暂存号41273890"])
def test_given_a_wrong_number_then_it_is_an_attempt(said):
    named = WORDS.named(said)
    assert named.number is None and named.is_attempt


def test_given_the_name_alone_then_the_number_is_still_to_be_said():
    named = WORDS.named("暂存号怎么查")
    assert named.number is None and not named.is_attempt


@pytest.mark.parametrize(
    "said",
    [
        "412738907元能退税吗",
        "我的QQ是412738907",
        "13900000001",
        "20261123-0000018",
        "310101199304180027",
        "6222 0200 0000 0000 018",
        "2026年的医保怎么交",
        "身份证丢了怎么办",
    ],
)
def test_given_other_digits_then_they_are_no_number(said):
    assert WORDS.named(said) is None


@pytest.mark.parametrize(
    "said", [NUMBER, f"我的QQ是{NUMBER}", f"暂存号{NUMBER}的申请一直没人管，我要投诉", "暂存号怎么查"]
)
def test_given_an_application_being_filled_in_then_only_the_named_number_alone_is_one(said):
    assert WORDS.named(said, in_application=True) is None
    assert WORDS.named(f"暂存号{NUMBER}", in_application=True).number == NUMBER


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("0027", "0027"),
        ("后4位是0027", "0027"),
        ("身份证后四位零零二七", "0027"),
        ("002x", "002X"),
        ("００２７", "0027"),
        ("零零二叉", "002X"),
        ("310101199304180027", "0027"),
        ("002", None),
        ("00277", None),
    ],
)
def test_given_an_answer_then_its_end_is_read_and_hidden(said, end):
    proof = WORDS.proof(said)
    assert proof.end == end
    assert "27" not in proof.shown
    assert str(end) not in repr(proof) or end is None


@pytest.mark.parametrize("said", ["2026年的医保怎么交", "1234路公交车", "查一下", "算了", "好的", ""])
def test_given_something_else_then_it_is_no_answer(said):
    assert WORDS.proof(said) is None


@given(st.text(alphabet="0123456789一二xX -，好了吗暂存号后四位", max_size=60))
def test_given_any_text_then_it_is_read_without_an_error_and_no_proof_is_shown(said):
    WORDS.named(said)
    proof = WORDS.proof(said)
    assert (
        proof is None or proof.end is None or not any(figure in proof.shown.replace("4位", "") for figure in proof.end)
    )


@pytest.mark.parametrize("said", ["好了吗" * 166, "1" + "好了吗" * 166, "暂存号" + "1 " * 240, "1 " * 250, "1，" * 250])
def test_given_a_long_message_of_such_words_then_it_is_read_quickly(said):
    began = time.perf_counter()
    WORDS.named(said)
    WORDS.proof(said)
    assert time.perf_counter() - began < 0.25
