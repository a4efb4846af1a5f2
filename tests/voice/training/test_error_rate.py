"""Transcripts are measured in characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.training.error_rate import character_error_rate, edit_distance


@pytest.mark.parametrize(
    ("said", "heard", "distance"),
    [
        ("办证", "办证", 0),
        ("办证", "", 2),
        ("", "办证", 2),
        ("居住证", "居住正", 1),
        ("身份证", "身证", 1),
        ("一二三", "二三四", 2),
    ],
)
def test_given_two_texts_then_the_fewest_changes_are_counted(said: str, heard: str, distance: int) -> None:
    assert edit_distance(said, heard) == distance


@given(st.text("办证明", max_size=6), st.text("办证明", max_size=6), st.text("办证明", max_size=6))
def test_given_any_texts_then_the_distance_is_one(first: str, second: str, third: str) -> None:
    assert edit_distance(first, second) == edit_distance(second, first)
    assert (edit_distance(first, second) == 0) is (first == second)
    assert edit_distance(first, third) <= edit_distance(first, second) + edit_distance(second, third)


def test_given_transcripts_then_each_character_counts_the_same() -> None:
    assert character_error_rate([("居住证办理", "居住证办理"), ("好", "号")]) == pytest.approx(1 / 6)
    assert character_error_rate([("好", "好好好")]) == 2.0
    assert character_error_rate([]) == 0.0
