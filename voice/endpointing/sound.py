"""A sound under way, which may turn out to be speech."""

from __future__ import annotations

import math

import numpy as np

from voice.audio import SAMPLE_RATE, SILENT_DBFS, WINDOW, WINDOW_S
from voice.endpointing.events import Utterance
from voice.endpointing.voice_activity import JudgedWindow

_LOG_ODDS = (-3.0, 4.0)
"""the most that one window says against and for speech"""
_DOUBT = 0.5
"""taken off each window's log odds, since notes of music look like speech now and then"""


class Sound:
    """The windows since the first like speech, with those before it, and what they say together; times as the caller's.

    The evidence is a cumulative sum of log odds that never falls below zero (Page's test): a few windows of sure speech
    weigh as much as many doubtful ones.
    """

    def __init__(self, started_at: float, noise_dbfs: float, before: list[np.ndarray]) -> None:
        self.started_at = started_at
        self.reported = False
        self.is_speech = False
        self.confirmed = False
        self.evidence = 0.0
        self.windows = list(before)
        self._before = len(before)
        self._noise_dbfs = noise_dbfs
        self._voiced_until = started_at
        self._voiced = 0
        self._quiet = 0
        self._energy = 0.0

    @property
    def duration_s(self) -> float:
        """Tell how long it lasts, silences included."""
        return (len(self.windows) - self._before) * WINDOW_S

    @property
    def voiced_s(self) -> float:
        """Tell how much of it is like speech."""
        return self._voiced * WINDOW_S

    @property
    def quiet_s(self) -> float:
        """Tell how long ago the last window like speech was."""
        return self._quiet * WINDOW_S

    def add(self, window: JudgedWindow, ended_at: float, voiced: bool) -> None:
        """Take the next window."""
        self.windows.append(window.samples)
        odds = _log_odds(window.probability) if voiced else _LOG_ODDS[0]
        self.evidence = max(0.0, self.evidence + odds - _DOUBT)
        if voiced:
            self._voiced += 1
            self._voiced_until = ended_at
            self._energy += float(np.mean(window.samples**2))
        self._quiet = 0 if voiced else self._quiet + 1

    def utterance(self, post_roll_s: float = 0.0, whole: bool = False) -> Utterance:
        """Return what was said, up to the post-roll after the last speech, or the whole of what was heard."""
        end = len(self.windows) * WINDOW
        if not whole:
            end = min(end, (len(self.windows) - self._quiet) * WINDOW + round(post_roll_s * SAMPLE_RATE))
        samples = np.concatenate(self.windows)[:end] if self.windows else np.zeros(0, np.float32)
        level = 10.0 * math.log10(self._energy / self._voiced) if self._energy else SILENT_DBFS
        return Utterance(
            samples=samples,
            audio_from=self.started_at - self._before * WINDOW_S,
            started_at=self.started_at,
            ended_at=self._voiced_until,
            voiced_s=self.voiced_s,
            snr_db=level - self._noise_dbfs if self._voiced else 0.0,
        )

    def windows_after(self, utterance: Utterance) -> list[np.ndarray]:
        """Return the windows that an utterance does not hold, not even in part."""
        return self.windows[math.ceil(len(utterance.samples) / WINDOW) :]


def _log_odds(probability: float) -> float:
    least, most = _LOG_ODDS
    if probability <= 0.0 or probability >= 1.0:
        return most if probability >= 1.0 else least
    return min(most, max(least, math.log(probability / (1.0 - probability))))
