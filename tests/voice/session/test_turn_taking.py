"""Turns, one after the other, when the assistant answers late, twice, badly or never."""

from __future__ import annotations

from tests.voice.session.scene import FAILS, NEVER, Scene, speaking
from voice.language.expectation import Expectation, ExpectationKind
from voice.session.events import AudioClip, ReplyGiven, SessionState
from voice.session.reply import SpokenReply
from voice.session.requests import AskAssistant
from voice.session.settings import SessionSettings
from voice.session.turn_taking import OneMoment


def test_given_the_assistant_fails_then_the_citizen_is_told():
    stage = Scene()
    stage.answer = FAILS
    stage.call("typed", "办居住证")
    stage.until(3)

    assert stage.kinds() == ["assistant_failed"]
    assert stage.session.state is SessionState.LISTENING


def test_given_an_answer_without_words_then_the_citizen_is_told():
    stage = Scene()
    stage.answer = SpokenReply(())
    stage.call("typed", "办居住证")
    stage.until(1)

    assert stage.kinds() == ["assistant_failed"]
    assert stage.of(ReplyGiven) == []


def test_given_the_assistant_stalls_when_it_answers_after_all_then_that_is_shown_and_not_said():
    stage = Scene(SessionSettings(ask_limit=4.0))
    stage.answer = NEVER
    stage.call("typed", "办居住证")
    stage.until(7)
    spoken = len(stage.of(AudioClip))
    ask_id = stage.of(AskAssistant)[0].ask_id
    for _ in range(2):
        stage.call("reply_ready", ask_id, SpokenReply(("办好了。",)))
    stage.until(8)

    assert stage.kinds() == ["one_moment", "assistant_stalled"]
    assert [reply.ask_id for reply in stage.of(ReplyGiven)] == [ask_id]
    assert len(stage.of(AudioClip)) == spoken


def test_given_the_assistant_has_stalled_then_the_turns_that_waited_are_asked():
    stage = Scene(SessionSettings(ask_limit=4.0))
    stage.answer = NEVER
    stage.call("typed", "一")
    stage.call("typed", "二")
    stage.until(5)

    assert [ask.text for ask in stage.of(AskAssistant)] == ["一", "二"]


def test_given_answers_nobody_asked_for_then_they_are_ignored():
    stage = speaking()
    stage.call("reply_ready", 10**6, SpokenReply(("谁问的？",)))
    stage.call("assistant_failed", stage.of(AskAssistant)[0].ask_id)

    assert stage.told() == ""


def test_given_news_nobody_asked_for_then_what_is_expected_stays():
    stage = speaking(reply=SpokenReply(("确认提交吗？",), Expectation(ExpectationKind.yes_no)))
    stage.call("announced", SpokenReply(("您的申请已受理。",)))
    stage.until(5)

    assert stage.endpointer.expects_short_answer


def test_given_a_turn_that_was_told_to_wait_then_it_is_not_told_again():
    one_moment = OneMoment(after=1.5)

    assert not one_moment.is_due(silent_since=0.0, now=1.4)
    assert one_moment.is_due(silent_since=0.0, now=1.5)
    one_moment.told()
    assert not one_moment.is_due(silent_since=0.0, now=9.0)
    one_moment.next_turn()
    assert one_moment.is_due(silent_since=8.0, now=9.5)
