"""Where lines of Chinese end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from actions.papers.line_breaks import broken

TEXT = st.text("甲乙丙，。（）《》、；：12ab“”", max_size=60)


def wide(text: str) -> float:
    """A character of a script that fills a square is 2 wide, any other 1."""
    return float(sum(2 if ord(character) > 0x2E80 or character in "“”" else 1 for character in text))


def test_given_a_long_text_when_broken_then_every_line_fits():
    lines = broken("甲乙丙丁戊己庚辛", 6, wide).split("\n")

    assert lines == ["甲乙丙", "丁戊己", "庚辛"]


def test_given_punctuation_at_the_end_of_a_line_when_broken_then_it_takes_a_character_along():
    assert broken("甲乙丙，丁", 6, wide) == "甲乙\n丙，丁"
    assert broken("甲乙（丙）", 6, wide) == "甲乙\n（丙）"


def test_given_a_number_or_a_word_when_broken_then_it_stays_whole():
    assert broken("甲乙 2026 abc", 8, wide) == "甲乙\n2026 abc"


def test_given_lines_when_broken_then_they_stay_lines():
    assert broken("甲\n乙", 6, wide) == "甲\n乙"


@given(TEXT, st.integers(8, 30))
def test_given_any_text_when_broken_then_nothing_is_lost_and_no_line_begins_with_a_closing_mark(text, width):
    lines = broken(text, width, wide).split("\n")

    assert "".join(lines) == text
    for line in lines[1:]:
        assert line[:1] not in tuple("，。）》、；：”")
