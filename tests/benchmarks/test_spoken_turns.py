"""What is read off the events of a spoken session, and how a crowd is summed up."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.spoken_line import LONGEST_WAIT_S
from benchmarks.spoken_turns import SpokenTurn, Told, is_answered, partial_lags, turn_of
from benchmarks.voice import carried, crowd_summary

REPLY = [
    Told(9.0, "transcript-partial", {"utterance_id": 1, "text": "我想"}),
    Told(10.7, "speech-ended", {"utterance_id": 1}),
    Told(10.8, "transcript", {"utterance_id": 1, "text": "我想问"}),
    Told(10.9, "reply", {"reply_id": 4}),
    Told(11.2, "audio", {"reply_id": 4}),
    Told(11.3, "audio", {"reply_id": 4}),
]


def heard(first_sound: float | None, busy: int = 0) -> SpokenTurn:
    return SpokenTurn("", "unanswered" if first_sound is None else "reply", first_sound, {}, (), 0, busy)


def test_given_a_reply_when_read_then_its_first_sound_is_split_into_stages():
    turn = turn_of("我想问", REPLY, 10.0, [8.2, 8.6, 9.9])

    assert (turn.outcome, turn.untold) == ("reply", 1)
    assert turn.first_sound == pytest.approx(1.2)
    assert turn.stages == pytest.approx({"end_pointing": 0.7, "recognition": 0.1, "turn": 0.1, "synthesis": 0.3})
    assert sum(turn.stages.values()) == pytest.approx(turn.first_sound)
    assert turn.first_word == turn.first_sound
    assert turn.partial_lags == pytest.approx((0.8, 0.4))


def test_given_one_moment_and_then_a_notice_when_read_then_only_the_notice_answers():
    moment: list[Any] = [Told(11.5, "notice", {"notice": "one_moment"}), Told(11.6, "audio", {"reply_id": None})]
    again = [Told(12.0, "notice", {"notice": "say_again"}), Told(12.1, "audio", {"reply_id": None})]

    assert not is_answered(moment, 10.0)
    turn = turn_of("是", moment + again, 10.0, [])
    assert (turn.outcome, turn.first_sound) == ("say_again", pytest.approx(2.1))


def test_given_a_reply_to_the_words_before_when_read_then_it_is_no_answer():
    assert turn_of("是", [Told(9.5, "reply", {"reply_id": 1}), Told(10.1, "audio", {"reply_id": 1})], 10.0, []) == (
        SpokenTurn("是", "unanswered", None, {}, (), 0, 0)
    )


def test_given_partials_when_they_grow_and_shrink_then_each_character_counts_once():
    assert partial_lags([(2.0, "我，想"), (2.5, "我"), (3.0, "我想问一下")], [1.0, 1.5, 2.0]) == [1.0, 0.5, 1.0]


def test_given_a_crowd_when_someone_is_not_answered_then_they_waited_to_the_end():
    summary = crowd_summary(2, [heard(1.0), heard(None, busy=2)])

    assert summary["p95_s"] > 0.9 * LONGEST_WAIT_S
    assert (summary["busy"], summary["outcomes"]) == (1, {"reply": 1, "unanswered": 1})


def test_given_crowds_when_a_smaller_one_waits_too_long_then_a_larger_one_is_not_carried():
    crowds = [{"speakers": size, "p95_s": p95} for size, p95 in ((1, 1.0), (2, 1.9), (5, 2.1), (10, 1.5))]

    assert carried(crowds) == 2
    assert carried(crowds[2:]) == 0
