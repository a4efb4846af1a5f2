"""Sounds that are no speech: noise, notes as instruments play them, what rings and hums in a hall; float32, 16 kHz."""

from __future__ import annotations

import numpy as np

RATE = 16_000
_PULSE_S = 0.25


def noise(seconds: float, dbfs: float, seed: int = 0) -> np.ndarray:
    """Return white noise."""
    level = 10.0 ** (dbfs / 20.0)
    return np.random.default_rng(seed).normal(0.0, level, round(seconds * RATE)).astype(np.float32)


def pink_noise(seconds: float, dbfs: float, seed: int = 0) -> np.ndarray:
    """Return noise whose power falls with the frequency."""
    samples = round(seconds * RATE)
    spectrum = np.fft.rfft(noise(seconds, 0.0, seed))
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    spectrum[0] = 0.0
    pink = np.fft.irfft(spectrum, samples)
    return (pink * (10.0 ** (dbfs / 20.0) / np.sqrt(np.mean(pink**2)))).astype(np.float32)


def melody(
    seconds: float, overtones: int, voices: int = 1, vibrato: float = 0.0, rest_s: float = 0.0, seed: int = 0
) -> np.ndarray:
    """Return notes one after another, struck and dying away, with rests between.

    `voices` sound at once, the pitch sways by `vibrato`, in radians.
    """
    random = np.random.default_rng(seed)
    notes: list[np.ndarray] = []
    rest = np.zeros(round(rest_s * RATE))
    while sum(map(len, notes)) < seconds * RATE:
        time = np.arange(round(random.choice([0.15, 0.25, 0.5, 1.0]) * RATE)) / RATE
        chord = np.zeros(len(time))
        for _ in range(voices):
            pitch = 440.0 * 2.0 ** ((random.integers(48, 84) - 69) / 12.0)
            phase = 2.0 * np.pi * pitch * time + vibrato * np.sin(2.0 * np.pi * 5.5 * time)
            for overtone in range(1, overtones + 1):
                if overtone * pitch < RATE / 2:
                    chord += np.sin(overtone * phase) / overtone**1.2
        notes += [chord * np.minimum(1.0, time / 0.01) * np.exp(-2.0 * time) * 0.1 / voices, rest]
    return np.concatenate(notes)[: round(seconds * RATE)].astype(np.float32)


def ringing(seconds: float) -> np.ndarray:
    """Return two tones in turn, a second of them and a second of silence, as a telephone rings."""
    time = np.arange(round(seconds * RATE)) / RATE
    pitch = np.where(np.floor(time / _PULSE_S) % 2 == 0, 700.0, 900.0)
    tone = np.sin(2.0 * np.pi * np.cumsum(pitch) / RATE)
    return (0.1 * tone * (np.floor(time) % 2 == 0)).astype(np.float32)


def hum(seconds: float) -> np.ndarray:
    """Return the hum of the mains with its overtones."""
    time = np.arange(round(seconds * RATE)) / RATE
    tone = sum((np.sin(2.0 * np.pi * 50.0 * k * time) / k for k in range(1, 12)), np.zeros(len(time)))
    return (0.05 * tone).astype(np.float32)


def siren(seconds: float) -> np.ndarray:
    """Return a tone that rises and falls."""
    time = np.arange(round(seconds * RATE)) / RATE
    pitch = 600.0 + 300.0 * np.sin(2.0 * np.pi * 0.4 * time)
    return (0.1 * np.sin(2.0 * np.pi * np.cumsum(pitch) / RATE)).astype(np.float32)
