"""Which sentences of a passage are said."""

from __future__ import annotations

from knowledge_base.passages.excerpt import excerpt

LONG = "".join(f"第{number}点讲的是别的事情，与此无关。" for number in range(30)) + "复印一般免费。打印也免费。"


def test_given_a_short_text_then_all_of_it_is_said():
    assert excerpt("复印一般免费。", lambda stretch: 0.0) == "复印一般免费。"


def test_given_a_long_text_then_the_whole_sentences_that_hold_most_are_said():
    said = excerpt(LONG, lambda stretch: stretch.count("免费"))

    assert "复印一般免费。打印也免费。" in said and len(said) <= 300 and said in LONG


def test_given_nothing_that_is_held_then_the_beginning_is_said():
    assert LONG.startswith(excerpt(LONG, lambda stretch: 0.0))


def test_given_one_endless_sentence_then_it_is_cut_and_says_so():
    said = excerpt("长" * 900, lambda stretch: 0.0)

    assert len(said) == 300 and said.endswith("…")
