"""The tokens stand in the order that faster-whisper counts on."""

from __future__ import annotations

import pytest
from faster_whisper.tokenizer import _LANGUAGE_CODES

from voice.training.vocabulary import Vocabulary

VOCABULARY = Vocabulary.of(["办证", "证明 好"])


def test_given_texts_then_the_characters_come_first_and_the_empty_one_before_them() -> None:
    assert VOCABULARY.characters[:2] == ("", " ")
    assert set(VOCABULARY.characters[2:]) == set("办证明好")
    assert VOCABULARY.tokens[: VOCABULARY.end] == list(VOCABULARY.characters)


def test_given_the_marks_then_they_follow_in_whispers_order() -> None:
    tokens, end = VOCABULARY.tokens, VOCABULARY.end
    assert tokens[end : end + 2] == ["<|endoftext|>", "<|startoftranscript|>"]
    assert tokens[end + 2 : end + 4] == ["<|en|>", "<|zh|>"]
    assert {token[2:-2] for token in tokens[end + 2 : end + 101]} == set(_LANGUAGE_CODES) - {"yue"}
    assert tokens[end + 101 : VOCABULARY.first_timestamp] == [
        "<|translate|>",
        "<|transcribe|>",
        "<|startoflm|>",
        "<|startofprev|>",
        "<|nospeech|>",
        "<|notimestamps|>",
    ]


def test_given_the_timestamps_then_they_are_last_and_reach_thirty_seconds() -> None:
    times = VOCABULARY.tokens[VOCABULARY.first_timestamp :]
    assert (times[0], times[1], times[-1], len(times)) == ("<|0.00|>", "<|0.02|>", "<|30.00|>", 1501)


def test_given_a_mark_then_its_number_is_its_place() -> None:
    assert VOCABULARY.tokens[VOCABULARY.number_of("<|zh|>")] == "<|zh|>"
    assert [VOCABULARY.tokens[number] for number in VOCABULARY.languages][:2] == ["<|en|>", "<|zh|>"]
    assert len(set(VOCABULARY.tokens)) == len(VOCABULARY.tokens)


def test_given_a_text_then_it_is_spelled_and_read_back() -> None:
    (numbers,) = VOCABULARY.spell(["证明好办"])
    assert "".join(VOCABULARY.characters[number] for number in numbers) == "证明好办"
    with pytest.raises(KeyError):
        VOCABULARY.spell(["龙"])
