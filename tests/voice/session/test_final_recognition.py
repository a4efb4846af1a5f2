"""Utterances on their way to a transcript, when the recogniser is slow, full, stalled or broken."""

from __future__ import annotations

from tests.voice.session.scene import FAILS, NEVER, REFUSES, Scene, scene
from voice.recognition.transcript import Transcript
from voice.session.events import SessionState
from voice.session.requests import AskAssistant, Recognize
from voice.session.settings import SessionSettings


def test_given_the_recogniser_stalls_then_the_citizen_is_told_and_the_session_goes_on():
    stage = Scene(SessionSettings(recognition_limit=5.0))
    stage.recognized = NEVER
    stage.speech(0.2, 1.0)
    stage.until(8)

    assert stage.told() == scene("""
        0.10 [listening]
        0.40 speech-started
        0.40 -> recognize a draft
        0.40 [hearing]
        1.30 -> recognize
        1.70 -> cancel recognition
        1.70 speech-ended
        1.70 [recognizing]
        2.50 notice one_moment
        2.50 -> synthesize one_moment
        2.50 [speaking]
        2.60 audio
        3.60 [recognizing]
        6.70 -> cancel recognition
        6.70 notice recognizer_stalled
        6.70 -> synthesize recognizer_stalled
        6.70 [speaking]
        6.80 audio
        7.80 [listening]
    """)


def test_given_the_recogniser_has_stalled_when_it_works_again_then_the_next_turn_is_heard():
    stage = Scene(SessionSettings(recognition_limit=2.0))
    stage.recognized = NEVER
    stage.speech(0.2, 1.0)
    stage.until(6)
    late = stage.of(Recognize)[-1].request_id
    stage.recognized = "办居住证"
    stage.speech(6, 7)
    stage.until(7.5)
    stage.call("transcript_ready", late, Transcript("迟到了", 0.9, 1.0, 9.0))
    stage.until(9)

    assert [ask.text for ask in stage.of(AskAssistant)] == ["办居住证"]


def test_given_the_queue_is_full_then_the_utterance_is_kept_and_tried_again():
    stage = Scene()
    stage.recognized = REFUSES
    stage.speech(0.2, 1.0)
    stage.cue(3.5, lambda now: setattr(stage, "recognized", "办居住证") or [])
    stage.until(4.1)

    assert (
        stage.told().splitlines()[-11:]
        == scene("""
        1.70 speech-ended
        1.70 -> recognize
        1.70 [recognizing]
        1.80 notice busy_wait
        1.80 -> synthesize busy_wait
        1.80 [speaking]
        1.90 audio
        2.80 -> recognize
        2.90 [recognizing]
        3.90 -> recognize
        4.00 transcript 办居住证
        4.00 -> ask 办居住证
        4.00 [thinking]
    """).splitlines()[-11:]
    )


def test_given_the_queue_stays_full_then_it_is_given_up_with_a_notice():
    stage = Scene(SessionSettings(busy_retries=2))
    stage.recognized = REFUSES
    stage.speech(0.2, 1.0)
    stage.until(8)

    assert stage.kinds() == ["busy_wait", "recognizer_busy"]
    assert stage.session.state is SessionState.LISTENING


def test_given_the_recogniser_fails_then_it_is_asked_again():
    stage = Scene()
    stage.recognized = FAILS
    stage.speech(0.2, 1.0)
    stage.until(5)

    assert stage.kinds() == ["say_again"]


def test_given_more_utterances_than_can_wait_then_the_last_is_refused_with_a_notice():
    stage = Scene(SessionSettings(utterances_waiting=1))
    stage.recognized = NEVER
    for at in (0.0, 2.0, 4.0):
        stage.speech(at, at + 1.0)
    stage.until(6)

    assert stage.kinds() == ["one_at_a_time"]


def test_given_an_answer_that_comes_twice_then_it_counts_once():
    stage = Scene()
    stage.speech(0.2, 1.0)
    stage.until(3)
    again = stage.of(Recognize)[-1].request_id
    stage.call("transcript_ready", again, Transcript("又来了", 0.9, 1.0, 0.1))
    stage.until(4)

    assert len(stage.of(AskAssistant)) == 1
