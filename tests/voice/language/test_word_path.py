"""The likeliest way to read a text as words."""

from __future__ import annotations

from voice.language.word_path import Word, likeliest_path


def test_given_words_that_compete_then_the_likeliest_way_is_taken() -> None:
    single = [Word[str](place, place + 1, -10.0) for place in range(4)]
    pair, triple = Word(1, 3, -12.0, "pair"), Word(0, 3, -25.0, "triple")
    assert likeliest_path(4, [*single, pair, triple]) == [single[0], pair, single[3]]


def test_given_nothing_then_the_way_is_empty() -> None:
    assert likeliest_path(0, []) == []
