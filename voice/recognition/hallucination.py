"""Tell a transcript from what recognisers write when nobody speaks."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from voice.recognition.transcript import Doubt, Hypothesis

_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Guard:
    """The limits beyond which nothing is believed."""

    least_log_probability: float = -1.1
    """mean log-probability of a token below which the model guesses"""
    most_no_speech: float = 0.6
    """probability of silence above which a doubtful text is one"""
    sure_log_probability: float = -0.4
    """mean log-probability above which the probability of silence does not count"""
    most_characters_a_second: float = 11.0
    """nobody speaks Chinese faster"""
    characters_at_once: int = 4
    """what may be said beyond that rate: a short clip is measured badly"""
    most_compression: float = 2.4
    """bytes of the text by bytes of its compression; repetition compresses well (Whisper's own limit)"""
    shortest_repeated: int = 24
    """characters from which compression tells anything"""

    def doubt(self, heard: Hypothesis, seconds: float) -> Doubt | None:
        """Return why a hypothesis for so many seconds of sound is not believed, or None."""
        characters = len(_WORD.findall(heard.text))
        if not characters:
            return Doubt.SILENCE
        unsure = heard.average_log_probability < self.sure_log_probability
        if heard.no_speech_probability > self.most_no_speech and unsure:
            return Doubt.SILENCE
        if self._repeats(heard.text):
            return Doubt.REPETITION
        if characters > self.characters_at_once + self.most_characters_a_second * seconds:
            return Doubt.TOO_FAST
        if heard.average_log_probability < self.least_log_probability:
            return Doubt.IMPROBABLE
        return None

    def _repeats(self, text: str) -> bool:
        encoded = text.encode()
        return (
            len(text) >= self.shortest_repeated and len(encoded) / len(zlib.compress(encoded)) > self.most_compression
        )
