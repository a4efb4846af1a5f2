"""Whatever happens in whatever order, a spoken session neither fails nor hangs, and leaves nobody without an answer."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.voice.session.scene import FRAME, ScriptedEndpointer, utterance
from voice.endpointing.endpointer import Endpointer
from voice.endpointing.events import (
    EndReason,
    SoundHeard,
    SoundPassed,
    SpeechConfirmed,
    SpeechEnded,
    SpeechEvent,
    SpeechPaused,
    SpeechStarted,
)
from voice.endpointing.voice_activity import SpeechMemory, VoiceActivity
from voice.language.expectation import Expectation, ExpectationKind
from voice.opus_clip import OpusClip
from voice.recognition.transcript import Doubt, Transcript
from voice.session.events import (
    AudioClip,
    Duck,
    FinalTranscript,
    Notice,
    NoticeKind,
    ReplyGiven,
    Resume,
    SessionClosed,
    SessionState,
    StopAudio,
    UtteranceEnded,
    UtteranceIgnored,
    UtteranceStarted,
)
from voice.session.reply import SpokenReply
from voice.session.requests import AskAssistant, CancelRecognition, CancelSynthesis, Output, Recognize, Synthesize
from voice.session.settings import SessionSettings
from voice.session.spoken_session import SpokenSession
from voice.session.turn_words import TurnWords
from voice.synthesis.clip import Clip

LIMITS = {"recognition_limit": 4.0, "busy_retries": 2, "ask_limit": 5.0, "longest_utterance": 8.0, "longest_reply": 6}
LONGEST_CLIP = 3.0
QUIET_AFTER = 120.0
"""seconds without any input within which a session comes to rest under these limits"""
WORDS = TurnWords.load()
NUMBER = "138 0013 8000"
SILENCE = np.zeros(1600, np.float32)
LOUD = np.random.default_rng(0).normal(0.0, 0.1, 6400).astype(np.float32)

ended_notices = {
    NoticeKind.SAY_AGAIN,
    NoticeKind.CHOICES_OFFERED,
    NoticeKind.PERSON_OFFERED,
    NoticeKind.NOTHING_HEARD,
    NoticeKind.RECOGNIZER_BUSY,
    NoticeKind.RECOGNIZER_STALLED,
    NoticeKind.ONE_AT_A_TIME,
}
no_answers = {NoticeKind.ASSISTANT_FAILED, NoticeKind.ASSISTANT_STALLED}

texts = st.sampled_from(["", "。", "嗯", "嗯，哦", "对", "怎么办居住证", "一三八", "办" * 3000, "\x00\ud7ff"])
confidences = st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0, float("nan")])
transcripts = st.builds(Transcript, texts, confidences, st.just(1.0), st.just(0.1), st.sampled_from([None, *Doubt]))
replies = st.builds(
    SpokenReply,
    st.lists(st.sampled_from(["请带身份证。", "一共三步。", ""]), max_size=8).map(tuple),
    st.sampled_from(
        [Expectation(), Expectation(ExpectationKind.yes_no), Expectation(ExpectationKind.digits, length=11)]
    ),
    st.sampled_from([(), ("居住证", "身份证")]),
    st.booleans(),
    st.sampled_from(["", NUMBER]),
    st.booleans(),
)
clips = st.builds(
    lambda seconds, rate, opus: with_packets(Clip(np.zeros(round(seconds * 100), np.int16), rate), opus),
    st.sampled_from([0.0, 0.5, LONGEST_CLIP, 5000.0]),
    st.sampled_from([0, 100]),
    st.booleans(),
)
picks = st.integers(0, 10**6)


def with_packets(clip: Clip, opus: bool) -> Clip:
    return OpusClip(clip.samples, clip.rate, (NUMBER.encode(),), 312) if opus else clip


def speech_event(kind: str, now: float, length: float) -> SpeechEvent:
    said = utterance(now - length, now, 0.0 if length == 0.1 else None)
    return {
        "sound": SoundHeard(now),
        "passed": SoundPassed(now),
        "started": SpeechStarted(now, now - length),
        "confirmed": SpeechConfirmed(now),
        "paused": SpeechPaused(now, said),
        "ended": SpeechEnded(now, said, EndReason.SILENCE),
    }[kind]


def loud_is_speech(windows: np.ndarray, memory: SpeechMemory) -> tuple[np.ndarray, SpeechMemory]:
    """Judge sound as a quick model would that takes all that is loud for speech."""
    return np.where(np.abs(windows).mean(axis=1) > 0.02, 0.95, 0.02), memory


class AnyOrder(RuleBasedStateMachine):
    """A client, a recogniser, an assistant and a synthesiser that do whatever they like, whenever they like."""

    @initialize(
        hands_free=st.sampled_from([True, True, False]),
        half_duplex=st.booleans(),
        listening_pause=st.sampled_from([0.0, 0.6]),
        voice_out=st.sampled_from([True, True, False]),
        real=st.booleans(),
    )
    def begin(self, hands_free: bool, half_duplex: bool, listening_pause: float, voice_out: bool, real: bool) -> None:
        self.settings = SessionSettings(
            hands_free=hands_free, half_duplex=half_duplex, listening_pause=listening_pause, **LIMITS
        )
        self.scripted = None if real else ScriptedEndpointer()
        endpointer = self.scripted or Endpointer(activity=VoiceActivity(loud_is_speech))
        self.session = SpokenSession(self.settings, endpointer, WORDS, voice_out)
        self.now = 0.0
        self.numbers: dict[type, int] = {}
        self.in_flight: dict[int, Recognize] = {}
        self.requests: list[int] = [0]
        self.asks: list[int] = [0]
        self.clips: list[int] = [0]
        self.stopped_at = 0
        self.ducked = False
        self.closed = self.was_gone = False
        self.heard = self.accounted = self.asked = self.answered = 0
        self.said_for: set[int] = set()

    # what happens

    @rule(seconds=st.sampled_from([0.0, 0.05, 0.3, 1.6, 6.0]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds
        self.call("tick")

    @rule(clock=st.sampled_from([-1.0, float("nan"), float("inf"), 0.0]))
    def clock_is_wrong(self, clock: float) -> None:
        self.take(self.session.tick(clock))

    @rule(
        kinds=st.lists(st.sampled_from(["sound", "passed", "started", "confirmed", "paused", "ended"]), max_size=4),
        length=st.sampled_from([0.1, 0.3, 2.0]),
    )
    def sound_arrives(self, kinds: list[str], length: float) -> None:
        if self.scripted:
            self.scripted.script += [speech_event(kind, self.now, length) for kind in kinds]
        self.call("audio", LOUD[: 1600 * len(kinds)])

    @rule(length=st.sampled_from([0.3, 2.0]))
    def speech_arrives(self, length: float) -> None:
        if self.scripted:
            for kind in ["sound", "started", *(["confirmed"] if length > 0.5 else []), "paused", "ended"]:
                self.scripted.script.append(speech_event(kind, self.now, length))
                self.call("audio", FRAME)
                self.now += 0.1
        else:
            for frame in [LOUD[:1600]] * round(length / 0.1) + [SILENCE] * 8:
                self.now += 0.1
                self.call("audio", frame)

    @rule(
        samples=st.sampled_from(
            [np.zeros(0, np.float32), np.full(7, np.nan, np.float32), np.full(3, np.inf), np.full(40, 1e30)]
        )
    )
    def rubbish_arrives(self, samples: np.ndarray) -> None:
        self.call("audio", samples)

    @rule(what=st.sampled_from(["hold_pressed", "hold_released", "touched"]))
    def citizen_touches(self, what: str) -> None:
        self.call(what)

    @rule(text=texts)
    def citizen_types(self, text: str) -> None:
        self.call("typed", text)

    @rule(pick=picks, transcript=transcripts, twice=st.booleans())
    def recognizer_answers(self, pick: int, transcript: Transcript, twice: bool) -> None:
        for _ in range(1 + twice):
            self.recognized("transcript_ready", self.newest(self.requests, pick), transcript)

    @rule(pick=picks, what=st.sampled_from(["recognition_failed", "recognition_refused"]))
    def recognizer_fails(self, pick: int, what: str) -> None:
        self.recognized(what, self.newest(self.requests, pick))

    @rule(pick=picks, reply=replies, twice=st.booleans())
    def assistant_answers(self, pick: int, reply: SpokenReply, twice: bool) -> None:
        for _ in range(1 + twice):
            self.call("reply_ready", self.newest(self.asks, pick), reply)

    @rule(pick=picks)
    def assistant_fails(self, pick: int) -> None:
        self.call("assistant_failed", self.newest(self.asks, pick))

    @rule(reply=replies)
    def somebody_announces(self, reply: SpokenReply) -> None:
        self.call("announced", reply)

    @rule(pick=picks, clip=clips)
    def synthesizer_answers(self, pick: int, clip: Clip) -> None:
        self.call("clip_ready", self.newest(self.clips, pick), clip)

    @rule(text=st.sampled_from(["怎么办居住证", "嗯", "对"]), confidence=st.sampled_from([0.5, 0.9]))
    def recognizer_works(self, text: str, confidence: float) -> None:
        for request_id in list(self.in_flight):
            self.recognized("transcript_ready", request_id, Transcript(text, confidence, 1.0, 0.1))

    @rule(sentences=st.integers(1, 5))
    def all_go_well(self, sentences: int) -> None:
        """Let a turn come to its answer and the answer begin to be said."""
        self.speech_arrives(2.0)
        self.recognizer_works("怎么办居住证", 0.9)
        self.call("reply_ready", self.asks[-1], SpokenReply(("请带身份证。",) * sentences))
        for clip_id in self.clips[-3:]:
            self.call("clip_ready", clip_id, Clip(np.zeros(300, np.int16), 100))

    @rule(pick=picks)
    def synthesizer_is_killed(self, pick: int) -> None:
        self.call("synthesis_failed", self.newest(self.clips, pick))

    @rule(pick=picks, what=st.sampled_from(["playback_started", "playback_finished"]))
    def client_reports(self, pick: int, what: str) -> None:
        self.call(what, self.newest(self.clips, pick))

    @precondition(lambda self: len(self.numbers) > 3)
    @rule(what=st.sampled_from(["disconnected", "reconnected", "reconnected"]))
    def connection_changes(self, what: str) -> None:
        self.was_gone = True
        self.call(what)

    @precondition(lambda self: len(self.numbers) > 4 and self.asks[-1] > 30)
    @rule()
    def session_is_closed(self) -> None:
        self.call("close")

    @rule(text=st.sampled_from(["嗯", "", "对"]))
    def something_short_is_said(self, text: str) -> None:
        """Let a cough, a filler or a short answer come, over our voice if we speak."""
        self.speech_arrives(0.3)
        self.recognizer_works(text, 0.9)

    # what must hold

    @invariant()
    def at_most_one_recognition_of_a_kind_is_in_flight(self) -> None:
        kinds = [request.kind for request in self.in_flight.values()]
        assert len(kinds) == len(set(kinds))

    @invariant()
    def a_closed_session_says_so(self) -> None:
        assert (self.session.state is SessionState.CLOSED) == self.closed

    def teardown(self) -> None:
        if not hasattr(self, "session"):
            return
        until = self.now + QUIET_AFTER
        while self.now < until:
            self.now += 1.0
            self.call("tick")
        assert self.session.state in (SessionState.LISTENING, SessionState.CLOSED)
        assert not self.in_flight
        if not self.was_gone and not self.closed:
            assert self.accounted >= self.heard, "an utterance was left without a word"
            assert self.answered >= self.asked, "a turn was left without an answer"
        self.call("close")
        assert self.closed

    # keeping the books

    def newest(self, numbers: list[int], pick: int) -> int:
        """Pick one of the last few numbers, most often the last, so that some are late and some were answered."""
        return numbers[-1 - min(pick % 7, len(numbers) - 1) if pick % 3 else -1]

    def recognized(self, what: str, request_id: int, *result: Any) -> None:
        self.in_flight.pop(request_id, None)
        self.call(what, request_id, *result)

    def call(self, name: str, *arguments: Any) -> None:
        self.take(getattr(self.session, name)(*arguments, self.now))

    def take(self, outputs: list[Output]) -> None:
        for output in outputs:
            assert not self.closed, "something follows the end"
            assert not [one for one in ("办居住证", "身份证", NUMBER) if one in repr(output)]
            self.note(output)
        if self.session.state is SessionState.HEARING:
            assert not any(isinstance(output, AudioClip) for output in outputs), "we speak over the citizen"

    def number(self, output: Output, number: int) -> None:
        assert number > self.numbers.get(type(output), 0)
        self.numbers[type(output)] = number

    def note(self, output: Output) -> None:
        match output:
            case Recognize(request_id=number):
                self.number(output, number)
                self.in_flight[number] = output
                self.requests.append(number)
            case CancelRecognition(request_id=number):
                del self.in_flight[number]
            case AskAssistant(ask_id=number):
                self.number(output, number)
                self.asks.append(number)
                self.asked += 1
            case Synthesize(clip_id=number):
                assert number not in self.clips
                self.clips.append(number)
            case CancelSynthesis(clip_id=number):
                assert number in self.clips
            case UtteranceStarted(utterance_id=number):
                self.number(output, number)
            case UtteranceEnded():
                self.heard += 1
            case UtteranceIgnored() | FinalTranscript():
                self.accounted += 1
            case ReplyGiven(reply_id=number, ask_id=ask_id):
                self.number(output, number)
                if ask_id is not None and ask_id not in self.said_for:
                    self.answered += 1
                    self.said_for.add(ask_id)
            case Notice(kind=kind):
                self.accounted += kind in ended_notices
                self.answered += kind in no_answers
            case AudioClip(clip_id=number):
                assert number > self.stopped_at, "what was stopped goes on"
                self.number(output, number)
            case StopAudio():
                self.stopped_at = self.clips[-1]
                self.ducked = False
            case Duck():
                assert not self.ducked
                self.ducked = True
            case Resume():
                assert self.ducked, "playback resumes that was not ducked, or was stopped"
                self.ducked = False
            case SessionClosed():
                self.closed = True


AnyOrder.TestCase.settings = settings(
    max_examples=80, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyOrder = AnyOrder.TestCase
