"""The features of a batch are those that faster-whisper computes of each clip alone."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from faster_whisper.feature_extractor import FeatureExtractor

from tests.voice.speech import spoken
from voice.training.features import HOP, LogMel, frames_of, mel_filters

SPEECH = spoken("我想办居住证需要什么材料")


@pytest.mark.parametrize("mels", [80, 128])
def test_given_a_number_of_mels_then_the_filters_are_faster_whispers(mels: int) -> None:
    theirs = FeatureExtractor(feature_size=mels).mel_filters
    assert np.allclose(mel_filters(mels), theirs, atol=1e-6)


def test_given_clips_of_several_lengths_then_each_has_the_frames_it_would_have_alone() -> None:
    extractor, log_mel = FeatureExtractor(hop_length=HOP), LogMel(mel_filters(), torch.device("cpu"))
    lengths = [len(SPEECH), 16000, 16001, 15999, 12345, 4160, 4159, 480]
    waves = torch.zeros(len(lengths), max(lengths))
    for row, length in zip(waves, lengths, strict=True):
        row[:length] = torch.from_numpy(SPEECH[:length].copy())

    frames = log_mel(waves, torch.tensor(lengths))

    assert frames_of(torch.tensor(lengths)).tolist() == [(length + 160) // HOP for length in lengths]
    for ours, length in zip(frames.numpy(), lengths, strict=True):
        theirs = extractor(SPEECH[:length])
        assert np.allclose(ours[:, : theirs.shape[1]], theirs, atol=1e-4), length
        assert not ours[:, theirs.shape[1] :].any()
