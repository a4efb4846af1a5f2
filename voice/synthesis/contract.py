"""The contract of a synthesiser: what it is asked to say, what it answers with, how it fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from voice.synthesis.clip import Clip

VoiceName = Literal["mandarin", "cantonese"]


class SynthesisFailed(Exception):
    """A sentence could not be spoken: show it as text."""


class SynthesizerBusy(Exception):
    """Too many sentences are waiting to be spoken: show this one as text, or ask again in a moment."""


class UnknownVoice(Exception):
    """There is no voice of that name: choose `mandarin` or `cantonese`."""


@dataclass(frozen=True)
class SynthesisRequest:
    """One sentence to speak."""

    text: str
    """in spoken form: numbers written out, nothing that has no sound"""
    voice: VoiceName
    speed: float
    """1.0 is the synthesiser's usual pace, 2.0 twice as fast"""
    volume: float
    """0 to 1; 1 is the loudest that is not distorted"""

    def __post_init__(self) -> None:
        """Refuse a voice that does not exist."""
        if self.voice not in get_args(VoiceName):
            raise UnknownVoice(f"{UnknownVoice.__doc__} (asked for: {self.voice})")


class SpeechSynthesizer(Protocol):
    """Whatever turns a sentence into sound."""

    @property
    def at_once(self) -> int:
        """Return how many threads may speak at the same time."""

    def fingerprint(self, request: SynthesisRequest) -> str:
        """Return a text that differs whenever the sound would; any thread may ask, at any time."""

    def speak(self, request: SynthesisRequest) -> Clip:
        """Return the sentence as sound; blocks, for at most a time limit of its own.

        Raises:
            SynthesisFailed: no sound came of it.
        """

    def close(self) -> None:
        """Let go of whatever it holds; what is being spoken fails."""
