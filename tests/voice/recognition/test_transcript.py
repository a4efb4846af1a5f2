"""The transcripts of utterances that follow each other become one."""

from __future__ import annotations

import pytest

from voice.recognition.transcript import Doubt, Transcript, joined

FIRST, SECOND = Transcript("我想办居住证", 0.9, 2.0, 0.1), Transcript("要带什么", 0.6, 1.0, 0.1)
SILENT, LOST = Transcript("", 0.0, 3.0, 0.1, Doubt.SILENCE), Transcript("", 0.0, 3.0, 0.1, Doubt.IMPROBABLE)


def test_given_two_utterances_then_both_are_told_and_the_longer_counts_more() -> None:
    both = joined([FIRST, SECOND])

    assert (both.text, both.seconds, both.doubt) == ("我想办居住证，要带什么", 3.0, None)
    assert both.confidence == pytest.approx(0.8)


def test_given_silence_between_them_then_it_counts_for_nothing() -> None:
    assert joined([FIRST, SILENT]).confidence == pytest.approx(0.9)


def test_given_a_part_that_was_not_understood_then_the_whole_is_less_sure() -> None:
    assert joined([FIRST, LOST]).confidence == pytest.approx(0.36)


def test_given_nothing_understood_then_the_reason_is_told() -> None:
    assert joined([]).doubt is joined([SILENT]).doubt is Doubt.SILENCE
    assert joined([SILENT, LOST]).doubt is Doubt.IMPROBABLE
