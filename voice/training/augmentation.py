"""What a clip goes through on its way to a microphone: rooms, distance, noise, the telephone; a whole batch at once."""

from __future__ import annotations

import torch
from torch import Tensor

from voice.audio import SAMPLE_RATE

_CHANGED_SHARE = 0.75
_LEAST_SPEECH_POWER = 0.01
"""what noise is measured by where nobody speaks"""


class Augmentation:
    """Change the waves of a batch at random; everything happens on the device they are on."""

    def __init__(self, device: torch.device, seed: int) -> None:
        """Keep a source of chance."""
        self._device = device
        self._chance = torch.Generator(device=device).manual_seed(seed)

    def __call__(self, waves: Tensor, lengths: Tensor, effort: float = 1.0) -> Tensor:
        """Change three in four of the clips, fewer while `effort` is below 1; the others stay as they were spoken.

        `waves` is batch × samples, floats in -1 to 1, and so is what is returned; beyond `lengths`, in samples, it is
        silent.
        """
        total = waves.shape[1]
        inside = torch.arange(total, device=self._device)[None, :] < lengths[:, None]
        spoken, changed = waves, self._which(len(waves), effort * _CHANGED_SHARE)
        waves = self._in_a_room(waves, self._which(len(waves), 0.4))
        waves = self._through_a_line(waves)
        waves = waves / waves.abs().amax(1, keepdim=True).clamp(min=1e-4)
        waves = waves + self._noise(waves, inside)
        waves = torch.where(changed[:, None], self._level(waves), spoken)
        return waves * inside

    def mask(self, mels: Tensor, lengths: Tensor, effort: float = 1.0) -> Tensor:
        """Hide bands of frequency and spans of time in some of the mels; `lengths` in frames."""
        batch, bands, frames = mels.shape
        place = torch.arange(bands, device=self._device)[None, :]
        times = torch.arange(frames, device=self._device)[None, :]
        for _ in range(2):
            width = self._between(batch, 0, 14) * self._which(batch, 0.5 * effort)
            start = self._between(batch, 0, 1) * (bands - width)
            hidden = (place >= start[:, None]) & (place < (start + width)[:, None])
            mels = mels.masked_fill(hidden[:, :, None], 0.0)
            width = self._between(batch, 0, 6) * self._which(batch, 0.4 * effort)
            start = self._between(batch, 0, 1) * (lengths - width).clamp(min=0)
            hidden = (times >= start[:, None]) & (times < (start + width)[:, None])
            mels = mels.masked_fill(hidden[:, None, :], 0.0)
        return mels

    def _between(self, batch: int, low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(batch, generator=self._chance, device=self._device)

    def _which(self, batch: int, share: float) -> Tensor:
        return self._between(batch, 0, 1) < share

    def _normal(self, *shape: int) -> Tensor:
        return torch.randn(*shape, generator=self._chance, device=self._device)

    def _in_a_room(self, waves: Tensor, which: Tensor) -> Tensor:
        """Convolve with an echo that dies away as in rooms of 0.1 to 0.7 s reverberation time."""
        batch, total = waves.shape
        size = int(0.5 * SAMPLE_RATE)
        times = torch.arange(size, device=self._device) / SAMPLE_RATE
        dying = torch.exp(-6.9 * times[None, :] / self._between(batch, 0.1, 0.7)[:, None])
        late = (times[None, :] > self._between(batch, 0.001, 0.02)[:, None]).float()
        echo = self._normal(batch, size) * dying * late
        echo = echo / echo.norm(dim=1, keepdim=True) * self._between(batch, 0.1, 1.0)[:, None]
        echo[:, 0] = 1.0
        points = 1 << (total + size - 1).bit_length()
        heard = torch.fft.irfft(torch.fft.rfft(waves, points) * torch.fft.rfft(echo, points), points)[:, :total]
        return torch.where(which[:, None], heard, waves)

    def _through_a_line(self, waves: Tensor) -> Tensor:
        """Colour the sound as microphones do, and cut some to the telephone's band."""
        batch, total = waves.shape
        points = 1 << (total - 1).bit_length()
        bins = points // 2 + 1
        hertz = torch.linspace(0, SAMPLE_RATE / 2, bins, device=self._device)[None, :]
        curve = torch.nn.functional.interpolate(
            self._normal(batch, 1, 9) * 4.0, size=bins, mode="linear", align_corners=True
        )[:, 0]
        gain = 10.0 ** (curve * self._which(batch, 0.6)[:, None] / 20.0)
        low, high = self._between(batch, 200, 350)[:, None], self._between(batch, 3000, 3800)[:, None]
        band = torch.sigmoid((hertz - low) / 30.0) * torch.sigmoid((high - hertz) / 80.0)
        gain = gain * torch.where(self._which(batch, 0.15)[:, None], band, torch.ones_like(band))
        return torch.fft.irfft(torch.fft.rfft(waves, points) * gain, points)[:, :total]

    def _noise(self, waves: Tensor, inside: Tensor) -> Tensor:
        """Return noise to be added: white to brown, or other voices of the batch, 3 to 40 dB below the speech."""
        batch, total = waves.shape
        points = 1 << (total - 1).bit_length()
        bins = torch.arange(1, points // 2 + 2, device=self._device, dtype=torch.float32)[None, :]
        slope = self._between(batch, 0.0, 1.2)[:, None]
        coloured = torch.fft.irfft(torch.fft.rfft(self._normal(batch, points)) * bins**-slope, points)[:, :total]
        voices = sum(waves.roll(shift, 0).roll(shift * 3001, 1) for shift in (1, 2, 3, 5))
        noise = torch.where(self._which(batch, 0.2)[:, None], voices, coloured)
        amount = inside.sum(1).clamp(min=1)
        speech_power = ((waves**2 * inside).sum(1) / amount).clamp(min=_LEAST_SPEECH_POWER)
        noise_power = (noise**2 * inside).sum(1) / amount
        decibels = self._between(batch, 3, 40)
        scale = torch.sqrt(speech_power / noise_power.clamp(min=1e-9) / 10.0 ** (decibels / 10.0))
        return noise * (scale * self._which(batch, 0.7))[:, None]

    def _level(self, waves: Tensor) -> Tensor:
        """Set the level between a whisper and clipping."""
        batch = len(waves)
        gain = 10.0 ** (self._between(batch, -35, 6) / 20.0)
        return (waves * gain[:, None]).clamp(-1.0, 1.0)
