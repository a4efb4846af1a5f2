"""Words are counted with their neighbours, kept, and weighed against those of the language."""

from __future__ import annotations

import pytest

from voice.language.word_counts import BEGINNING, END, WordCounts

SENTENCES = ["公积金怎么提取", "公积金怎么办理", "居住证怎么办理，要带什么"]


@pytest.fixture(scope="module")
def counts() -> WordCounts:
    return WordCounts.of(SENTENCES)


def test_given_sentences_when_counted_then_a_word_is_likelier_after_what_it_followed(counts):
    assert counts.log_probability("怎么", "公积金") > counts.log_probability("怎么", "什么")
    assert counts.log_probability("公积金", BEGINNING) > counts.log_probability("公积金", "公积金")
    assert counts.log_probability(END, "办理") > counts.log_probability(END, "怎么")


def test_given_a_word_that_was_never_seen_when_asked_then_the_language_knows_it(counts):
    assert counts.log_probability("社会", "怎么") > counts.log_probability("社恢", "怎么")


def test_given_texts_when_asked_what_is_a_word_then_theirs_and_the_languages_are(counts):
    assert counts.is_word("公积金") and counts.is_word("社会") and counts.is_word("磕")
    assert counts.begins_word("公积") and not counts.begins_word("积公")
    assert not counts.is_word("公鸡金")


def test_given_counts_when_saved_and_loaded_then_they_are_the_same(counts, tmp_path):
    counts.save(tmp_path / "words.json.gz")
    WordCounts.of(SENTENCES).save(tmp_path / "again.json.gz")
    loaded = WordCounts.load(tmp_path / "words.json.gz")

    assert loaded.log_probability("怎么", "公积金") == counts.log_probability("怎么", "公积金")
    assert loaded.characters == counts.characters == set("公积金怎么提取办理居住证要带什")
    assert (tmp_path / "again.json.gz").read_bytes() == (tmp_path / "words.json.gz").read_bytes()


def test_given_nothing_when_counted_then_the_language_alone_tells():
    nothing = WordCounts.of([])

    assert nothing.log_probability("什么", "怎么") > nothing.log_probability("甚么", "怎么")
    assert nothing.characters == frozenset()
