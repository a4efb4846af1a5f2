"""Sentences with a well-known word misspelled are left out."""

from __future__ import annotations

from voice.training.spelling import well_spelled

KNOWN = [f"{opening}资格{ending}" for opening in ("我有", "申请") for ending in ("怎么办", "在哪里办", "要多久", "吗")]


def test_given_a_well_known_word_in_other_characters_then_the_sentence_is_left_out() -> None:
    assert well_spelled([*KNOWN, "申请姿格怎么办"]) == KNOWN


def test_given_words_of_the_dictionary_that_sound_alike_then_both_are_kept() -> None:
    sentences = [f"{word}怎么办" for word in ("公式", "公示") for _ in range(7)]
    assert well_spelled(sentences) == sentences


def test_given_a_word_that_stands_in_few_sentences_then_nothing_is_judged_by_it() -> None:
    sentences = ["教师资格怎么办", "教师姿格怎么办"]
    assert well_spelled(sentences) == sentences


def test_given_no_sentences_then_none_are_returned() -> None:
    assert well_spelled([]) == []
