"""faster-whisper's log-mel features at our distance of frames, for a batch and on any device."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from voice.audio import SAMPLE_RATE

HOP = 320
"""samples from frame to frame: twice Whisper's own, as half the frames are half the work"""
_FFT = 400
_PADDING = 160
"""samples of silence that faster-whisper adds"""
# Slaney's scale: 15 mels are 1000 Hz, below it is linear, above logarithmic
_KNEE_HERTZ, _KNEE_MELS = 1000.0, 15.0
_STEP = np.log(6.4) / 27.0


def frames_of(lengths: Tensor) -> Tensor:
    """Return how many frames waves of these lengths, in samples, have."""
    return (lengths + _PADDING) // HOP


class LogMel:
    """Turn waves into the frames that faster-whisper would compute of each alone."""

    def __init__(self, filters: np.ndarray, device: torch.device) -> None:
        """Keep the mel filters, mels × 201, such as `mel_filters` gives."""
        self._filters = torch.tensor(filters, dtype=torch.float32, device=device)
        self._window = torch.hann_window(_FFT, device=device)

    def __call__(self, waves: Tensor, lengths: Tensor) -> Tensor:
        """Return batch × mels × frames; beyond a wave's own length the frames are 0, as faster-whisper pads.

        `waves` is batch × samples and 0 beyond `lengths`, in samples.
        """
        padded = functional.pad(waves, (0, _PADDING))
        spectrum = torch.stft(padded, _FFT, HOP, window=self._window, return_complex=True, pad_mode="reflect")
        power = spectrum[..., :-1].abs() ** 2
        log = torch.log10(torch.clamp(self._filters @ power, min=1e-10))
        frames = torch.arange(log.shape[-1], device=waves.device)
        outside = (frames[None, :] >= frames_of(lengths)[:, None])[:, None, :]
        loudest = log.masked_fill(outside, -10.0).amax(dim=(1, 2), keepdim=True)
        scaled = (torch.maximum(log, loudest - 8.0) + 4.0) / 4.0
        return scaled.masked_fill(outside, 0.0)


def mel_filters(mels: int = 80) -> np.ndarray:
    """Return Slaney's mel filters for 16 kHz and 400 points, mels × 201, as Whisper uses them."""
    centres = np.fft.rfftfreq(_FFT, 1.0 / SAMPLE_RATE)
    highest = _KNEE_MELS + np.log(SAMPLE_RATE / 2 / _KNEE_HERTZ) / _STEP
    steps = np.linspace(0.0, highest, mels + 2)
    linear, logarithmic = steps / _KNEE_MELS, np.exp(_STEP * (steps - _KNEE_MELS))
    edges = _KNEE_HERTZ * np.where(steps < _KNEE_MELS, linear, logarithmic)
    ramps = edges[:, None] - centres[None, :]
    widths = np.diff(edges)
    rising, falling = -ramps[:-2] / widths[:-1, None], ramps[2:] / widths[1:, None]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    return np.asarray(triangles * (2.0 / (edges[2:] - edges[:-2]))[:, None], dtype=np.float32)
