"""Scenes of a spoken session, told from the first word to the last: what is said, asked and shown, and when."""

from __future__ import annotations

import numpy as np
import pytest

from tests.voice.session.scene import FRAME, NEVER, Scene, scene, speaking, utterance
from tests.voice.speech import spoken
from voice.audio import SAMPLE_RATE
from voice.endpointing.endpointer import Endpointer
from voice.endpointing.events import EndReason, SpeechEnded, SpeechPaused, SpeechStarted
from voice.endpointing.settings import PatienceHint
from voice.endpointing.voice_activity import SileroModel, VoiceActivity
from voice.language.expectation import Expectation, ExpectationKind
from voice.recognition.transcript import Transcript
from voice.session.events import AudioClip, FinalTranscript, Notice, ReplyGiven, SessionState
from voice.session.reply import Heard, SpokenReply
from voice.session.requests import AskAssistant, RecognitionKind, Recognize, Synthesize
from voice.session.settings import SessionSettings
from voice.session.spoken_session import SpokenSession
from voice.session.turn_words import TurnWords


def test_given_a_question_when_it_is_spoken_then_it_is_shown_as_it_grows_and_answered_aloud():
    stage = Scene()
    stage.answer = SpokenReply(("请带身份证。", "到窗口办理。"))
    stage.speech(0.5, 2.0)
    stage.until(6)

    assert stage.told() == scene("""
        0.10 [listening]
        0.70 speech-started
        0.70 -> recognize a draft
        0.70 [hearing]
        1.20 -> recognize a draft
        1.30 transcript-partial 怎么办居住证
        1.70 -> recognize a draft
        2.20 -> recognize a draft
        2.30 -> recognize
        2.70 speech-ended
        2.70 transcript 怎么办居住证
        2.70 -> ask 怎么办居住证
        2.70 [thinking]
        2.90 reply 请带身份证。到窗口办理。
        2.90 -> synthesize 请带身份证。
        2.90 -> synthesize 到窗口办理。
        2.90 [speaking]
        3.00 audio
        3.00 audio
        5.00 [listening]
    """)


def test_given_more_is_said_after_a_pause_then_the_whole_is_recognised_and_asked_once():
    stage = Scene()
    stage.recognition_takes = 0.3
    whole = utterance(0.0, 2.0)
    stage.hears(SpeechStarted(0.2, 0.0), at=0.2)
    stage.hears(SpeechPaused(1.0, utterance(0.0, 0.7)), at=1.0)
    stage.hears(SpeechEnded(2.7, whole, EndReason.SILENCE), at=2.7)
    stage.until(3.2)

    finals = [request for request in stage.of(Recognize) if request.kind is RecognitionKind.FINAL]
    assert [len(finals), len(stage.of(AskAssistant))] == [2, 1]
    assert finals[-1].audio is whole.samples


def test_given_a_slow_assistant_then_one_moment_is_said_once_after_a_second_and_a_half():
    stage = Scene()
    stage.answer_takes = 6.0
    stage.speech(0.2, 1.0)
    stage.until(9.5)

    assert (
        stage.told().splitlines()[-12:]
        == scene("""
        1.70 speech-ended
        1.70 transcript 怎么办居住证
        1.70 -> ask 怎么办居住证
        1.70 [thinking]
        2.50 notice one_moment
        2.50 -> synthesize one_moment
        2.60 audio
        7.70 reply 请带身份证。
        7.70 -> synthesize 请带身份证。
        7.70 [speaking]
        7.80 audio
        8.80 [listening]
    """).splitlines()
    )


def test_given_the_answer_comes_first_then_one_moment_is_not_said_any_more():
    stage = Scene()
    stage.answer_takes, stage.synthesis_takes = 0.85, 0.2
    stage.speech(0.2, 1.0)
    stage.until(6)

    assert stage.kinds() == ["one_moment"]
    assert "-> cancel synthesis" in stage.told()


def test_given_a_button_when_held_then_only_what_is_said_meanwhile_counts():
    stage = Scene(SessionSettings(hands_free=False))
    stage.speech(0.2, 0.9)
    stage.until(2.0)
    stage.call("hold_pressed")
    stage.until(3.2)
    stage.call("hold_released")
    stage.until(6)

    assert stage.told() == scene("""
        0.10 [listening]
        2.00 speech-started
        2.00 [hearing]
        2.10 -> recognize a draft
        2.60 -> recognize a draft
        2.70 transcript-partial 怎么办居住证
        3.10 -> recognize a draft
        3.20 speech-ended
        3.20 -> recognize
        3.20 [recognizing]
        3.30 transcript 怎么办居住证
        3.30 -> ask 怎么办居住证
        3.30 [thinking]
        3.50 reply 请带身份证。
        3.50 -> synthesize 请带身份证。
        3.50 [speaking]
        3.60 audio
        4.60 [listening]
    """)


