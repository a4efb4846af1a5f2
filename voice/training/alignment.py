"""Where the decoder should listen: characters follow each other at about the same distance while somebody speaks."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from voice.audio import SAMPLE_RATE
from voice.training.clips import Batch
from voice.training.features import HOP

_STATES_A_SECOND = SAMPLE_RATE / HOP / 2
_TOLERANCE = 0.08
"""how far from its place a character may be heard at little cost, as a share of the speech"""


def misplacement(batch: Batch, counts: Tensor, length: int, first: int, states: int) -> Tensor:
    """Return what looking at a state costs, 0 to 1, batch × length × states, on the batch's device.

    `counts` holds the characters of each clip, the first of them answered at place `first` of `length`; other places
    cost nothing.
    """
    device = batch.waves.device
    start, end = (one[:, None].float() / SAMPLE_RATE * _STATES_A_SECOND for one in (batch.starts, batch.ends))
    number = torch.arange(length, device=device)[None, :] - first
    total = counts.to(device)[:, None]
    centre = start + (number + 0.5) / total.clamp(min=1) * (end - start)
    state = torch.arange(states, device=device)[None, None, :] + 0.5
    distance = (state - centre[:, :, None]) / (end - start).clamp(min=1.0)[:, :, None]
    spoken = (number >= 0) & (number < total)
    return (1.0 - torch.exp(-0.5 * (distance / _TOLERANCE) ** 2)) * spoken[:, :, None]


def attention_loss(looks: Sequence[Tensor], cost: Tensor) -> Tensor:
    """Return how far away the first half of the heads look on average, 0 to 1.

    `looks` holds the attention of each layer, batch × heads × length × states; `cost` is what `misplacement` gives.
    """
    led = [look[:, : look.shape[1] // 2].float() for look in looks]
    answered = (cost.amax(-1) > 0).sum().clamp(min=1)
    total = torch.stack([(look * cost[:, None]).sum() / look.shape[1] for look in led]).sum()
    return total / (answered * len(led))
