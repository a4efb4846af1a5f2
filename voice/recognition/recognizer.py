"""From a clip of speech to a transcript that is believed, with any model behind one small protocol."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Protocol

import numpy as np

from voice.audio import SAMPLE_RATE
from voice.recognition.hallucination import Guard
from voice.recognition.transcript import Doubt, Hypothesis, Transcript

_SHORTEST_SECONDS = 0.1


class SpeechModel(Protocol):
    """What recognises speech."""

    @property
    def description(self) -> str:
        """Say in a sentence which model it is."""

    @property
    def is_demonstration(self) -> bool:
        """Tell whether it was trained on synthetic voices alone and will fail on people."""

    def hear(self, audio: np.ndarray, draft: bool = False) -> Hypothesis:
        """Return what is heard in float32 samples at 16 kHz; a draft may be quicker and worse."""


class Recognizer:
    """Recognise clips and believe only what was surely said."""

    def __init__(
        self, model: SpeechModel, guard: Guard | None = None, stopwatch: Callable[[], float] = time.perf_counter
    ) -> None:
        """Keep the model and the limits."""
        self.model = model
        self._guard = guard or Guard()
        self._stopwatch = stopwatch

    def transcribe(self, audio: np.ndarray, draft: bool = False) -> Transcript:
        """Return the transcript of float32 samples, -1 to 1, mono at 16 kHz; what is no number is silence."""
        audio = np.nan_to_num(audio, posinf=0.0, neginf=0.0)
        began, seconds = self._stopwatch(), len(audio) / SAMPLE_RATE
        if seconds < _SHORTEST_SECONDS or not np.any(audio):
            return Transcript("", 0.0, seconds, self._stopwatch() - began, Doubt.SILENCE)
        heard = self.model.hear(np.ascontiguousarray(audio, dtype=np.float32), draft)
        doubt = self._guard.doubt(heard, seconds)
        confidence = math.exp(min(0.0, heard.average_log_probability))
        text = "" if doubt else heard.text
        return Transcript(text, 0.0 if doubt else confidence, seconds, self._stopwatch() - began, doubt)