def test_given_a_button_when_held_and_nothing_said_then_the_citizen_is_told():
    stage = speaking(SessionSettings(hands_free=False))
    stage.call("hold_pressed")
    stage.until(0.6)
    stage.call("hold_released")
    stage.until(2.5)

    assert stage.told() == scene("""
        0.50 stop-audio
        0.50 speech-started
        0.50 [hearing]
        0.60 -> recognize a draft
        0.60 -> cancel recognition
        0.60 speech-ended
        0.60 notice nothing_heard
        0.60 -> synthesize nothing_heard
        0.60 [speaking]
        0.70 audio
        1.70 [listening]
    """)


def test_given_a_button_that_is_never_let_go_when_no_more_sound_comes_then_it_counts_as_let_go():
    stage = Scene(SessionSettings(hands_free=False))
    stage.until(1.0)
    stage.call("hold_pressed")
    stage.call("audio", FRAME)
    stage.call("tick")
    stage.now = 4.1
    stage.call("tick")

    assert stage.session.state is SessionState.RECOGNIZING


def test_given_an_answer_is_on_its_way_when_something_else_is_asked_then_each_is_answered_in_its_turn():
    stage = Scene()
    stage.answer_takes = 2.5
    stage.speech(0.2, 1.0)
    stage.until(1.7)
    stage.recognized = "在哪里办"
    stage.speech(1.7, 2.6)
    stage.until(10)

    asks = stage.of(AskAssistant)
    assert [(ask.text, ask.reply_heard) for ask in asks] == [("怎么办居住证", Heard.WHOLE), ("在哪里办", Heard.NOTHING)]
    said = [clip.reply_id for clip in stage.of(AudioClip) if clip.reply_id]
    assert said == [reply.reply_id for reply in stage.of(ReplyGiven)]


def test_given_the_citizen_speaks_when_the_answer_comes_then_it_is_shown_and_not_said_over_them():
    stage = Scene()
    stage.answer_takes = 1.0
    stage.speech(0.2, 1.0)
    stage.until(1.8)
    stage.recognized = "我是说居住证"
    stage.speech(2.0, 4.0)
    stage.until(4.9)

    assert [reply.ask_id for reply in stage.of(ReplyGiven)] == [ask.ask_id for ask in stage.of(AskAssistant)[:1]]
    assert stage.of(AudioClip) == []
    assert [ask.text for ask in stage.of(AskAssistant)] == ["怎么办居住证", "我是说居住证"]


def test_given_a_sound_like_listening_when_the_answer_is_awaited_then_the_answer_is_said_all_the_same():
    stage = Scene()
    stage.answer_takes = 1.0
    stage.speech(0.2, 1.0)
    stage.until(1.8)
    stage.recognized = "嗯"
    stage.speech(2.0, 2.9)
    stage.until(6)

    assert len(stage.of(AskAssistant)) == len(stage.of(AudioClip)) == 1
    assert "3.60 speech-ignored filler" in stage.told()


def test_given_a_long_noise_while_the_answer_is_awaited_then_the_answer_is_said_all_the_same():
    stage = Scene()
    stage.answer_takes = 1.0
    stage.speech(0.2, 1.0)
    stage.until(1.8)
    stage.recognized = ""
    stage.speech(2.0, 3.4)
    stage.until(6)

    assert len(stage.of(AudioClip)) == 1
    assert stage.kinds() == []
    assert "4.10 speech-ignored not_understood" in stage.told()


def test_given_an_utterance_that_has_no_end_then_the_citizen_is_told_in_the_end():
    stage = Scene(SessionSettings(longest_utterance=10.0))
    stage.hears(SpeechStarted(0.2, 0.0), at=0.2)
    stage.until(12)

    assert stage.kinds() == ["nothing_heard"]
    assert stage.session.state is SessionState.LISTENING


