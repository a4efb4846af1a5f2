"""What was heard."""

from __future__ import annotations

from collections.abc import Sequence
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


def joined(parts: Sequence[Transcript]) -> Transcript:
    """Return the transcript of utterances that follow each other.

    What was said and not understood counts as heard with confidence 0; where nobody spoke there is nothing to hear.
    """
    spoken = [part for part in parts if part.doubt is not Doubt.SILENCE]
    texts = [part.text for part in spoken if part.text]
    seconds = sum(part.seconds for part in spoken)
    return Transcript(
        "，".join(texts),
        sum(part.confidence * part.seconds for part in spoken) / seconds if texts else 0.0,
        sum(part.seconds for part in parts),
        sum(part.compute_seconds for part in parts),
        None if texts else next((part.doubt for part in spoken), Doubt.SILENCE),
    )
