"""The citizen's side of a spoken session: from sound to utterances, with drafts of them shown meanwhile."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np

from voice.endpointing.events import (
    SoundHeard,
    SoundPassed,
    SpeechConfirmed,
    SpeechEnded,
    SpeechEvent,
    SpeechPaused,
    SpeechStarted,
    Utterance,
)
from voice.session.barge_in import BargeIn
from voice.session.events import (
    IgnoredReason,
    NoticeKind,
    PartialTranscript,
    UtteranceEnded,
    UtteranceIgnored,
    UtteranceStarted,
)
from voice.session.final_recognition import FinalRecognition
from voice.session.ongoing_speech import OngoingSpeech, Situation
from voice.session.outbox import Outbox
from voice.session.partials import PartialDecoding
from voice.session.requests import CancelRecognition, RecognitionKind, Recognize
from voice.session.settings import SessionSettings
from voice.session.speech_endpointer import SpeechEndpointer
from voice.session.turn_words import TurnWords

_NO_SOUND = np.zeros(0, np.float32)


class Hearing:
    """Follow one utterance at a time and hand it over when it is over."""

    def __init__(
        self,
        settings: SessionSettings,
        endpointer: SpeechEndpointer,
        words: TurnWords,
        outbox: Outbox,
        finals: FinalRecognition,
        barge_in: BargeIn,
        situation: Callable[[], Situation],
        tell: Callable[[NoticeKind], None],
    ) -> None:
        """Keep what finds utterances, what takes them, what they interrupt, and how to learn what else goes on."""
        self.silent_since = -math.inf
        """when the citizen last spoke"""
        self.deaf = False
        self._settings = settings
        self._endpointer = endpointer
        self._words = words
        self._outbox = outbox
        self._finals = finals
        self._barge_in = barge_in
        self._situation = situation
        self._tell = tell
        self._ongoing: OngoingSpeech | None = None
        self._held_since: float | None = None
        self._sound_at = -math.inf

    @property
    def is_speech(self) -> bool:
        """Tell whether the citizen speaks."""
        return self._ongoing is not None

    @property
    def is_held(self) -> bool:
        """Tell whether the button is held."""
        return self._held_since is not None

    def feed(self, samples: np.ndarray, now: float) -> None:
        """Hear sound; without a button held it counts only in a hands-free session."""
        self._sound_at = now
        if self._settings.hands_free or self.is_held:
            sound = np.clip(np.nan_to_num(samples), -1.0, 1.0).astype(np.float32, copy=False)
            self._take(self._endpointer.feed(sound, now), now)

    def press(self, now: float) -> None:
        """Begin to hold the button."""
        if self.is_held:
            return
        self.set_deaf(False, now)
        self._held_since = self._sound_at = now
        self._take(self._endpointer.hold(now), now)
        if self._ongoing is not None:
            self._ongoing.deliberate = True

    def release(self, now: float) -> None:
        """Let go of the button."""
        if not self.is_held:
            return
        self._held_since = None
        self._take(self._endpointer.release(now), now)
        if self._ongoing is not None:
            self._lose(now)

    def set_deaf(self, deaf: bool, now: float) -> None:
        """Make the microphone deaf, or let it hear again."""
        if deaf and not self.deaf:
            self._take(self._endpointer.mute(), now)
        elif self.deaf and not deaf:
            self._endpointer.unmute()
        self.deaf = deaf

    def expect_short_answer(self, expected: bool) -> None:
        """Take it that a yes or a no is awaited, or is not."""
        self._endpointer.expects_short_answer = expected

    def wait(self, now: float) -> None:
        """Let time pass: end what no more sound comes for, or what goes on for too long."""
        self._take(self._endpointer.feed(_NO_SOUND, now), now)
        silent_for = now - self._sound_at
        if self._held_since is not None and (
            silent_for >= self._settings.microphone_stalled
            or now - self._held_since >= self._settings.longest_utterance
        ):
            self.release(now)
        if self._ongoing is not None and now - self._ongoing.began_at >= self._settings.longest_utterance:
            self._lose(now)

    def decode(self, now: float) -> None:
        """Ask for the next draft when it is due."""
        ongoing = self._ongoing
        if ongoing is None:
            return
        if ongoing.partials.is_overdue(now):
            self._cancel_partial(ongoing)
        so_far = self._endpointer.utterance_so_far() if ongoing.partials.is_due(now) else None
        if so_far is not None and so_far.voiced_s > 0:
            request_id = self._outbox.new_id()
            ongoing.partials.begin(request_id, now)
            expectation = self._situation().expectation
            self._outbox.put(
                Recognize(request_id, ongoing.utterance_id, RecognitionKind.PARTIAL, so_far.samples, expectation)
            )

    def take_partial(self, request_id: int, text: str | None, now: float) -> bool:
        """Take a draft, None for a failure; False if it is not the one awaited."""
        if self._ongoing is None or not self._ongoing.partials.end(request_id):
            return False
        if text is not None:
            self.take_words(text, now)
        return True

    def take_words(self, text: str, now: float) -> None:
        """Take what was said by now: show what is agreed, and adapt to it."""
        ongoing = self._ongoing
        if ongoing is None:
            return
        if ongoing.partials.prefix.add(text):
            self._outbox.put(PartialTranscript(ongoing.utterance_id, ongoing.partials.prefix.shown))
        self._endpointer.hint(self._words.hint(text, self._situation().expectation))
        self._interrupt(ongoing, now)

    def abandon(self, now: float) -> None:
        """Forget the utterance that goes on, for the citizen does something else instead."""
        ongoing = self._forget(now)
        if ongoing is not None:
            self._outbox.put(UtteranceIgnored(ongoing.utterance_id, IgnoredReason.SUPERSEDED))

    def _take(self, events: Iterable[SpeechEvent], now: float) -> None:
        for event in events:
            match event:
                case SoundHeard():
                    self._barge_in.sound(now)
                case SoundPassed():
                    self._barge_in.passed()
                case SpeechStarted():
                    self._begun(now)
                case SpeechConfirmed():
                    ongoing = self._begun(now)
                    ongoing.confirmed = True
                    self._interrupt(ongoing, now)
                case SpeechPaused(utterance=utterance):
                    self._pause(self._begun(now), utterance, now)
                case SpeechEnded(utterance=utterance):
                    self._end(self._begun(now), utterance, now)

    def _begun(self, now: float) -> OngoingSpeech:
        """Return the utterance that goes on; it begins unless it has."""
        if self._ongoing is None:
            partials = PartialDecoding(self._settings.partial_every, self._settings.partial_limit)
            self._ongoing = OngoingSpeech(self._outbox.new_id(), now, self._situation(), partials, self.is_held)
            self._outbox.put(UtteranceStarted(self._ongoing.utterance_id))
            self._barge_in.speech()
        return self._ongoing

    def _pause(self, ongoing: OngoingSpeech, utterance: Utterance, now: float) -> None:
        """Recognise what may be all of it, so that the transcript is there when it is."""
        if self._finals.begin_ahead(ongoing.utterance_id, utterance, self._situation().expectation):
            ongoing.partials.postpone(now)

    def _end(self, ongoing: OngoingSpeech, utterance: Utterance, now: float) -> None:
        self._ongoing = None
        self._cancel_partial(ongoing)
        self.silent_since = max(self.silent_since, min(now, utterance.ended_at))
        self._outbox.put(UtteranceEnded(ongoing.utterance_id))
        if utterance.voiced_s <= 0:
            self._unheard(NoticeKind.NOTHING_HEARD)
            return
        self._barge_in.ended(now)
        if not self._finals.add(ongoing.heard(utterance, self._situation()), now):
            self._unheard(NoticeKind.ONE_AT_A_TIME)

    def _interrupt(self, ongoing: OngoingSpeech, now: float) -> None:
        """Stop our voice once speech is long enough to be meant, and not known to be a filler."""
        if ongoing.confirmed and not self._words.is_filler(ongoing.partials.prefix.last):
            ongoing.stopped_voice |= self._barge_in.meant(now)

    def _lose(self, now: float) -> None:
        """Give up an utterance that has no end."""
        self._forget(now)
        self._tell(NoticeKind.NOTHING_HEARD)

    def _unheard(self, kind: NoticeKind) -> None:
        self._finals.drop_ahead()
        self._barge_in.judged()
        self._tell(kind)

    def _forget(self, now: float) -> OngoingSpeech | None:
        """Forget the utterance that goes on, and return it."""
        ongoing, self._ongoing, self._held_since = self._ongoing, None, None
        if ongoing is not None:
            self._cancel_partial(ongoing)
            self._outbox.put(UtteranceEnded(ongoing.utterance_id))
        self.silent_since = now
        self._finals.drop_ahead()
        self._endpointer.reset()
        self.deaf = False
        self._barge_in.judged()
        return ongoing

    def _cancel_partial(self, ongoing: OngoingSpeech) -> None:
        request_id = ongoing.partials.request_id
        if request_id is not None and ongoing.partials.end(request_id):
            self._outbox.put(CancelRecognition(request_id))
