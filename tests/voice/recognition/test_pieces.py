"""Long speech is cut at its pauses, nothing of it is lost, and what is short stays whole."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.voice.speech import spoken
from voice.audio import SAMPLE_RATE
from voice.recognition.pieces import PieceRule, pieces
from voice.recognition.whisper_model import CLAUSES, WINDOWS

RULE = PieceRule(longest_whole_s=4.0, shortest_s=1.0, longest_s=3.0)


def tone(seconds: float, loud: float = 0.3) -> np.ndarray:
    return (loud * np.sin(np.arange(round(seconds * SAMPLE_RATE)) * 0.3)).astype(np.float32)


def quiet(seconds: float) -> np.ndarray:
    return np.random.default_rng(0).normal(0.0, 0.0005, round(seconds * SAMPLE_RATE)).astype(np.float32)


def seconds(cut: list[np.ndarray]) -> list[float]:
    return [round(len(piece) / SAMPLE_RATE, 1) for piece in cut]


def test_given_a_short_clip_then_it_stays_whole() -> None:
    clip = np.concatenate([tone(1.5), quiet(0.5), tone(1.5)])

    assert [piece is clip for piece in pieces(clip, RULE)] == [True]


def test_given_a_long_clip_then_it_is_cut_at_its_longest_pauses() -> None:
    clip = np.concatenate([tone(1.5), quiet(0.2), tone(1.0), quiet(0.4), tone(2.0), quiet(0.16), tone(0.5)])

    assert seconds(pieces(clip, RULE)) == [2.9, 2.9]


def test_given_a_long_pause_then_its_middle_is_left_out() -> None:
    clip = np.concatenate([tone(2.0), quiet(6.0), tone(2.0)])

    assert seconds(pieces(clip, RULE)) == [2.2, 2.2]


def test_given_no_pause_then_what_is_too_long_is_cut_where_it_is_quietest() -> None:
    clip = np.concatenate([tone(2.5), tone(0.05, 0.1), tone(3.0)])

    cut = pieces(clip, RULE)

    assert seconds(cut) == [2.5, 3.0]
    assert np.array_equal(np.concatenate(cut), clip)


def test_given_noise_over_all_then_pauses_are_found_beside_it() -> None:
    clip = np.concatenate([tone(2.0), quiet(0.4), tone(2.5)])
    noise = np.random.default_rng(1).normal(0.0, 0.04, len(clip)).astype(np.float32)

    assert seconds(pieces(clip + noise, RULE)) == seconds(pieces(clip, RULE))


def test_given_our_own_model_then_a_number_in_groups_stays_whole_and_a_long_sentence_does_not() -> None:
    number = spoken("幺幺零幺零五，幺九四九，幺二三幺，零零二叉", speed=190)
    clause = spoken("我想问一下孩子刚刚出生在这里上户口")
    sentence = np.concatenate([clause, quiet(0.3), clause, quiet(0.3), clause])

    assert len(pieces(number, CLAUSES)) == 1
    assert len(pieces(sentence, CLAUSES)) > 1
    assert len(pieces(sentence, WINDOWS)) == 1


parts = st.lists(st.tuples(st.booleans(), st.sampled_from([0.05, 0.16, 0.4, 1.0, 4.0])), max_size=12)


@given(parts, st.sampled_from([RULE, CLAUSES]))
def test_given_any_clip_then_no_piece_is_too_long_and_nothing_loud_is_lost(
    made: list[tuple[bool, float]], rule: PieceRule
) -> None:
    clip = np.concatenate([np.zeros(0, np.float32), *(tone(s) if loud else quiet(s) for loud, s in made)])
    cut = pieces(clip, rule)

    assert sum(map(loudness, cut)) >= loudness(clip) * 0.999
    assert all(len(piece) / SAMPLE_RATE <= max(rule.longest_whole_s, rule.longest_s) + 0.5 for piece in cut)


def loudness(samples: np.ndarray) -> float:
    return float(np.sum(np.abs(samples) > 0.05))
