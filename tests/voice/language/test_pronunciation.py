"""How alike two pieces of Mandarin sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.language.pinyin import toneless
from voice.language.pronunciation import PhraseTable, Span, best_span, distance, readings, sounds, syllable_distance

SYLLABLES = ["ji", "qi", "zhi", "zi", "ni", "li", "shang", "san", "xing", "xin", "a", "er", "lv", "C", "，"]


@pytest.mark.parametrize(
    ("one", "other"), [("li", "ni"), ("zhi", "zi"), ("shan", "san"), ("xin", "xing"), ("fan", "fang")]
)
def test_given_confusable_syllables_then_they_are_near(one: str, other: str) -> None:
    assert 0 < syllable_distance(one, other) < 0.15


@pytest.mark.parametrize(("one", "other"), [("wo", "xian"), ("C", "D"), ("ji", "，"), ("v", "V")])
def test_given_sounds_of_different_kinds_then_they_are_wholly_apart(one: str, other: str) -> None:
    assert syllable_distance(one, other) == 1


@given(st.sampled_from(SYLLABLES), st.sampled_from(SYLLABLES))
def test_given_any_two_sounds_then_the_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert syllable_distance(one, other) == syllable_distance(other, one)
    assert (syllable_distance(one, other) == 0) == (one == other)


def test_given_homophones_then_nothing_lies_between_them() -> None:
    assert distance(toneless("公鸡金"), toneless("公积金")) == 0


def test_given_a_syllable_missed_then_it_costs_less_than_a_wrong_one() -> None:
    missed = distance(toneless("居证"), toneless("居住证"))
    assert 0 < missed < distance(toneless("居啊证"), toneless("居住证"))


@given(st.lists(st.sampled_from(SYLLABLES), max_size=6), st.lists(st.sampled_from(SYLLABLES), max_size=6))
def test_given_any_two_sequences_then_the_distance_is_a_distance(one: list[str], other: list[str]) -> None:
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert distance(one, one) == 0
    assert distance(one, other) <= 1.4 * max(len(one), len(other))


@pytest.mark.parametrize(
    ("heard", "phrase", "span"),
    [
        ("公鸡金祖房怎么提取", "租房", Span(3, 5, 0.0)),
        ("我要半居住正", "办居住证", Span(2, 6, 0.0)),
        ("我想补身份证", "补办身份证", Span(2, 6, 0.7)),
        ("居住证", "居住证", Span(0, 3, 0.0)),
    ],
)
def test_given_a_phrase_inside_then_its_span_is_found(heard: str, phrase: str, span: Span) -> None:
    found = best_span(toneless(heard), toneless(phrase))
    assert (found.start, found.end, found.cost) == (span.start, span.end, pytest.approx(span.cost))


@given(
    st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=8),
    st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4),
)
def test_given_any_phrase_then_its_span_costs_what_the_two_are_apart(heard: list[str], phrase: list[str]) -> None:
    span = best_span(heard, phrase)
    assert span.cost == pytest.approx(distance(heard[span.start : span.end], phrase))
    assert span.cost <= distance(heard, phrase) + 1e-9


def test_given_a_table_then_every_place_where_a_phrase_was_heard_is_found() -> None:
    table = PhraseTable([toneless("租房"), toneless("提取"), toneless("居住证")])
    found = table.windows(readings("祖房提取租方"), most=0.2, share=0.1)
    assert sorted((phrase, start) for phrase, start, _ in found) == [(0, 0), (0, 4), (1, 2)]
    assert all(cost == 0 for _, _, cost in found)


def test_given_a_table_then_phrases_come_near_with_syllables_missed_too() -> None:
    table = PhraseTable([toneless("补办身份证"), toneless("居住证"), toneless("公积金")])
    assert table.nearest(readings("我想补身份证"), share=0.25) == [(0, pytest.approx(0.7))]


@given(st.lists(st.sampled_from("居住证办理公积金租房提取"), min_size=1, max_size=12).map("".join))
def test_given_any_text_then_the_table_agrees_with_the_alignment_of_each_phrase(heard: str) -> None:
    phrases = ["居住证", "公积金租房", "提取"]
    table = PhraseTable([sounds(phrase) for phrase in phrases])
    found = dict(table.nearest([(sound,) for sound in sounds(heard)], share=1.0))
    for number, phrase in enumerate(phrases):
        cost = best_span(sounds(heard), sounds(phrase)).cost
        assert found.get(number, cost) == pytest.approx(cost, abs=1e-4)
        assert (number in found) or cost >= len(phrase)


def test_given_nothing_heard_then_nothing_is_found() -> None:
    table = PhraseTable([toneless("居住证")])
    assert table.windows([], most=0.2, share=0.1) == []
    assert table.nearest([], share=0.25) == []


def test_given_letters_then_they_are_no_syllables() -> None:
    assert sounds("eve考c1") == ["E", "V", "E", "kao", "C", "1"]


def test_given_a_character_of_two_readings_then_the_one_of_its_place_comes_first() -> None:
    assert readings("银行")[1][0] == "hang"
    assert "xing" in readings("银行")[1]
