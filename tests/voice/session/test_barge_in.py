"""What becomes of our voice when the citizen makes a sound."""

from __future__ import annotations

from tests.voice.session.scene import FRAME, NEVER, Scene, scene, speaking
from voice.session.events import AudioClip, SessionState
from voice.session.reply import SpokenReply
from voice.session.requests import AskAssistant
from voice.session.settings import SessionSettings
from voice.synthesis.clip import Clip


def test_given_we_speak_when_the_citizen_speaks_then_we_are_ducked_and_stop_and_the_rest_is_dropped():
    stage = speaking()
    stage.recognized = "要带照片吗"
    stage.answer = SpokenReply(("要带。",))
    stage.speech(0.6, 1.8)
    stage.until(4.2)

    assert stage.told() == scene("""
        0.66 duck
        0.80 speech-started
        0.80 -> recognize a draft
        0.80 [hearing]
        1.10 stop-audio
        1.40 -> recognize a draft
        1.50 transcript-partial 要带照片吗
        1.90 -> recognize a draft
        2.10 -> recognize
        2.50 speech-ended
        2.50 transcript 要带照片吗
        2.50 -> ask 要带照片吗 (heard part)
        2.50 [thinking]
        2.70 reply 要带。
        2.70 -> synthesize 要带。
        2.70 [speaking]
        2.80 audio
        3.80 [listening]
    """)


def test_given_we_speak_when_the_citizen_coughs_then_we_go_on_as_before():
    stage = speaking()
    stage.sound(0.6)
    stage.until(3.5)

    assert stage.told() == scene("""
        0.66 duck
        1.40 resume
        1.40 audio
        3.30 [listening]
    """)


def test_given_a_sound_that_does_not_end_when_it_is_no_speech_then_we_resume_in_time():
    stage = speaking()
    stage.sound(0.6, seconds=5.0)
    stage.until(4)

    assert "2.20 resume" in stage.told()


def test_given_we_speak_when_the_citizen_hums_for_a_moment_then_it_is_no_turn():
    stage = speaking()
    stage.recognized = "嗯"
    stage.speech(0.6, 0.9)
    stage.until(3.5)

    assert stage.told() == scene("""
        0.66 duck
        0.80 speech-started
        0.80 -> recognize a draft
        0.80 [hearing]
        1.20 -> recognize
        1.30 transcript-partial 嗯
        1.60 speech-ended
        1.60 speech-ignored filler
        1.60 resume
        1.60 audio
        1.60 [speaking]
        3.30 [listening]
    """)


def test_given_a_filler_that_lasts_when_a_draft_knows_it_then_it_stops_nothing():
    stage = speaking()
    stage.recognized = "嗯，哦"
    stage.speech(0.6, 1.6)
    stage.until(4)

    story = stage.told()
    assert "stop-audio" not in story
    assert "2.30 speech-ignored filler" in story


def test_given_a_filler_at_first_when_more_is_said_then_we_stop_as_soon_as_it_is_known():
    stage = speaking()
    stage.recognized = "嗯"
    stage.cue(1.2, lambda now: setattr(stage, "recognized", "嗯我想问照片") or [])
    stage.speech(0.6, 2.0)
    stage.until(4)

    assert "1.40 stop-audio" in stage.told()
    assert stage.of(AskAssistant)[-1].text == "嗯我想问照片"


def test_given_a_filler_has_stopped_us_then_the_citizen_is_asked_and_not_left_in_silence():
    stage = speaking()
    stage.recognized, stage.recognition_takes = "嗯", 0.4
    stage.speech(0.6, 1.6)
    stage.until(4)

    assert stage.kinds() == ["say_again"]


def test_given_we_speak_when_a_short_answer_is_sure_then_it_is_a_turn():
    stage = speaking()
    stage.recognized = "对"
    stage.speech(0.6, 0.9)
    stage.until(1.7)

    assert (
        stage.told().splitlines()[-5:]
        == scene("""
        1.60 speech-ended
        1.60 transcript 对
        1.60 stop-audio
        1.60 -> ask 对 (heard part)
        1.60 [thinking]
    """).splitlines()
    )


