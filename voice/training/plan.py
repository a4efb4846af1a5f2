"""How a recogniser is to be trained."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """How to train; the time decides, so that any machine finishes."""

    minutes: float = 120.0
    workers: int = 2
    """processes that record"""
    first_clips: int = 12000
    """clips to be there before training begins"""
    room_hours: float = 12.0
    """room for the latest clips, on the device that trains"""
    batch_seconds: float = 80.0
    rate: float = 5e-4
    """learning rate at its highest"""
    warm_up_steps: int = 300
    easy_share: float = 0.6
    """share of the time for learning in which clips grow harder"""
    syllable_share: float = 0.5
    """weight of the syllables in the loss"""
    attention_share: float = 0.5
    """weight of where the decoder looks"""
    width: int = 256
    encoder_layers: int = 6
    decoder_layers: int = 2
    check_every_minutes: float = 5.0
    seed: int = 7

    def rate_at(self, steps: int, share: float) -> float:
        """Return the learning rate after so many steps, with this share of the time for learning passed."""
        warm = min(1.0, (steps + 1) / self.warm_up_steps)
        return self.rate * warm * (0.5 * (1 + math.cos(math.pi * min(1.0, share))) + 1e-3)
