"""Where an utterance begins and ends, in a stream of sound."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from voice.audio import SAMPLE_RATE, WINDOW, WINDOW_S
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
from voice.endpointing.settings import EndpointSettings, PatienceHint
from voice.endpointing.sound import Sound
from voice.endpointing.voice_activity import JudgedWindow, VoiceActivity

_SPEECH_BEGINS = 0.5
SPEECH_GOES_ON = 0.35
"""probabilities, apart so that speech does not flicker"""
_SOUND_WAITS_S = 1.2
"""a first syllable before a hesitation is kept so long for what follows"""
_LONGEST_SOUND_S = 3.0
"""what has not become speech by then is dropped"""


class Endpointer:
    """Find utterances in a stream, hands-free or while a button is held.

    `now` is the moment the last sample handed over was heard, in seconds on the caller's clock; durations are counted
    in samples, so that a jittery clock does no harm. `settings` may be replaced at any time.
    """

    def __init__(self, settings: EndpointSettings | None = None, activity: VoiceActivity | None = None) -> None:
        self.settings = settings or EndpointSettings()
        self.expects_short_answer = False
        """set while a yes or a no is awaited: a single short syllable is speech then"""
        self._activity = activity or VoiceActivity()
        self.reset()

    def reset(self) -> None:
        """Forget what was heard, let go of the button and hear again; the room's noise stays known."""
        self._activity.reset()
        self._sound: Sound | None = None
        self._before: list[np.ndarray] = []
        self._hint = PatienceHint.NONE
        self._held = False
        self._deaf_until = -math.inf
        self._heard_until = 0.0

    @property
    def noise_dbfs(self) -> float:
        """Tell the level of the room's noise in dB below full scale."""
        return self._activity.noise_dbfs

    def hint(self, hint: PatienceHint) -> None:
        """Take what the words so far say about whether more will come; it holds for the utterance under way."""
        if self._sound is not None:
            self._hint = hint

    def utterance_so_far(self) -> Utterance | None:
        """Return what was said by now, or None while nobody speaks."""
        sound = self._sound
        if sound is None or not sound.is_speech:
            return None
        return sound.utterance(self.settings.post_roll_s, whole=self._held)

    def feed(self, samples: np.ndarray, now: float) -> list[SpeechEvent]:
        """Hear the next samples, float32, mono, 16 kHz, any number of them; none at all only tells the time."""
        began = now - len(samples) / SAMPLE_RATE
        events: list[SpeechEvent] = []
        if began - self._heard_until >= self.settings.stalled_s and not self._held:
            events += self._cut_off(began, EndReason.STALLED)
        if not len(samples):
            return events
        self._heard_until = now
        deaf = math.ceil((min(now, max(began, self._deaf_until)) - began) * SAMPLE_RATE)
        windows = self._activity.feed(samples[deaf:])
        last_ended_at = now - self._activity.waiting / SAMPLE_RATE
        for behind, window in zip(reversed(range(len(windows))), windows, strict=True):
            events += self._hear(window, last_ended_at - behind * WINDOW_S)
        return events

    def hold(self, now: float) -> list[SpeechEvent]:
        """Hear an utterance, or the rest of the one under way, until `release`, silences included; deaf ears open."""
        self._held = True
        self.unmute()
        if self._sound is None:
            self._open(now)
        return self._start(now)

    def release(self, now: float) -> list[SpeechEvent]:
        """End the utterance that was held."""
        if not self._held:
            return []
        missing = -self._activity.waiting % WINDOW
        events = self.feed(np.zeros(missing, np.float32), now)
        events += self._cut_off(now, EndReason.RELEASED)
        self._held = False
        return events

    def mute(self, until: float = math.inf) -> list[SpeechEvent]:
        """Be deaf until a time, or until `unmute`, as while our own voice comes from the loudspeaker."""
        events = self._cut_off(self._heard_until, EndReason.MUTED)
        self._activity.reset()
        self._before = []
        self._held = False
        self._deaf_until = until
        return events

    def unmute(self) -> None:
        """Hear again."""
        self._deaf_until = -math.inf

    def _hear(self, window: JudgedWindow, at: float) -> Iterator[SpeechEvent]:
        """Judge the next window, heard whole at `at`."""
        stands_out = window.above_noise_db >= self.settings.stands_out_db and (
            not window.held_tone or self.expects_short_answer
        )
        sound = self._sound
        if sound is None:
            if self._held:
                return
            if window.probability < _SPEECH_BEGINS or not stands_out:
                self._keep([*self._before, window.samples])
                return
            sound = self._open(at - WINDOW_S)
        voiced = window.probability >= SPEECH_GOES_ON and (sound.is_speech or stands_out)
        sound.add(window, at, voiced)
        if not sound.is_speech:
            yield from self._judge_sound(sound, at)
        if sound.is_speech:
            yield from self._judge_speech(sound, at)

    def _judge_sound(self, sound: Sound, at: float) -> Iterator[SpeechEvent]:
        settings = self.settings
        if not sound.reported and sound.voiced_s >= settings.sound_s:
            sound.reported = True
            yield SoundHeard(at)
        if self.expects_short_answer:
            shortest_s, evidence = settings.short_answer_s, settings.short_answer_evidence
        else:
            shortest_s, evidence = settings.shortest_s, settings.evidence
        if sound.voiced_s >= shortest_s and sound.evidence >= evidence:
            yield from self._start(at)
        elif sound.quiet_s >= _SOUND_WAITS_S or sound.duration_s >= _LONGEST_SOUND_S:
            self._close(sound.windows)
            if sound.reported:
                yield SoundPassed(at)

    def _judge_speech(self, sound: Sound, at: float) -> Iterator[SpeechEvent]:
        settings = self.settings
        if not sound.confirmed and sound.voiced_s >= settings.confirmed_s:
            sound.confirmed = True
            yield SpeechConfirmed(at)
        if sound.duration_s >= (settings.longest_held_s if self._held else settings.longest_s):
            yield from self._cut_off(at, EndReason.TOO_LONG)
        elif self._held:
            return
        elif sound.quiet_s >= settings.patience(self._hint):
            utterance = sound.utterance(settings.post_roll_s)
            self._close(sound.windows_after(utterance))
            yield SpeechEnded(at, utterance, EndReason.SILENCE)
        elif sound.quiet_s >= settings.post_roll_s > sound.quiet_s - WINDOW_S:
            yield SpeechPaused(at, sound.utterance(settings.post_roll_s))

    def _open(self, started_at: float) -> Sound:
        self._sound = Sound(started_at, self.noise_dbfs, self._before)
        self._before = []
        return self._sound

    def _start(self, at: float) -> list[SpeechEvent]:
        sound = self._sound
        if sound is None or sound.is_speech:
            return []
        sound.is_speech = sound.reported = True
        return [SpeechStarted(at, sound.started_at)]

    def _cut_off(self, at: float, reason: EndReason) -> list[SpeechEvent]:
        """End whatever is under way, with all that was heard of it."""
        sound = self._sound
        if sound is None:
            return []
        self._close([])
        if sound.is_speech:
            return [SpeechEnded(at, sound.utterance(whole=True), reason)]
        return [SoundPassed(at)] if sound.reported else []

    def _close(self, left: list[np.ndarray]) -> None:
        self._sound = None
        self._hint = PatienceHint.NONE
        self._keep(left)

    def _keep(self, windows: list[np.ndarray]) -> None:
        """Keep the last of these windows for the next utterance."""
        self._before = windows[max(0, len(windows) - math.ceil(self.settings.pre_roll_s / WINDOW_S)) :]
