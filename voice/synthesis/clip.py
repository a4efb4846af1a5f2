"""A piece of sound: mono 16-bit samples, and how it is read from and written to WAV."""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np

_SAMPLE_BYTES = 2
_USUAL_RATE = 22_050


class BadClip(Exception):
    """This is no sound that can be read: give a WAV file of 16-bit PCM samples."""


@dataclass(frozen=True, eq=False)
class Clip:
    """A piece of sound in memory."""

    samples: np.ndarray
    """int16, mono"""
    rate: int
    """samples a second"""

    @property
    def seconds(self) -> float:
        """Return how long the clip lasts."""
        return len(self.samples) / self.rate

    @property
    def pcm(self) -> bytes:
        """Return the samples as 16-bit little-endian PCM."""
        return self.samples.astype("<i2").tobytes()

    @property
    def wav(self) -> bytes:
        """Return the clip as a WAV file."""
        file = io.BytesIO()
        with wave.open(file, "wb") as writer:
            writer.setnchannels(1)
            writer.setsampwidth(_SAMPLE_BYTES)
            writer.setframerate(self.rate)
            writer.writeframes(self.pcm)
        return file.getvalue()

    @classmethod
    def from_wav(cls, content: bytes) -> Clip:
        """Read a WAV file of 16-bit samples; several channels become one.

        What is there counts, not what the header promises: programs that write to a pipe cannot know it.

        Raises:
            BadClip: the content is no such file.
        """
        try:
            with wave.open(io.BytesIO(content)) as reader:
                channels, width, rate = reader.getnchannels(), reader.getsampwidth(), reader.getframerate()
                frames = reader.readframes(reader.getnframes())
        except (wave.Error, EOFError, ValueError) as error:
            raise BadClip(f"{BadClip.__doc__} ({error})") from error
        if width != _SAMPLE_BYTES or rate <= 0:
            raise BadClip(f"{BadClip.__doc__} ({8 * width} bits, {rate} samples a second)")
        whole = len(frames) - len(frames) % (_SAMPLE_BYTES * channels)
        samples = np.frombuffer(frames[:whole], dtype="<i2").reshape(-1, channels)
        mono = samples[:, 0] if channels == 1 else samples.mean(axis=1)
        return cls(mono.astype(np.int16), rate)

    def at(self, rate: int) -> Clip:
        """Return the clip at another rate (samples a second)."""
        if rate == self.rate:
            return self
        from scipy.signal import resample_poly

        shared = gcd(rate, self.rate)
        resampled = resample_poly(self.samples.astype(np.float32), rate // shared, self.rate // shared)
        return Clip(_as_int16(resampled), rate)

    def louder(self, factor: float) -> Clip:
        """Return the clip with its samples multiplied by a factor, cut off where they no longer fit."""
        return self if factor == 1.0 else Clip(_as_int16(self.samples * factor), self.rate)


def joined(clips: Sequence[Clip]) -> Clip:
    """Return clips one after the other as one, at the rate of the first."""
    rate = clips[0].rate if clips else _USUAL_RATE
    return Clip(np.concatenate([np.zeros(0, np.int16), *(clip.at(rate).samples for clip in clips)]), rate)


def _as_int16(samples: np.ndarray) -> np.ndarray:
    return np.asarray(np.clip(np.round(samples), -32768, 32767), dtype=np.int16)
