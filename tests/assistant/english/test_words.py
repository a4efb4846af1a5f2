"""What the words of a question in English say."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.english.words import EnglishWords, is_latin, split


@pytest.fixture
def words(data: Path) -> EnglishWords:
    return EnglishWords.load(data / "english" / "words.yml")


def test_given_a_question_when_it_is_read_then_what_says_something_is_left_in_one_form(words):
    assert words.of("How do I renew my driver's licenses?") == ["renew", "driver", "licence"]
    assert words.of("My driving licence expires") == ["driving", "licence", "renew"]


def test_given_personal_data_that_was_hidden_when_it_is_read_then_the_rest_is_english():
    text = "my passport [护照号1] is lost"

    assert is_latin(text)
    assert split(text) == ["my", "passport", "is", "lost"]
    assert not is_latin("passport 丢了")


@pytest.mark.parametrize(
    ("text", "asks"), [("yes please", False), ("cancel", False), ("ok", False), ("passport", True)]
)
def test_given_a_few_words_when_they_may_be_a_command_then_they_ask_for_nothing(words, text, asks):
    assert words.asks(text) is asks
