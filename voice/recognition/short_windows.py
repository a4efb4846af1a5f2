"""faster-whisper without the padding to 30 seconds, for models that were trained on windows of any length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel

_FRAMES_AFTER = 10
_STEP = 25
"""frames in half a second"""
_UNFILTERED = 1
"""frames over which the alignment, which nobody looks at, is smoothed"""


class ShortWindowModel(WhisperModel):
    """A Whisper model whose encoder sees only as many frames as there is sound, and that tells how sure it was."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Load the model as faster-whisper does."""
        super().__init__(*arguments, **options)
        self._noted: dict[tuple[int, ...], tuple[float, ...]] = {}

    def encode(self, features: np.ndarray) -> ctranslate2.StorageView:
        """Return the encoder's states of mels × frames, or batch × mels × frames, padded with zeros to 30 s."""
        return super().encode(shortened(features))

    def generate_with_fallback(
        self, encoder_output: ctranslate2.StorageView, prompt: list[int], tokenizer: Any, options: Any
    ) -> tuple[Any, float, float, float]:
        """Decode as faster-whisper does, and note how likely each token was."""
        decoded = super().generate_with_fallback(encoder_output, prompt, tokenizer, options)
        tokens = [token for token in decoded[0].sequences_ids[0] if token < tokenizer.eot]
        self._noted[tuple(tokens)] = self._probabilities(encoder_output, tokenizer, tokens) if tokens else ()
        return decoded

    def probabilities(self, tokens: Sequence[int]) -> tuple[float, ...]:
        """Return how likely each token was (0 to 1) of a text that has just been heard, and forget all others."""
        found = self._noted.get(tuple(tokens), ())
        self._noted.clear()
        return found

    def _probabilities(
        self, encoder_output: ctranslate2.StorageView, tokenizer: Any, tokens: list[int]
    ) -> tuple[float, ...]:
        frames = encoder_output.shape[1]
        aligned = self.model.align(
            encoder_output, tokenizer.sot_sequence, [tokens], frames, median_filter_width=_UNFILTERED
        )
        return tuple(aligned[0].text_token_probs)


def shortened(features: np.ndarray) -> np.ndarray:
    """Cut the padding of zeros off, but for a fifth of a second, at a multiple of half a second."""
    heard = np.flatnonzero(np.any(features != 0.0, axis=tuple(range(features.ndim - 1))))
    last = int(heard[-1]) + 1 if len(heard) else 0
    frames = -(-(last + _FRAMES_AFTER) // _STEP) * _STEP
    return np.ascontiguousarray(features[..., : max(_STEP, min(frames, features.shape[-1]))])
