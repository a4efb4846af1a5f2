"""Weights are kept whole."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
import torch

from voice.training.network import Network, Shape
from voice.training.vocabulary import Vocabulary
from voice.training.weights import NoWeights, load_weights, save_weights


def test_given_weights_saved_then_the_same_network_is_loaded(
    network: Network, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    record = {"shape": asdict(network.shape), "lines": 24}
    save_weights(network.state_dict(), vocabulary, record, tmp_path / "weights")

    state, loaded_vocabulary, loaded_record = load_weights(tmp_path / "weights")

    assert (loaded_vocabulary, loaded_record) == (vocabulary, record)
    loaded = Network(Shape(**loaded_record["shape"]))
    loaded.load_state_dict(state)
    for name, value in network.state_dict().items():
        assert torch.allclose(loaded.state_dict()[name], value, atol=2e-3), name


def test_given_weights_saved_again_then_the_newer_ones_are_loaded(vocabulary: Vocabulary, tmp_path: Path) -> None:
    for number in (1, 2):
        save_weights({"fc.weight": torch.full((2,), float(number))}, vocabulary, {"lines": number}, tmp_path)
    state, _, record = load_weights(tmp_path)
    assert state["fc.weight"].tolist() == [2.0, 2.0] and record == {"lines": 2}
    assert {path.name for path in tmp_path.iterdir()} == {"weights.pt", "training.json"}


def test_given_a_folder_without_weights_then_the_error_says_where_they_come_from(tmp_path: Path) -> None:
    with pytest.raises(NoWeights, match=r"python -m voice\.training"):
        load_weights(tmp_path)
