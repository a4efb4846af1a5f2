"""One citizen's spoken conversation: what happens comes in as calls, what is to be done goes out as events.

How it stands at any moment, and what may happen then, is told in one place: `voice/session/flow.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from voice.recognition.transcript import Transcript
from voice.session.events import SessionState
from voice.session.flow import SessionFlow
from voice.session.reply import SpokenReply
from voice.session.requests import Output
from voice.session.settings import SessionSettings
from voice.session.speech_endpointer import SpeechEndpointer
from voice.session.turn_words import TurnWords
from voice.synthesis.clip import Clip


class SpokenSession:
    """A spoken session as a state machine, without input, output or a clock of its own.

    Each method takes what happened and `now`, in seconds on any clock, and returns what is to be done, in order. `tick`
    is called at least every 100 ms. What comes late, twice, never or after the end does no harm and raises nothing.
    """

    def __init__(
        self, settings: SessionSettings, endpointer: SpeechEndpointer, words: TurnWords, voice_out: bool = True
    ) -> None:
        """Begin to listen; without `voice_out` replies are shown and not said."""
        self._flow = SessionFlow(settings, endpointer, words, voice_out)
        self._longest_text = settings.longest_text

    @property
    def state(self) -> SessionState:
        """Return what the session is doing."""
        return self._flow.state

    def audio(self, samples: np.ndarray, now: float) -> list[Output]:
        """Hear samples, float32, mono, 16 kHz, the last of them at `now`."""
        return self._at(now, lambda flow: flow.hear(samples))

    def hold_pressed(self, now: float) -> list[Output]:
        """Take it that the citizen holds the button to talk, which also stops our voice."""
        return self._at(now, lambda flow: flow.press())

    def hold_released(self, now: float) -> list[Output]:
        """Take it that the citizen lets go of the button."""
        return self._at(now, lambda flow: flow.hearing.release(flow.now))

    def reviewed(self, reviews: bool, now: float) -> list[Output]:
        """Take it that the citizen wants to look at what was understood before it counts, or no longer."""

        def change(flow: SessionFlow) -> None:
            flow.reviews = reviews

        return self._at(now, change)

    def touched(self, now: float) -> list[Output]:
        """Take it that the citizen touches the screen to stop our voice."""
        return self._at(now, lambda flow: flow.stop_talking())

    def typed(self, text: str, now: float) -> list[Output]:
        """Take a turn that was typed, or a choice that was touched, in place of anything being said."""
        said = text[: self._longest_text].strip()
        return self._at(now, lambda flow: flow.type(said) if said else None)

    def transcript_ready(self, request_id: int, transcript: Transcript, now: float) -> list[Output]:
        """Take the transcript that a `Recognize` asked for; an empty one says that nothing was heard."""
        return self._at(now, lambda flow: flow.take_transcript(request_id, transcript))

    def recognition_failed(self, request_id: int, now: float) -> list[Output]:
        """Take it that a `Recognize` failed."""
        return self._at(now, lambda flow: flow.take_transcript(request_id, None))

    def recognition_refused(self, request_id: int, now: float) -> list[Output]:
        """Take it that the queue has no place for a `Recognize`."""
        return self._at(now, lambda flow: flow.take_refusal(request_id))

    def reply_ready(self, ask_id: int, reply: SpokenReply, now: float) -> list[Output]:
        """Take the answer that an `AskAssistant` asked for."""
        return self._at(now, lambda flow: flow.answer(ask_id, reply))

    def assistant_failed(self, ask_id: int, now: float) -> list[Output]:
        """Take it that an `AskAssistant` failed."""
        return self._at(now, lambda flow: flow.turns.take_failure(ask_id))

    def announced(self, reply: SpokenReply, now: float) -> list[Output]:
        """Take what nobody asked for: a greeting, news of an application, the words of a person who took over."""
        return self._at(now, lambda flow: flow.announce(reply))

    def clip_ready(self, clip_id: int, clip: Clip, now: float) -> list[Output]:
        """Take the sound that a `Synthesize` asked for."""
        return self._at(now, lambda flow: flow.playback.take_clip(clip_id, clip))

    def synthesis_failed(self, clip_id: int, now: float) -> list[Output]:
        """Take it that a `Synthesize` failed."""
        return self._at(now, lambda flow: flow.playback.take_failure(clip_id))

    def playback_started(self, clip_id: int, now: float) -> list[Output]:
        """Take it that the client begins to play a clip."""
        return self._at(now, lambda flow: flow.playback.started(clip_id, flow.now))

    def playback_finished(self, clip_id: int, now: float) -> list[Output]:
        """Take it that the client has played a clip to its end."""
        return self._at(now, lambda flow: flow.playback.finished(clip_id, flow.now))

    def tick(self, now: float) -> list[Output]:
        """Let time pass."""
        return self._at(now, lambda flow: flow.hearing.wait(flow.now))

    def disconnected(self, now: float) -> list[Output]:
        """Take it that the client is gone; what was asked goes on, and is told when it comes back in time."""
        return self._at(now, lambda flow: flow.disconnect())

    def reconnected(self, now: float) -> list[Output]:
        """Take it that the client is back."""
        return self._at(now, lambda flow: flow.reconnect())

    def close(self, now: float) -> list[Output]:
        """End the session and forget everything."""
        return self._at(now, lambda flow: flow.close())

    def _at(self, now: float, happen: Callable[[SessionFlow], None]) -> list[Output]:
        """Let something happen, do whatever is due by then, and return all that is to be done."""
        flow = self._flow
        if flow.is_closed:
            return []
        if math.isfinite(now):
            flow.now = max(flow.now, now)
        happen(flow)
        flow.advance()
        return flow.outbox.take()
