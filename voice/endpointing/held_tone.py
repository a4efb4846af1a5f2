"""Whether a sound stands still, as a held note does: speech seldom keeps its spectrum from one window to the next."""

from __future__ import annotations

import numpy as np

from voice.audio import WINDOW

_LIKENESS = 0.985
"""cosine of the two spectra; notes of music reach 0.99 for three quarters of their time, speech for a twentieth"""


class HeldTone:
    """Compare each window's spectrum with the one before."""

    def __init__(self) -> None:
        self._taper = np.hanning(WINDOW).astype(np.float32)
        self._spectrum = np.zeros(WINDOW // 2 + 1, np.float32)

    def update(self, samples: np.ndarray) -> bool:
        """Take the next window and tell whether it sounds as the one before."""
        spectrum = np.abs(np.fft.rfft(samples * self._taper))
        before, self._spectrum = self._spectrum, spectrum
        scale = float(np.linalg.norm(spectrum) * np.linalg.norm(before))
        return scale > 0.0 and float(np.dot(spectrum, before)) >= _LIKENESS * scale
