"""What end-pointing tells, in the order it happens: a sound, speech, a pause, the end with the utterance."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import numpy as np


class EndReason(str, Enum):
    """Why an utterance ended."""

    SILENCE = "silence"
    TOO_LONG = "too-long"
    RELEASED = "released"
    """the citizen let go of the button"""
    MUTED = "muted"
    """the microphone was made deaf while someone spoke"""
    STALLED = "stalled"
    """no more sound arrived"""


@dataclass(frozen=True)
class Utterance:
    """What was said, as sound; all times are on the caller's clock, in seconds."""

    samples: np.ndarray = field(repr=False, compare=False)
    """float32, mono, 16 kHz, from `audio_from` on"""
    audio_from: float
    started_at: float
    """the first window judged to be speech; the audio begins earlier by the pre-roll"""
    ended_at: float
    """the end of the last window judged to be speech; the audio goes on for the post-roll"""
    voiced_s: float
    """how much of it is speech: 0 says that a button was held and nothing said"""
    snr_db: float
    """how far the speech stands out from the room's noise"""


@dataclass(frozen=True)
class SoundHeard:
    """Something like speech began: duck what is being played."""

    at: float


@dataclass(frozen=True)
class SoundPassed:
    """It was no speech, a cough or a click: play as before."""

    at: float


@dataclass(frozen=True)
class SpeechStarted:
    """Someone speaks."""

    at: float
    started_at: float


@dataclass(frozen=True)
class SpeechConfirmed:
    """Someone has spoken long enough to be meant: stop what is being played."""

    at: float


@dataclass(frozen=True)
class SpeechPaused:
    """It is quiet after speech; unless more is said, SpeechEnded brings this utterance, so recognise it by now."""

    at: float
    utterance: Utterance


@dataclass(frozen=True)
class SpeechEnded:
    """The utterance is over."""

    at: float
    utterance: Utterance
    reason: EndReason


SpeechEvent = SoundHeard | SoundPassed | SpeechStarted | SpeechConfirmed | SpeechPaused | SpeechEnded