def test_given_a_button_still_held_after_too_long_an_utterance_then_the_answer_waits_until_it_is_let_go():
    stage = Scene()
    stage.call("hold_pressed")
    stage.hears(SpeechEnded(3.0, utterance(0.0, 3.0), EndReason.TOO_LONG), at=3.0)
    stage.until(5.0)
    before = stage.of(AudioClip)
    stage.call("hold_released")
    stage.until(5.1)

    assert before == []
    assert len(stage.of(AudioClip)) == 1


def test_given_a_yes_is_awaited_when_it_is_said_then_the_microphone_waits_less_and_hears_short_sounds():
    stage = speaking(reply=SpokenReply(("确认提交吗？",), Expectation(ExpectationKind.yes_no)))
    stage.until(2.0)
    stage.recognized = "确认"
    stage.speech(2.0, 2.6)
    stage.until(2.5)

    assert stage.endpointer.expects_short_answer
    assert stage.endpointer.hints[-1] is PatienceHint.COMPLETE_ANSWER


def test_given_a_number_is_awaited_when_part_of_it_is_said_then_the_microphone_waits_longer():
    stage = speaking(reply=SpokenReply(("手机号是多少？",), Expectation(ExpectationKind.digits, length=11)))
    stage.until(2.0)
    stage.recognized = "一三八零零"
    stage.speech(2.0, 3.0)
    stage.until(2.5)

    assert stage.endpointer.hints[-1] is PatienceHint.DIGITS_UNFINISHED
    assert stage.of(Recognize)[-1].expectation.length == 11


def test_given_unclear_digits_then_they_are_asked_with_their_confidence_and_not_judged_here():
    stage = Scene()
    stage.recognized, stage.confidence = "一三八零零零零零零零零", 0.4
    stage.speech(0.2, 2.0)
    stage.until(3)

    assert [ask.confidence for ask in stage.of(AskAssistant)] == [0.4]


def test_given_what_is_not_understood_then_it_is_asked_again_then_choices_then_a_person_are_offered():
    stage = speaking(reply=SpokenReply(("哪一个？",), choices=("居住证", "身份证")))
    stage.until(2)
    stage.recognized = ""
    for at in (2, 6, 10, 14):
        stage.speech(at, at + 1)
    stage.until(18)

    assert stage.kinds() == ["say_again", "choices_offered", "person_offered", "person_offered"]
    assert [notice.choices for notice in stage.of(Notice)] == [(), ("居住证", "身份证"), (), ()]
    assert [request.sentence for request in stage.of(Synthesize)[1:]] == [notice.kind for notice in stage.of(Notice)]


def test_given_a_good_turn_between_then_the_count_of_what_was_not_understood_begins_anew():
    stage = Scene()
    for at, text in ((0, ""), (4, "办居住证"), (8, "。")):
        stage.recognized = text
        stage.speech(at, at + 1)
        stage.until(at + 4)

    assert stage.kinds() == ["say_again", "say_again"]


@pytest.mark.parametrize("confidence", [0.2, float("nan")])
def test_given_a_very_low_confidence_then_the_words_are_not_relied_on(confidence: float):
    stage = Scene()
    stage.confidence = confidence
    stage.speech(0.2, 1.0)
    stage.until(3)

    assert stage.kinds() == ["say_again"]
    assert stage.of(AskAssistant) == stage.of(FinalTranscript) == []


def test_given_text_is_typed_while_we_speak_then_our_voice_stops_and_it_is_the_next_turn():
    stage = speaking()
    stage.call("typed", "  要带照片吗  ")
    stage.until(0.6)

    assert stage.told() == scene("""
        0.50 stop-audio
        0.50 -> ask 要带照片吗
        0.50 [thinking]
    """)
    assert stage.of(AskAssistant)[-1].typed


def test_given_text_is_typed_while_the_citizen_speaks_then_what_is_being_said_is_left():
    stage = Scene()
    stage.speech(0.2, 3.0)
    stage.until(0.8)
    stage.told()
    stage.call("typed", "要带照片吗")

    assert stage.told() == scene("""
        0.80 speech-ended
        0.80 speech-ignored superseded
        0.80 -> ask 要带照片吗
        0.80 [thinking]
    """)


def test_given_too_many_turns_at_once_then_those_that_cannot_wait_are_refused_with_a_notice():
    stage = Scene(SessionSettings(turns_waiting=1))
    stage.answer = NEVER
    for text in ("一", "二", "三"):
        stage.call("typed", text)

    assert [ask.text for ask in stage.of(AskAssistant)] == ["一"]
    assert stage.kinds() == ["one_at_a_time"]


