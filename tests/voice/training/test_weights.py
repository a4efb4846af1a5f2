"""Weights are kept whole."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
import torch

from voice.training.network import Network, Shape
from voice.training.vocabulary import Vocabulary
from voice.training.weights import NoWeights, Weights, load_weights, save_weights

SYLLABLES = ("ban4", "gong1", "zheng4")


def test_given_weights_saved_then_the_same_network_is_loaded(
    network: Network, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    record = {"shape": asdict(network.shape), "lines": 24}
    save_weights(Weights(network.state_dict(), vocabulary, SYLLABLES, record), tmp_path / "weights")

    read = load_weights(tmp_path / "weights")

    assert (read.vocabulary, read.syllables, read.record) == (vocabulary, SYLLABLES, record)
    loaded = Network(Shape(**read.record["shape"]))
    loaded.load_state_dict(read.state)
    for name, value in network.state_dict().items():
        assert torch.allclose(loaded.state_dict()[name], value, atol=2e-3), name


def test_given_weights_saved_again_then_the_newer_ones_are_loaded(vocabulary: Vocabulary, tmp_path: Path) -> None:
    for number in (1, 2):
        state = {"fc.weight": torch.full((2,), float(number))}
        save_weights(Weights(state, vocabulary, SYLLABLES, {"lines": number}), tmp_path)
    read = load_weights(tmp_path)
    assert read.state["fc.weight"].tolist() == [2.0, 2.0] and read.record == {"lines": 2}
    assert {path.name for path in tmp_path.iterdir()} == {"weights.pt", "training.json"}


def test_given_a_folder_without_weights_then_the_error_says_where_they_come_from(tmp_path: Path) -> None:
    with pytest.raises(NoWeights, match=r"python -m voice\.training"):
        load_weights(tmp_path)


def test_given_a_network_that_knows_other_characters_when_it_goes_on_then_each_known_one_keeps_its_weights() -> None:
    before, now = Vocabulary.of(["办公证"]), Vocabulary.of(["公证处"])
    earlier, later = (_network(vocabulary, 3) for vocabulary in (before, now))
    fresh = {name: value.clone() for name, value in later.state_dict().items()}
    weights = Weights(earlier.state_dict(), before, SYLLABLES, {})

    state = weights.carried_into(later, now, ("chu4", "gong1", "zheng4"))
    later.load_state_dict(state)

    rows, old_rows = state["decoder.embed_tokens.weight"], earlier.state_dict()["decoder.embed_tokens.weight"]
    for token in ("公", "证", "<|zh|>", "<|0.40|>"):
        assert torch.equal(rows[now.tokens.index(token)], old_rows[before.tokens.index(token)]), token
    new = now.tokens.index("处")
    assert torch.equal(rows[new], fresh["decoder.embed_tokens.weight"][new])
    head, old_head = state["syllables.weight"], earlier.state_dict()["syllables.weight"]
    assert torch.equal(head[[1, 2, 3]], old_head[[1, 2, 3]])
    assert torch.equal(head[0], fresh["syllables.weight"][0])
    assert torch.equal(state["encoder.conv1.weight"], earlier.state_dict()["encoder.conv1.weight"])


def _network(vocabulary: Vocabulary, syllables: int) -> Network:
    return Network(Shape(len(vocabulary.tokens), syllables, width=64, encoder_layers=1, decoder_layers=1))
