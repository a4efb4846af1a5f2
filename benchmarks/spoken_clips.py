"""What the benchmarks of speech say, as espeak-ng speaks it: voices, clips, noise, when each syllable was said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.sounds import RATE
from benchmarks.spoken_stream import clip_of

KNOWN_VOICES = ("", "f2", "m3", "Annie", "john")
"""voices that the shipped recogniser learnt; the empty one is espeak-ng's plain voice"""
CHOSEN_BY = ("f4", "m6", "steph2")
"""voices never learnt, by which the recogniser was chosen"""
KEPT_APART = ("belinda", "Michael", "f5", "steph3")
"""voices never learnt, and by which nothing was chosen"""
_QUIET_S = 0.2


@dataclass(frozen=True)
class Said:
    """A text as it is said, with what the synthesiser is given."""

    text: str
    """without punctuation"""
    spoken: str


@dataclass(frozen=True)
class SpokenClip:
    """A text that was spoken, and when."""

    said: Said
    samples: np.ndarray
    """float32 at 16 kHz"""
    begins_s: float
    ends_s: float
    """the bounds of the speech within the samples"""
    syllable_ends_s: tuple[float, ...]
    """when each character of the text has been said"""

    @property
    def speech_s(self) -> float:
        """Return how long the speech lasts."""
        return self.ends_s - self.begins_s


def said(text: str) -> Said:
    """Return a text of Chinese characters and commas as it is said."""
    from voice.language.pinyin import syllables

    spoken = ", ".join(" ".join(syllables(part)) for part in text.split("，"))
    return Said(text.replace("，", ""), spoken)


class ClipMaker:
    """espeak-ng at a pitch of its own choice; one a process."""

    def __init__(self) -> None:
        """Load the library."""
        from voice.training.espeak_library import EspeakLibrary

        self._library = EspeakLibrary()

    def speak(self, words: Said, voice: str, speed: int) -> np.ndarray:
        """Return float32 samples at 16 kHz with a little silence around; `speed` is in words a minute."""
        quiet = np.zeros(round(_QUIET_S * RATE), np.float32)
        return np.concatenate([quiet, self._wave(words.spoken, voice, speed), quiet])

    def clip(self, text: str, voice: str, speed: int) -> SpokenClip:
        """Return a clip with the times of its syllables: those that its beginnings take when said alone."""
        words = said(text)
        samples = self.speak(words, voice, speed)
        first, end = clip_of(samples).bounds
        spoken = words.spoken.split(" ")
        lengths = [_loud_length(self._wave(" ".join(spoken[:count]), voice, speed)) for count in range(1, len(spoken))]
        whole = max([*lengths, _loud_length(samples)])
        ends = [first + (end - first) * length / whole for length in lengths] + [float(end)]
        return SpokenClip(words, samples, first / RATE, end / RATE, tuple(one / RATE for one in ends))

    def _wave(self, spoken: str, voice: str, speed: int) -> np.ndarray:
        from scipy.signal import resample_poly

        name = f"cmn-latn-pinyin+{voice}" if voice else "cmn-latn-pinyin"
        wave = self._library.speak(spoken, name, speed, 50, 50).astype(np.float32) / 32768.0
        return np.asarray(resample_poly(wave, RATE, self._library.rate), dtype=np.float32)


def in_noise(wave: np.ndarray, decibels: float, chance: np.random.Generator) -> np.ndarray:
    """Add white noise this many decibels below the clip."""
    level = float(np.sqrt(np.mean(wave**2))) / 10 ** (decibels / 20)
    return wave + chance.normal(0, level, len(wave)).astype(np.float32)


def _loud_length(wave: np.ndarray) -> int:
    begin, end = clip_of(wave).bounds
    return end - begin
