"""The contract of what finds utterances in a stream of sound; `voice.endpointing.endpointer.Endpointer` fulfils it."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from voice.endpointing.events import SpeechEvent, Utterance
from voice.endpointing.settings import PatienceHint


class SpeechEndpointer(Protocol):
    """What tells where utterances begin and end; `now` is the moment the last sample was heard, in seconds."""

    expects_short_answer: bool
    """set while a yes or a no is awaited"""

    def feed(self, samples: np.ndarray, now: float) -> list[SpeechEvent]:
        """Hear the next samples, float32, mono, 16 kHz; none at all only tells the time."""

    def hold(self, now: float) -> list[SpeechEvent]:
        """Begin an utterance that lasts until `release`."""

    def release(self, now: float) -> list[SpeechEvent]:
        """End the utterance that was held."""

    def mute(self) -> list[SpeechEvent]:
        """Be deaf until `unmute`."""

    def unmute(self) -> None:
        """Hear again."""

    def reset(self) -> None:
        """Forget what was heard, let go of the button and hear again."""

    def hint(self, hint: PatienceHint) -> None:
        """Take what the words so far say about whether more will come."""

    def utterance_so_far(self) -> Utterance | None:
        """Return what was said by now, or None while nobody speaks."""
