"""How the turns of a crowd are summed up."""

from __future__ import annotations

from typing import Any

from benchmarks.crowd import summary
from benchmarks.spoken_turns import SpokenTurn


def turn(outcome: str = "reply", first_sound: float | None = 1.0, first_word: float | None = 1.0) -> SpokenTurn:
    return SpokenTurn("", outcome, first_sound, {}, (), 0, 0, first_word)


def figures(*turns: SpokenTurn) -> dict[str, Any]:
    return {one["name"]: one for one in summary(turns, len(turns))["figures"]}


def test_given_all_are_answered_then_the_budgets_are_kept_and_who_was_told_to_wait_is_counted():
    told = figures(turn(), turn(first_sound=8.0, first_word=2.5))

    assert told["utterances given up or not answered"]["value"] == 0
    assert told["longest silence after speech"]["value"] == 2.5
    assert told["longest silence after speech"]["note"].startswith("1 ")
    assert all(one["passed"] is not False for one in told.values())


def test_given_one_is_given_up_or_left_in_silence_then_it_is_a_miss():
    stalled = figures(turn(), turn("recognizer_stalled"))
    silent = figures(turn(), turn("unanswered", None, None))

    assert stalled["utterances given up or not answered"]["passed"] is False
    assert [one["passed"] for one in silent.values()][1:3] == [False, False]
