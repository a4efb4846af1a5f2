"""Clips are changed as rooms, noise and telephones change them, and some are left alone."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from voice.audio import SAMPLE_RATE
from voice.training.augmentation import Augmentation

CPU = torch.device("cpu")
CLIPS, TOTAL = 64, SAMPLE_RATE // 2


@pytest.fixture
def lengths() -> Tensor:
    return torch.linspace(TOTAL // 4, TOTAL, CLIPS).long()


@pytest.fixture
def waves(lengths: Tensor) -> Tensor:
    """Return tones that begin and end as speech does, one a clip."""
    times = torch.arange(TOTAL)[None, :] / SAMPLE_RATE
    tones = 0.4 * torch.sin(2 * torch.pi * torch.linspace(150, 2500, CLIPS)[:, None] * times)
    return tones * (torch.arange(TOTAL)[None, :] < lengths[:, None])


def test_given_clips_then_they_stay_within_their_lengths_and_full_scale(waves: Tensor, lengths: Tensor) -> None:
    changed = Augmentation(CPU, seed=1)(waves, lengths)
    assert changed.shape == waves.shape
    assert changed.isfinite().all() and changed.abs().max() <= 1.0
    assert not any(row[length:].any() for row, length in zip(changed, lengths, strict=True))


def test_given_clips_then_a_quarter_stay_as_they_were_spoken(waves: Tensor, lengths: Tensor) -> None:
    augment = Augmentation(CPU, seed=1)
    untouched = sum(int((augment(waves, lengths) == waves).all(1).sum()) for _ in range(6)) / (6 * CLIPS)
    assert untouched == pytest.approx(0.25, abs=0.07)


def test_given_no_effort_then_all_stay_as_they_were_spoken_and_nothing_is_hidden(
    waves: Tensor, lengths: Tensor
) -> None:
    augment, mels = Augmentation(CPU, seed=1), torch.ones(CLIPS, 80, 40)
    assert torch.equal(augment(waves, lengths, effort=0.0), waves)
    assert torch.equal(augment.mask(mels, torch.full((CLIPS,), 40), effort=0.0), mels)


def test_given_the_same_seed_then_the_same_changes(waves: Tensor, lengths: Tensor) -> None:
    first, second = (Augmentation(CPU, seed=4)(waves, lengths) for _ in range(2))
    assert torch.equal(first, second)
    assert not torch.equal(first, Augmentation(CPU, seed=5)(waves, lengths))


def test_given_clips_then_the_speech_can_still_be_told(waves: Tensor, lengths: Tensor) -> None:
    changed = Augmentation(CPU, seed=1)(waves, lengths)
    spectra = [torch.fft.rfft(one).abs() for one in (waves, changed)]
    kept = sum(
        int(abs(int(before.argmax()) - int(after.argmax())) <= 60) for before, after in zip(*spectra, strict=True)
    )
    assert kept > 0.8 * CLIPS


def test_given_clips_in_which_nobody_speaks_then_some_have_noise_and_some_are_silent(lengths: Tensor) -> None:
    changed = Augmentation(CPU, seed=1)(torch.zeros(CLIPS, TOTAL), lengths)
    noisy = (changed != 0).any(1).float().mean()
    assert 0.3 < noisy < 0.8
    assert changed.abs().max() <= 1.0


def test_given_mels_then_spans_of_the_clip_are_hidden_and_nothing_else_is_changed() -> None:
    mels = torch.rand(CLIPS, 80, 100) + 0.5
    masked = Augmentation(CPU, seed=1).mask(mels, torch.full((CLIPS,), 100))
    hidden = masked == 0
    assert torch.equal(masked[~hidden], mels[~hidden])
    assert 0.02 < hidden.float().mean() < 0.4
    assert (~hidden).any(dim=(1)).any(dim=1).all()