def test_given_we_speak_when_a_short_sound_is_unsure_then_we_go_on():
    stage = speaking()
    stage.recognized, stage.confidence = "对", 0.5
    stage.speech(0.6, 0.9)
    stage.until(1.7)

    assert "speech-ignored noise\n1.60 resume" in stage.told()


def test_given_we_are_ducked_when_the_recogniser_is_slow_then_we_resume_and_stop_again_for_a_turn():
    stage = speaking(clip_seconds=3.0)
    stage.recognized, stage.recognition_takes = "对", 2.5
    stage.speech(0.6, 0.9)
    stage.until(5)

    story = stage.told()
    assert story.index("3.10 resume") < story.index("3.70 transcript 对") < story.index("3.70 stop-audio")


def test_given_speech_is_not_understood_when_it_has_stopped_us_then_it_is_asked_again():
    stage = speaking()
    stage.recognized = ""
    stage.speech(0.6, 1.8)
    stage.until(4)

    assert stage.kinds() == ["say_again"]


def test_given_we_speak_when_the_screen_is_touched_then_we_stop():
    stage = speaking()
    stage.call("touched")
    stage.until(3)

    assert stage.told() == scene("""
        0.50 stop-audio
        0.50 [listening]
    """)


def test_given_clips_of_what_was_stopped_when_they_come_late_then_they_are_not_played():
    stage = Scene()
    stage.synthesis = NEVER
    stage.call("announced", SpokenReply(("第一句。",)))
    clip_id = stage.outputs[1].clip_id
    stage.call("touched")
    stage.call("clip_ready", clip_id, Clip(FRAME.astype("int16"), 16000))

    assert stage.of(AudioClip) == []
    assert stage.session.state is SessionState.LISTENING


def test_given_a_loudspeaker_when_we_speak_then_the_microphone_is_deaf_until_a_little_after():
    stage = Scene(SessionSettings(half_duplex=True))
    stage.answer = SpokenReply(("第一句。",))
    stage.call("typed", "办居住证")
    stage.speech(0.4, 0.8)
    stage.until(3)

    assert stage.told() == scene("""
        0.00 -> ask 办居住证
        0.00 [thinking]
        0.20 reply 第一句。
        0.20 -> synthesize 第一句。
        0.20 [speaking]
        0.30 audio
        0.30 microphone deaf
        1.30 [listening]
        1.60 microphone hears
    """)


def test_given_a_loudspeaker_when_the_screen_is_touched_then_the_citizen_is_heard():
    stage = speaking(SessionSettings(half_duplex=True))
    stage.call("touched")
    stage.speech(0.9, 2.0)
    stage.until(3)

    assert stage.told().splitlines()[:3] == ["0.50 stop-audio", "0.50 [listening]", "0.80 microphone hears"]
    assert len(stage.of(AskAssistant)) == 2


def test_given_a_loudspeaker_when_the_button_is_held_then_the_citizen_is_heard_at_once():
    stage = speaking(SessionSettings(half_duplex=True))
    stage.call("hold_pressed")

    assert stage.told().splitlines()[:3] == ["0.50 stop-audio", "0.50 speech-started", "0.50 microphone hears"]


def test_given_a_loudspeaker_and_pauses_when_the_citizen_speaks_between_two_sentences_then_we_stop():
    stage = speaking(SessionSettings(half_duplex=True, listening_pause=0.6))
    stage.recognized = "要带照片吗"
    stage.speech(1.75, 2.5)
    stage.until(3.3)

    assert stage.told().splitlines()[:2] == ["1.60 microphone hears", "1.95 speech-started"]
    assert len(stage.of(AudioClip)) == 1
    assert stage.of(AskAssistant)[-1].text == "要带照片吗"


def test_given_a_loudspeaker_and_pauses_when_nobody_speaks_then_we_go_on():
    stage = speaking(SessionSettings(half_duplex=True, listening_pause=0.6))
    stage.until(6)

    assert stage.told() == scene("""
        1.60 microphone hears
        2.20 audio
        2.20 microphone deaf
        3.50 microphone hears
        4.10 audio
        4.10 microphone deaf
        5.10 [listening]
        5.40 microphone hears
    """)
