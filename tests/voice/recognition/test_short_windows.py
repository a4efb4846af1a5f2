"""The encoder is given the sound and not the padding, where the model can do with less."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from faster_whisper.audio import pad_or_trim

from tests.voice.speech import spoken
from tests.voice.training.tiny import exported
from voice.recognition.short_windows import ShortWindowModel, shortened
from voice.training.network import Network


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[ShortWindowModel, Network]:
    folder = tmp_path_factory.mktemp("models") / "asr"
    network, _ = exported(folder)
    model = ShortWindowModel(str(folder), device="cpu", compute_type="float32", cpu_threads=1, local_files_only=True)
    return model, network


@pytest.fixture
def model(made: tuple[ShortWindowModel, Network]) -> ShortWindowModel:
    return made[0]


@pytest.fixture
def network(made: tuple[ShortWindowModel, Network]) -> Network:
    return made[1]


@pytest.mark.parametrize(
    ("heard", "kept"), [(0, 25), (1, 25), (15, 25), (16, 50), (40, 50), (41, 75), (2990, 3000), (3000, 3000)]
)
def test_given_padded_features_then_they_are_cut_at_half_a_second(heard: int, kept: int) -> None:
    features = np.zeros((80, 3000), np.float32)
    features[7, :heard] = -0.5
    cut = shortened(features)
    assert cut.shape == (80, kept) and cut.flags["C_CONTIGUOUS"]
    assert np.array_equal(cut, features[:, :kept])


def test_given_a_batch_then_it_is_cut_behind_the_longest() -> None:
    features = np.zeros((2, 80, 3000), np.float32)
    features[0, 0, 10], features[1, 0, 100] = 1.0, 1.0
    assert shortened(features).shape == (2, 80, 125)


@torch.inference_mode()
def test_given_a_clip_then_the_encoder_sees_what_there_is_and_no_more(
    model: ShortWindowModel, network: Network
) -> None:
    features = pad_or_trim(model.feature_extractor(spoken("我想办居住证")))
    cut = shortened(features)
    assert cut.shape[1] < 200

    states = np.array(model.encode(features))

    assert states.shape == (1, cut.shape[1] // 2, 64)
    assert np.allclose(states, network.encoder(torch.from_numpy(cut)[None]).numpy(), atol=0.1)


def test_given_a_window_that_is_full_then_the_states_are_those_of_the_plain_model(model: ShortWindowModel) -> None:
    features = np.random.default_rng(1).normal(0, 0.5, (80, 3000)).astype(np.float32)
    ours, theirs = np.array(model.encode(features)), np.array(super(ShortWindowModel, model).encode(features))
    assert np.allclose(ours, theirs, atol=1e-5)


def test_given_a_clip_when_it_was_heard_then_the_chance_of_each_token_is_told_once(model: ShortWindowModel) -> None:
    segments, _ = model.transcribe(
        spoken("我想办居住证"), language="zh", without_timestamps=True, max_new_tokens=8, temperature=0.0
    )
    tokens = [token for segment in segments for token in segment.tokens]

    chances = model.probabilities(tokens)

    assert len(chances) == len(tokens) and all(0.0 < chance <= 1.0 for chance in chances)
    assert model.probabilities(tokens) == ()
