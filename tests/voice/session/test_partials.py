"""Drafts of speech that goes on: what is shown of them, and how often they are asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voice.session.scene import NEVER, Scene
from voice.session.events import FinalTranscript, PartialTranscript
from voice.session.partials import AgreedPrefix, PartialDecoding, agreed_prefix
from voice.session.requests import CancelRecognition, RecognitionKind, Recognize
from voice.session.settings import SessionSettings

words = st.text("办居住证，。 ab", max_size=8)


@pytest.mark.parametrize(
    ("earlier", "later", "agreed"),
    [
        ("怎么办", "怎么办居住证", "怎么办"),
        ("怎么办居", "怎么办局长", "怎么办"),
        ("你好，怎么", "你好怎么办", "你好怎么"),
        ("你好怎么", "你好，怎么办", "你好，怎么"),
        ("", "怎么办", ""),
        ("怎么办", "", ""),
        ("怎么办居住证", "怎么办", "怎么办"),
        ("甲", "乙", ""),
    ],
)
def test_given_two_decodings_then_their_common_beginning_is_agreed(earlier: str, later: str, agreed: str):
    assert agreed_prefix(earlier, later) == agreed


@given(words, words)
def test_given_any_two_decodings_then_what_is_agreed_begins_the_later_and_says_no_more_than_the_earlier(
    earlier: str, later: str
):
    agreed = agreed_prefix(earlier, later)

    said = "".join(filter(str.isalnum, agreed))
    assert later.startswith(agreed)
    assert "".join(filter(str.isalnum, earlier)).startswith(said)


def test_given_decodings_one_after_the_other_then_only_changes_of_what_is_agreed_are_told():
    prefix = AgreedPrefix()

    told = [prefix.shown if prefix.add(text) else None for text in ("怎么", "怎么办", "怎么办居", "怎么办居", "办")]
    assert told == [None, "怎么", "怎么办", "怎么办居", ""]


def test_given_a_decoding_in_flight_then_the_next_waits_for_it_and_for_its_time():
    decoding = PartialDecoding(every=0.5, limit=3.0)
    decoding.begin(7, now=1.0)

    assert not decoding.is_due(2.0) and decoding.is_overdue(4.0)
    assert not decoding.end(6) and decoding.end(7) and not decoding.end(7)
    assert not decoding.is_due(1.4) and decoding.is_due(1.5)


def test_given_long_speech_then_drafts_come_at_most_twice_a_second_and_none_is_shown_after_the_end():
    stage = Scene()
    stage.speech(0.0, 5.0)
    stage.until(8)

    drafts = [request for request in stage.of(Recognize) if request.kind is RecognitionKind.PARTIAL]
    assert 9 <= len(drafts) <= 12
    kinds = [type(output) for output in stage.outputs if isinstance(output, PartialTranscript | FinalTranscript)]
    assert kinds == [PartialTranscript, FinalTranscript]


def test_given_a_draft_that_never_comes_then_it_is_cancelled_and_another_asked_for():
    stage = Scene(SessionSettings(partial_limit=1.0))
    stage.recognized = NEVER
    stage.speech(0.0, 3.0)
    stage.until(2.9)

    drafts = [request.request_id for request in stage.of(Recognize)]
    assert len(drafts) == 3
    assert [cancelled.request_id for cancelled in stage.of(CancelRecognition)] == drafts[:-1]