def test_given_a_greeting_then_it_is_said_though_nobody_asked():
    stage = Scene()
    stage.call("announced", SpokenReply(("您好。",), choices=("居住证",)))
    stage.until(2)

    assert stage.told() == scene("""
        0.00 reply 您好。
        0.00 -> synthesize 您好。
        0.00 [speaking]
        0.10 audio
        1.10 [listening]
    """)


def test_given_a_person_has_the_conversation_then_silence_is_theirs_to_break():
    stage = Scene()
    stage.answer = SpokenReply((), with_person=True)
    stage.call("typed", "转人工")
    stage.until(1.0)
    stage.answer_takes = 4.0
    stage.call("typed", "在吗")
    stage.until(6)

    assert stage.kinds() == []
    assert len(stage.of(ReplyGiven)) == 2


def test_given_no_voice_then_replies_are_shown_and_the_next_turn_begins_at_once():
    stage = Scene(voice_out=False)
    stage.call("typed", "一")
    stage.call("typed", "二")
    stage.until(1)

    assert stage.of(Synthesize) == []
    assert len(stage.of(ReplyGiven)) == 2
    assert stage.session.state is SessionState.LISTENING


def test_given_a_long_reply_then_the_end_of_it_is_left_to_the_screen():
    stage = speaking(SessionSettings(longest_reply=2))
    stage.until(4)

    assert [notice.unsaid for notice in stage.of(Notice)] == [("第三句。",)]
    assert len(stage.of(AudioClip)) == 2


def test_given_the_client_is_gone_then_what_was_asked_is_told_when_it_is_back():
    stage = Scene()
    stage.answer_takes = 2.0
    stage.speech(0.2, 1.0)
    stage.until(1.75)
    stage.told()
    stage.call("disconnected")
    stage.until(5)
    stage.call("reconnected")

    assert stage.told() == scene("""
        5.00 reply 请带身份证。
        5.00 [listening]
    """)


def test_given_the_client_does_not_come_back_then_the_session_ends():
    stage = speaking(SessionSettings(reconnect_limit=10.0))
    stage.call("disconnected")
    stage.until(10.6)

    assert stage.told().splitlines()[-1] == "10.50 closed"
    assert stage.session.state is SessionState.CLOSED


def test_given_the_end_of_a_session_then_all_that_is_under_way_is_let_go_and_nothing_follows():
    stage = speaking()
    stage.recognized = NEVER
    stage.speech(0.5, 2.0)
    stage.until(0.95)
    stage.told()
    stage.call("close")
    lines = stage.told()
    stage.until(6)
    stage.call("typed", "还在吗")
    stage.call("close")

    assert lines == scene("""
        0.95 stop-audio
        0.95 -> cancel recognition
        0.95 speech-ended
        0.95 speech-ignored superseded
        0.95 closed
    """)
    assert stage.told() == ""


def test_given_events_then_their_repr_holds_no_words_and_no_sound():
    stage = speaking()
    stage.speech(0.6, 2.0)
    stage.until(4)

    told = repr(stage.outputs)
    assert not any(word in told for word in ("居住证", "第一句", "array", "clip="))


def test_given_real_speech_and_the_real_endpointer_then_a_turn_is_recognised_ahead_of_its_end(silero: SileroModel):
    session = SpokenSession(
        SessionSettings(), Endpointer(activity=VoiceActivity(silero)), TurnWords.load(), voice_out=False
    )
    silence = np.zeros(SAMPLE_RATE, np.float32)
    sound = np.concatenate([silence, spoken("怎么办理居住证"), silence, silence])
    outputs, now = [], 0.0
    for start in range(0, len(sound), 320):
        now = (start + 320) / SAMPLE_RATE
        for output in session.audio(sound[start : start + 320], now):
            outputs.append((now, output))
            if isinstance(output, Recognize):
                transcript = Transcript("怎么办理居住证", 0.9, 1.0, 0.05)
                outputs += [(now, each) for each in session.transcript_ready(output.request_id, transcript, now)]

    finals = [at for at, output in outputs if isinstance(output, Recognize) and output.kind is RecognitionKind.FINAL]
    asked = [at for at, output in outputs if isinstance(output, AskAssistant)]
    assert len(finals) == len(asked) == 1
    assert 0.2 <= asked[0] - finals[0] <= 0.6
