"""What was heard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Doubt(str, Enum):
    """Why nothing of what a recogniser wrote is believed."""

    SILENCE = "silence"
    REPETITION = "repetition"
    IMPROBABLE = "improbable"
    TOO_FAST = "too_fast"


@dataclass(frozen=True)
class Hypothesis:
    """What a model believes to have heard, not yet checked."""

    text: str
    average_log_probability: float
    """mean natural logarithm of the tokens' probabilities"""
    no_speech_probability: float = 0.0


@dataclass(frozen=True)
class Transcript:
    """What was said, as far as it is believed."""

    text: str
    """as the model writes it; empty where nothing is believed"""
    confidence: float
    """0 to 1: the mean probability of a token"""
    seconds: float
    """length of the audio"""
    compute_seconds: float
    """time spent on it"""
    doubt: Doubt | None = None
    """why the text is empty, where the model wrote something"""
