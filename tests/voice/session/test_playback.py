"""Our voice: clips in order and few at a time, and what happens when the synthesiser or the client lets us down."""

from __future__ import annotations

import numpy as np
import pytest

from tests.voice.session.scene import FAILS, NEVER, THREE_SENTENCES, Scene, scene, speaking
from voice.session.events import AudioClip, Notice, SessionState, StopAudio
from voice.session.outbox import Outbox
from voice.session.playback import Playback
from voice.session.reply import Heard, SpokenReply
from voice.session.requests import Output, Synthesize
from voice.session.settings import SessionSettings
from voice.synthesis.clip import Clip

SECOND = Clip(np.zeros(1000, np.int16), 1000)


class Voice:
    """A playback with its outbox."""

    def __init__(self, **settings: float) -> None:
        self.outbox = Outbox(4)
        self.playback = Playback(SessionSettings(**settings), self.outbox, enabled=True)

    def at(self, now: float, held: bool = False) -> list[Output]:
        self.playback.advance(held, now)
        return self.outbox.take()

    def synthesize(self, outputs: list[Output], clip: Clip = SECOND) -> list[int]:
        numbers = [output.clip_id for output in outputs if isinstance(output, Synthesize)]
        for number in numbers:
            self.playback.take_clip(number, clip)
        return numbers


def sent(outputs: list[Output]) -> list[int]:
    return [output.clip_id for output in outputs if isinstance(output, AudioClip)]


def test_given_many_sentences_then_few_are_synthesised_ahead_and_fewer_are_with_the_client():
    voice = Voice(clips_ahead=3, clips_at_client=2)
    voice.playback.say(tuple("一二三四五六"), reply_id=1)
    first = voice.synthesize(voice.at(0.0))
    with_client = sent(voice.at(0.1))

    assert [len(first), with_client] == [3, first[:2]]


def test_given_clips_in_another_order_then_they_are_sent_in_that_of_the_sentences():
    voice = Voice()
    voice.playback.say(("一", "二"), reply_id=1)
    one, two = (output.clip_id for output in voice.at(0.0))
    voice.playback.take_clip(two, SECOND)
    early = sent(voice.at(0.1))
    voice.playback.take_clip(one, SECOND)

    assert [early, sent(voice.at(0.2))] == [[], [one, two]]


def test_given_a_voice_that_is_held_then_nothing_is_sent_until_it_is_not():
    voice = Voice()
    voice.playback.say(("一",), reply_id=1)
    numbers = voice.synthesize(voice.at(0.0, held=True))

    assert sent(voice.at(0.5, held=True)) == []
    assert sent(voice.at(0.6)) == numbers


def test_given_a_client_that_reports_nothing_then_each_clip_counts_as_played_in_time():
    stage = Scene()
    stage.client_plays = False
    stage.answer = THREE_SENTENCES
    stage.call("typed", "办居住证")
    stage.until(11)

    assert len(stage.of(AudioClip)) == 3
    assert stage.session.state is SessionState.LISTENING


def test_given_the_end_of_a_later_clip_then_the_earlier_ones_count_as_played():
    voice = Voice()
    voice.playback.say(("一", "二"), reply_id=1)
    voice.synthesize(voice.at(0.0))
    _, last = sent(voice.at(0.1))
    voice.playback.finished(last, 2.0)

    assert not voice.playback.is_active
    assert voice.playback.reply_heard is Heard.WHOLE


def test_given_reports_of_clips_that_were_not_sent_then_they_are_ignored():
    voice = Voice()
    voice.playback.say(("一",), reply_id=1)
    (request,) = voice.at(0.0)
    voice.playback.started(request.clip_id, 0.1)
    voice.playback.finished(request.clip_id, 0.1)
    voice.playback.finished(99, 0.1)

    assert voice.playback.is_active


def test_given_a_reply_then_how_much_of_it_was_heard_is_known():
    voice = Voice()
    before = voice.playback.reply_heard
    voice.playback.say(("一", "二"), reply_id=1)
    shown = voice.playback.reply_heard
    voice.synthesize(voice.at(0.0))
    first, last = sent(voice.at(0.1))
    playing = voice.playback.reply_heard
    voice.playback.finished(first, 1.0)
    halfway = voice.playback.reply_heard
    voice.playback.stop(1.1)

    assert [before, shown, playing, halfway] == [Heard.WHOLE, Heard.NOTHING, Heard.PART, Heard.PART]
    assert voice.playback.reply_heard is Heard.PART


def test_given_nothing_was_sent_when_it_is_stopped_then_the_client_need_not_know():
    voice = Voice()
    voice.playback.say(("一",), reply_id=1)
    voice.playback.stop(0.0)

    assert not any(isinstance(output, StopAudio) for output in voice.outbox.take())


def test_given_the_synthesiser_dies_in_the_middle_of_a_reply_then_the_rest_is_text_and_the_next_reply_has_a_voice():
    stage = Scene()
    stage.answer = SpokenReply(("第一句。", "第二句。", "第三句。", "第四句。"))
    stage.call("typed", "办居住证")
    stage.until(0.4)
    stage.synthesis = FAILS
    stage.until(3)
    stage.synthesis = ""
    stage.answer = SpokenReply(("请带身份证。",))
    stage.call("typed", "要带什么")
    stage.until(5)

    assert stage.told() == scene("""
        0.00 -> ask 办居住证
        0.00 [thinking]
        0.20 reply 第一句。第二句。第三句。第四句。
        0.20 -> synthesize 第一句。
        0.20 -> synthesize 第二句。
        0.20 -> synthesize 第三句。
        0.20 [speaking]
        0.30 audio
        0.30 audio
        1.30 -> synthesize 第四句。
        1.30 audio
        1.40 notice voice_lost 第四句。
        3.00 stop-audio
        3.00 -> ask 要带什么
        3.00 [thinking]
        3.20 reply 请带身份证。
        3.20 -> synthesize 请带身份证。
        3.20 [speaking]
        3.30 audio
        4.30 [listening]
    """)


def test_given_a_synthesiser_that_never_answers_then_the_voice_is_lost_in_time():
    stage = Scene(SessionSettings(synthesis_limit=2.0))
    stage.synthesis, stage.answer = NEVER, THREE_SENTENCES
    stage.call("typed", "办居住证")
    stage.until(3)

    assert [notice.unsaid for notice in stage.of(Notice)] == [THREE_SENTENCES.sentences]
    assert stage.session.state is SessionState.LISTENING


@pytest.mark.parametrize(
    "clip", [Clip(np.zeros(0, np.int16), 1000), Clip(np.zeros(9, np.int16), 0), Clip(np.zeros(10**6, np.int16), 100)]
)
def test_given_a_clip_without_sound_or_without_end_then_the_voice_is_lost(clip: Clip):
    voice = Voice()
    voice.playback.say(("一",), reply_id=1)
    voice.synthesize(voice.at(0.0), clip)

    assert [notice.unsaid for notice in voice.outbox.take()] == [("一",)]


def test_given_a_pause_to_listen_then_the_client_has_one_clip_at_a_time():
    stage = speaking(SessionSettings(half_duplex=True, listening_pause=0.6))

    assert len(stage.of(AudioClip)) == 1
