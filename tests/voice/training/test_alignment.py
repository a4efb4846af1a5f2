"""The decoder is led to where a character is spoken, and nowhere by what is no character."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from voice.audio import SAMPLE_RATE
from voice.training.alignment import attention_loss, misplacement
from voice.training.clips import Batch

FIRST, LENGTH, STATES = 3, 9, 25
CHARACTERS = torch.tensor([4, 1, 0])


@pytest.fixture
def cost() -> Tensor:
    """A second of four characters after a tenth of silence, half a second of one, and silence."""
    seconds = torch.tensor([[0.1, 0.9], [0.0, 0.5], [0.2, 0.2]])
    places = (seconds * SAMPLE_RATE).long()
    batch = Batch(torch.zeros(3, SAMPLE_RATE), torch.full((3,), SAMPLE_RATE), places[:, 0], places[:, 1], [0, 1, 2])
    return misplacement(batch, CHARACTERS, LENGTH, FIRST, STATES)


def test_given_a_clip_then_each_character_is_cheapest_where_it_is_spoken(cost: Tensor) -> None:
    cheap = (cost[0, FIRST : FIRST + 4] < 0.3).float()
    middle = (cheap * (torch.arange(STATES) + 0.5)).sum(-1) / cheap.sum(-1) / STATES
    assert middle.tolist() == pytest.approx([0.2, 0.4, 0.6, 0.8], abs=0.03)
    assert cost.min() >= 0.0 and cost.max() <= 1.0


def test_given_what_is_no_character_then_it_costs_nothing(cost: Tensor) -> None:
    assert not cost[:, :FIRST].any()
    assert not cost[1, FIRST + 1 :].any() and not cost[2].any()


def test_given_a_decoder_that_looks_where_it_should_then_the_loss_is_small_and_else_large(cost: Tensor) -> None:
    right = torch.nn.functional.one_hot(cost.argmin(-1), STATES).float()[:, None].expand(-1, 4, -1, -1)
    wrong = torch.nn.functional.one_hot(cost.argmax(-1), STATES).float()[:, None].expand(-1, 4, -1, -1)
    assert attention_loss([right, right], cost) < 0.1
    assert attention_loss([wrong], cost) > 0.9


def test_given_the_other_half_of_the_heads_then_they_look_where_they_like(cost: Tensor) -> None:
    right = torch.nn.functional.one_hot(cost.argmin(-1), STATES).float()[:, None]
    wrong = torch.nn.functional.one_hot(cost.argmax(-1), STATES).float()[:, None]
    assert attention_loss([torch.cat([right, wrong], 1)], cost) < 0.1
