"""Hold the latest clips on the device that trains, and draw batches of clips of about the same length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from voice.audio import SAMPLE_RATE
from voice.training.recording import Recording

SILENCE = -1
"""stands for the number of a line where nobody speaks"""
_POOL = 2048
"""clips drawn at a time, to find some of the same length among them"""
_AROUND_SECONDS = 0.6
"""silence before a clip, or after it, at the most"""
_SILENT_SHARE = 0.04


@dataclass(frozen=True)
class Batch:
    """Clips that are heard together."""

    waves: Tensor
    """floats in -1 to 1, batch × samples"""
    lengths: Tensor
    """samples of each with the silence around it; beyond, the wave is 0"""
    starts: Tensor
    """the sample at which speech begins"""
    ends: Tensor
    """the sample at which speech ends"""
    numbers: list[int]
    """the number of each clip's line, or SILENCE"""


class Clips:
    """The latest clips, in one long tensor on the device that trains: where it is full the oldest make room."""

    def __init__(self, seconds: float, device: torch.device, seed: int) -> None:
        """Make room for so many seconds; memory of the CPU is taken as it fills."""
        self._samples = torch.empty(int(seconds * SAMPLE_RATE), dtype=torch.int16, device=device)
        self._end = 0
        self._device = device
        self._random = np.random.default_rng(seed)
        self._starts = np.zeros(0, np.int64)
        self._lengths = np.zeros(0, np.int64)
        self._numbers = np.zeros(0, np.int64)

    def __len__(self) -> int:
        """Return the number of clips."""
        return len(self._lengths)

    @property
    def hours(self) -> float:
        """Return how long they last together."""
        return float(self._lengths.sum()) / SAMPLE_RATE / 3600

    def add(self, recording: Recording) -> None:
        """Take a recording in; one that is longer than all the room is left out."""
        size = len(recording.samples)
        if size > len(self._samples):
            return
        start = self._end if self._end + size <= len(self._samples) else 0
        self._end = start + size
        kept = (self._starts + self._lengths <= start) | (self._starts >= self._end)
        self._samples[start : self._end] = torch.from_numpy(recording.samples).to(self._device)
        lengths = np.array(recording.lengths, np.int64)
        self._starts = np.concatenate([self._starts[kept], start + np.cumsum(lengths) - lengths])
        self._lengths = np.concatenate([self._lengths[kept], lengths])
        self._numbers = np.concatenate([self._numbers[kept], np.array(recording.numbers, np.int64)])

    def batches(self, seconds: float) -> Iterator[Batch]:
        """Draw some thousand clips and yield them in batches of about so many seconds, in any order.

        Each is drawn anew: its speed, the silence around it, and now and then nothing but silence.
        """
        groups = self._groups(self._random.integers(0, len(self), min(_POOL, max(64, len(self)))), seconds)
        self._random.shuffle(groups)
        for places in groups:
            yield self._drawn_batch(places)

    def each_once(self, seconds: float) -> Iterator[Batch]:
        """Yield every clip once, as it was recorded, in batches of about so many seconds."""
        for places in self._groups(np.arange(len(self)), seconds):
            plain = np.ones(len(places))
            around = np.full(len(places), int(_AROUND_SECONDS / 2 * SAMPLE_RATE))
            yield self._batch(places, plain, around, around)

    def _groups(self, places: np.ndarray, seconds: float) -> list[np.ndarray]:
        """Put clips of about the same length together, as many as last so many seconds with the longest of them."""
        ordered = places[np.argsort(self._lengths[places], kind="stable")]
        groups, start = [], 0
        for place, length in enumerate(self._lengths[ordered]):
            if place > start and (length / SAMPLE_RATE + _AROUND_SECONDS) * (place + 1 - start) > seconds:
                groups.append(ordered[start:place])
                start = place
        return [*groups, ordered[start:]] if len(ordered) else []

    def _drawn_batch(self, places: np.ndarray) -> Batch:
        random, size = self._random, len(places)
        speed = np.where(random.random(size) < 0.5, random.uniform(0.86, 1.17, size), 1.0)
        lead = (random.random(size) ** 2 * _AROUND_SECONDS * SAMPLE_RATE).astype(int)
        tail = (random.random(size) ** 2 * _AROUND_SECONDS * SAMPLE_RATE).astype(int)
        batch = self._batch(places, speed, lead, tail)
        silent = random.random(size) < _SILENT_SHARE
        return replace(
            batch,
            waves=batch.waves * self._tensor(~silent)[:, None],
            numbers=np.where(silent, SILENCE, batch.numbers).tolist(),
        )

    def _batch(self, places: np.ndarray, speed: np.ndarray, lead: np.ndarray, tail: np.ndarray) -> Batch:
        """Return the clips at these places, each at its speed and with so many samples of silence around it."""
        spoken = (self._lengths[places] / speed).astype(int)
        waves = self._gathered(places, speed, spoken, lead, int((lead + spoken + tail).max()))
        return Batch(
            waves,
            lengths=self._tensor(lead + spoken + tail),
            starts=self._tensor(lead),
            ends=self._tensor(lead + spoken),
            numbers=self._numbers[places].tolist(),
        )

    def _gathered(
        self, places: np.ndarray, speed: np.ndarray, spoken: np.ndarray, lead: np.ndarray, total: int
    ) -> Tensor:
        """Read the clips between samples, so that speed, pitch and throat change together."""
        times = torch.arange(total, device=self._device)[None, :] - self._tensor(lead)[:, None]
        place = times.float() * self._tensor(speed.astype(np.float32))[:, None]
        before = place.floor()
        between = place - before
        last = self._tensor(self._lengths[places] - 1)[:, None]
        first = before.long().clamp(min=0)
        origin = self._tensor(self._starts[places])[:, None]
        low = self._samples[origin + torch.minimum(first, last)].float()
        high = self._samples[origin + torch.minimum(first + 1, last)].float()
        heard = (times >= 0) & (times < self._tensor(spoken)[:, None])
        return torch.lerp(low, high, between) / 32768.0 * heard

    def _tensor(self, values: np.ndarray) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(values)).to(self._device)
