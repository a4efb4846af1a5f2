"""What a spoken session tells, as JSON."""

from __future__ import annotations

import numpy as np

from assistant.speech.wire import event_payload
from voice.language.expectation import Expectation, ExpectationKind
from voice.opus_clip import opus_clip
from voice.session.events import AudioClip, FinalTranscript, ReplyGiven
from voice.session.reply import SpokenReply
from voice.synthesis.clip import Clip

CLIP = Clip(np.zeros(22_050, np.int16), 22_050)


def test_given_a_reply_then_what_is_expected_and_how_it_is_to_be_given_are_told() -> None:
    reply = SpokenReply(("请输入身份证号。",), Expectation(ExpectationKind.digits, length=18), by_keypad=True)

    assert event_payload(ReplyGiven(1, 2, reply)) == {
        "reply_id": 1,
        "ask_id": 2,
        "sentences": ["请输入身份证号。"],
        "choices": [],
        "expects": "digits",
        "input": "keypad",
        "read_back": None,
        "kept": True,
    }


def test_given_a_number_read_back_then_the_screen_is_told_it() -> None:
    payload = event_payload(ReplyGiven(1, 2, SpokenReply(("对吗？",), read_back="138 0013 8000")))

    assert (payload["read_back"], payload["input"]) == ("138 0013 8000", "speech")


def test_given_a_transcript_then_it_is_told_whether_the_citizen_is_to_look_at_it_first() -> None:
    payload = event_payload(FinalTranscript(4, "居住证怎么办", 0.91234, for_review=True))

    assert payload == {"utterance_id": 4, "text": "居住证怎么办", "confidence": 0.912, "review": True}


def test_given_a_clip_then_it_is_told_how_its_sound_follows() -> None:
    assert event_payload(AudioClip(3, 1, CLIP)) == {
        "clip_id": 3,
        "reply_id": 1,
        "format": "pcm",
        "rate": 22_050,
        "seconds": 1.0,
    }


def test_given_a_clip_in_opus_then_its_packets_and_the_pre_skip_are_told() -> None:
    clip = opus_clip(CLIP)
    payload = event_payload(AudioClip(3, 1, clip))

    assert (payload["format"], payload["rate"], payload["seconds"]) == ("opus", 48_000, 1.0)
    assert (payload["packets"], payload["pre_skip"]) == (len(clip.packets), clip.pre_skip)
