"""faster-whisper without the padding to 30 seconds, for models that were trained on windows of any length."""

from __future__ import annotations

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel

_FRAMES_AFTER = 10
_STEP = 25
"""frames in half a second"""


class ShortWindowModel(WhisperModel):
    """A Whisper model whose encoder sees only as many frames as there is sound."""

    def encode(self, features: np.ndarray) -> ctranslate2.StorageView:
        """Return the encoder's states of mels × frames, or batch × mels × frames, padded with zeros to 30 s."""
        return super().encode(shortened(features))


def shortened(features: np.ndarray) -> np.ndarray:
    """Cut the padding of zeros off, but for a fifth of a second, at a multiple of half a second."""
    heard = np.flatnonzero(np.any(features != 0.0, axis=tuple(range(features.ndim - 1))))
    last = int(heard[-1]) + 1 if len(heard) else 0
    frames = -(-(last + _FRAMES_AFTER) // _STEP) * _STEP
    return np.ascontiguousarray(features[..., : max(_STEP, min(frames, features.shape[-1]))])
