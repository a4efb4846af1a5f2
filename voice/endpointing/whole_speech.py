"""The speech in a whole clip, with the silence before and after it left out."""

from __future__ import annotations

import numpy as np

from voice.audio import SAMPLE_RATE
from voice.endpointing.endpointer import Endpointer
from voice.endpointing.events import SpeechEnded
from voice.endpointing.settings import EndpointSettings


def speech_in(audio: np.ndarray, settings: EndpointSettings | None = None) -> np.ndarray:
    """Return float32 samples at 16 kHz from the first speech to the last, none where nobody speaks."""
    endpointer = Endpointer(settings)
    seconds = len(audio) / SAMPLE_RATE
    events = endpointer.hold(0.0) + endpointer.feed(audio, seconds) + endpointer.release(seconds)
    for event in events:
        if isinstance(event, SpeechEnded) and event.utterance.voiced_s:
            return event.utterance.samples
    return np.zeros(0, np.float32)
