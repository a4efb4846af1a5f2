"""A spoken session on a stage: an endpointer that follows a script, a recogniser, assistant, synthesiser and client with
set answers and delays, and a play-by-play of all that the session says, with the times. Nothing sleeps."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from textwrap import dedent
from typing import Any

import numpy as np

from voice.endpointing.events import (
    EndReason,
    SoundHeard,
    SoundPassed,
    SpeechConfirmed,
    SpeechEnded,
    SpeechEvent,
    SpeechPaused,
    SpeechStarted,
    Utterance,
)
from voice.endpointing.settings import PatienceHint
from voice.recognition.transcript import Doubt, Transcript
from voice.session.events import (
    AudioClip,
    ClientEvent,
    FinalTranscript,
    MicrophoneChanged,
    Notice,
    PartialTranscript,
    ReplyGiven,
    StateChanged,
    StopAudio,
    UtteranceIgnored,
)
from voice.session.reply import SpokenReply
from voice.session.requests import (
    AskAssistant,
    CancelRecognition,
    CancelSynthesis,
    Output,
    RecognitionKind,
    Recognize,
    Synthesize,
)
from voice.session.settings import SessionSettings
from voice.session.spoken_session import SpokenSession
from voice.session.turn_words import TurnWords
from voice.synthesis.clip import Clip

FRAME = np.zeros(320, np.float32)
NEVER, FAILS, REFUSES = "never", "fails", "refuses"
PATIENCE, PAUSE = 0.7, 0.3


def utterance(started_at: float, ended_at: float, voiced_s: float | None = None) -> Utterance:
    voiced = ended_at - started_at if voiced_s is None else voiced_s
    return Utterance(np.zeros(1600, np.float32), started_at - 0.4, started_at, ended_at, voiced, 20.0)


class ScriptedEndpointer:
    """Tells what the script says, when sound is fed to it; deaf while it is muted."""

    def __init__(self) -> None:
        self.expects_short_answer = False
        self.script: list[SpeechEvent] = []
        self.speaking: Utterance | None = None
        self.held_at: float | None = None
        self.muted = False
        self.hints: list[PatienceHint] = []

    def feed(self, samples: np.ndarray, now: float) -> list[SpeechEvent]:
        if not len(samples):
            return []
        script, self.script = self.script, []
        if self.muted:
            return []
        for event in script:
            if isinstance(event, SpeechStarted):
                self.speaking = utterance(event.started_at, now)
            elif isinstance(event, SpeechEnded):
                self.speaking = None
        if self.held_at is not None and self.speaking is not None:
            self.speaking = utterance(self.held_at, now)
        return script

    def hold(self, now: float) -> list[SpeechEvent]:
        self.held_at = now
        self.speaking = utterance(now, now)
        return [SpeechStarted(now, now)]

    def release(self, now: float) -> list[SpeechEvent]:
        if self.held_at is None or self.speaking is None:
            self.held_at = None
            return []
        held_at, self.held_at, self.speaking = self.held_at, None, None
        said = utterance(held_at, now, 0.0 if now - held_at < 0.3 else None)
        return [SpeechEnded(now, said, EndReason.RELEASED)]

    def mute(self) -> list[SpeechEvent]:
        self.muted = True
        said, self.speaking = self.speaking, None
        return [SpeechEnded(said.ended_at, said, EndReason.MUTED)] if said else []

    def unmute(self) -> None:
        self.muted = False

    def reset(self) -> None:
        self.script, self.speaking, self.held_at, self.muted = [], None, None, False

    def hint(self, hint: PatienceHint) -> None:
        self.hints.append(hint)

    def utterance_so_far(self) -> Utterance | None:
        return self.speaking


@dataclass(order=True)
class _Cue:
    at: float
    order: int
    act: Callable[[float], list[Output]] = field(compare=False)


class Scene:
    """Runs a session against a clock of its own; the attributes set how the others behave."""

    def __init__(self, settings: SessionSettings | None = None, voice_out: bool = True) -> None:
        self.endpointer = ScriptedEndpointer()
        self.session = SpokenSession(settings or SessionSettings(), self.endpointer, TurnWords.load(), voice_out)
        self.now = 0.0
        self.outputs: list[Output] = []
        self.play_by_play: list[str] = []
        self.recognized: str | Transcript = "怎么办居住证"
        self.confidence = 0.9
        self.recognition_takes = 0.1
        self.answer: str | SpokenReply = SpokenReply(("请带身份证。",))
        self.answer_takes = 0.2
        self.synthesis: str = ""
        self.synthesis_takes = 0.1
        self.clip_seconds = 1.0
        self.client_plays = True
        self._cues: list[_Cue] = []
        self._order = count()
        self._playing: list[AudioClip] = []
        self._cancelled: set[int] = set()

    # what is done on the stage

    def call(self, name: str, *arguments: Any) -> list[Output]:
        return self._take(getattr(self.session, name)(*arguments, self.now))

    def until(self, at: float) -> None:
        """Let time pass, a frame every 100 ms, and carry out what falls due."""
        while True:
            frame_at = round(self.now + 0.1, 3)
            frame_at = round(np.floor(frame_at * 10 + 1e-6) / 10, 3)
            due = self._cues[0].at if self._cues else np.inf
            following = min(due, frame_at if frame_at > self.now else self.now + 0.1)
            if following > at + 1e-9:
                self.now = at
                return
            if due <= following:
                cue = heapq.heappop(self._cues)
                self.now = max(self.now, cue.at)
                self._take(cue.act(self.now))
            else:
                self.now = following
                self._take(self.session.audio(FRAME, self.now))
                self._take(self.session.tick(self.now))

    def cue(self, at: float, act: Callable[[float], list[Output]]) -> None:
        heapq.heappush(self._cues, _Cue(round(at, 3), next(self._order), act))

    def hears(self, *events: SpeechEvent, at: float) -> None:
        """Have the endpointer tell something at a time."""

        def act(now: float) -> list[Output]:
            self.endpointer.script += events
            outputs = self.session.audio(FRAME, now)
            self.endpointer.script.clear()
            return outputs

        self.cue(at, act)

    def sound(self, at: float, seconds: float = 0.1) -> None:
        """Have a sound that is no speech, a cough."""
        self.hears(SoundHeard(at + 0.06), at=at + 0.06)
        self.hears(SoundPassed(at + seconds + PATIENCE), at=at + seconds + PATIENCE)

    def speech(self, at: float, until: float) -> None:
        """Have the citizen speak from one time until another."""
        self.hears(SoundHeard(at + 0.06), at=at + 0.06)
        self.hears(SpeechStarted(at + 0.2, at), at=at + 0.2)
        if until - at >= 0.5:
            self.hears(SpeechConfirmed(at + 0.5), at=at + 0.5)
        said = utterance(at, until)
        self.hears(SpeechPaused(until + PAUSE, said), at=until + PAUSE)
        self.hears(SpeechEnded(until + PATIENCE, said, EndReason.SILENCE), at=until + PATIENCE)

    def told(self) -> str:
        """Return the play-by-play since the last time, one line each, and begin a new one."""
        lines, self.play_by_play = self.play_by_play, []
        return "\n".join(lines)

    def of(self, kind: type) -> list[Any]:
        return [output for output in self.outputs if isinstance(output, kind)]

    def kinds(self) -> list[str]:
        return [notice.kind.value for notice in self.of(Notice)]

    # how the others behave

    def _take(self, outputs: list[Output]) -> list[Output]:
        for output in outputs:
            self.outputs.append(output)
            self.play_by_play.append(f"{self.now:.2f} {describe(output)}")
            self._react(output)
        return outputs

    def _react(self, output: Output) -> None:
        match output:
            case Recognize():
                self._recognize(output)
            case AskAssistant():
                self._answer(output)
            case Synthesize():
                self._synthesize(output)
            case AudioClip():
                self._playing.append(output)
                if len(self._playing) == 1:
                    self._play()
            case StopAudio():
                self._playing.clear()
            case CancelRecognition():
                self._cancelled.add(output.request_id)
            case CancelSynthesis():
                self._cancelled.add(output.clip_id)

    def _recognize(self, request: Recognize) -> None:
        said = self.recognized
        if said == NEVER:
            return

        def act(now: float) -> list[Output]:
            if request.request_id in self._cancelled:
                return []
            if said == FAILS:
                return self.session.recognition_failed(request.request_id, now)
            if said == REFUSES:
                return self.session.recognition_refused(request.request_id, now)
            return self.session.transcript_ready(request.request_id, self._transcript(said), now)

        self.cue(self.now + self.recognition_takes, act)

    def _transcript(self, said: str | Transcript) -> Transcript:
        if isinstance(said, Transcript):
            return said
        doubt = None if said else Doubt.SILENCE
        return Transcript(said, self.confidence if said else 0.0, 1.0, self.recognition_takes, doubt)

    def _answer(self, request: AskAssistant) -> None:
        answer = self.answer
        if isinstance(answer, SpokenReply):
            self.cue(self.now + self.answer_takes, lambda now: self.session.reply_ready(request.ask_id, answer, now))
        elif answer == FAILS:
            self.cue(self.now + self.answer_takes, lambda now: self.session.assistant_failed(request.ask_id, now))

    def _synthesize(self, request: Synthesize) -> None:
        if self.synthesis == NEVER:
            return

        def act(now: float) -> list[Output]:
            if request.clip_id in self._cancelled:
                return []
            if self.synthesis == FAILS:
                return self.session.synthesis_failed(request.clip_id, now)
            clip = Clip(np.zeros(round(self.clip_seconds * 1000), np.int16), 1000)
            return self.session.clip_ready(request.clip_id, clip, now)

        self.cue(self.now + self.synthesis_takes, act)

    def _play(self) -> None:
        if not self.client_plays:
            return
        playing = self._playing[0]
        self.cue(self.now, lambda now: self.session.playback_started(playing.clip_id, now))

        def finish(now: float) -> list[Output]:
            if not self._playing or self._playing[0] is not playing:
                return []
            self._playing.pop(0)
            outputs = self.session.playback_finished(playing.clip_id, now)
            if self._playing:
                self._play()
            return outputs

        self.cue(self.now + playing.clip.seconds, finish)


THREE_SENTENCES = SpokenReply(("第一句。", "第二句。", "第三句。"))


def speaking(
    settings: SessionSettings | None = None, reply: SpokenReply = THREE_SENTENCES, clip_seconds: float = 1.0
) -> Scene:
    """Return a scene at 0.5 s, where the first of three sentences is heard since 0.3 s."""
    stage = Scene(settings)
    stage.answer, stage.clip_seconds = reply, clip_seconds
    stage.call("typed", "办居住证")
    stage.until(0.5)
    stage.told()
    return stage


def scene(story: str) -> str:
    """Return a play-by-play as it is written in a test."""
    return dedent(story).strip()


def describe(output: Output) -> str:
    """Return an output in a few words, requests with an arrow."""
    match output:
        case StateChanged():
            return f"[{output.state.value}]"
        case MicrophoneChanged():
            return "microphone deaf" if output.deaf else "microphone hears"
        case PartialTranscript() | FinalTranscript():
            return f"{output.type.value} {output.text}"
        case UtteranceIgnored():
            return f"speech-ignored {output.reason.value}"
        case ReplyGiven():
            return f"reply {''.join(output.reply.sentences)}"
        case Notice():
            return " ".join(["notice", output.kind.value, *output.choices, *output.unsaid])
        case Recognize():
            return "-> recognize" + (" a draft" if output.kind is RecognitionKind.PARTIAL else "")
        case CancelRecognition():
            return "-> cancel recognition"
        case AskAssistant():
            heard = "" if output.reply_heard.value == "whole" else f" (heard {output.reply_heard.value})"
            return f"-> ask {output.text}{heard}"
        case Synthesize():
            return f"-> synthesize {getattr(output.sentence, 'value', output.sentence)}"
        case CancelSynthesis():
            return "-> cancel synthesis"
    assert isinstance(output, ClientEvent)
    return output.type.value
