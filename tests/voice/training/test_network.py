"""The network has Whisper's shape and manners."""

from __future__ import annotations

import torch

from voice.training.network import Network
from voice.training.targets import Targets

MELS = torch.rand(2, 80, 101, generator=torch.Generator().manual_seed(1))


def test_given_mels_and_tokens_then_there_are_logits_for_each(network: Network, targets: Targets) -> None:
    tokens = torch.tensor([targets.prompt, targets.prompt])
    answers, heard, looks = network(MELS, tokens)
    assert answers.shape == (2, len(targets.prompt), len(targets.vocabulary.tokens))
    assert heard.shape == (2, 51, targets.syllable_count + 1)
    for look in looks:
        assert look.shape == (2, 4, len(targets.prompt), 51)
        assert torch.allclose(look.sum(-1), torch.ones(1), atol=1e-4)


@torch.inference_mode()
def test_given_another_token_later_then_earlier_answers_stay_the_same(network: Network, targets: Targets) -> None:
    tokens = torch.tensor([[*targets.prompt, 2, 3, 4]])
    changed = tokens.clone()
    changed[0, -2:] = 5
    heard = network.encoder(MELS[:1])
    before, after = network.decoder(tokens, heard)[0], network.decoder(changed, heard)[0]
    assert torch.allclose(before[:, :-2], after[:, :-2], atol=1e-5)
    assert not torch.allclose(before[:, -2:], after[:, -2:], atol=1e-2)


@torch.inference_mode()
def test_given_other_sound_then_the_answers_differ(network: Network, targets: Targets) -> None:
    answers, _, _ = network(MELS, torch.tensor([targets.prompt, targets.prompt]))
    assert not torch.allclose(answers[0], answers[1], atol=1e-3)


def test_given_a_step_then_the_positions_of_the_encoder_stay_sinusoids(network: Network, targets: Targets) -> None:
    assert not network.encoder.embed_positions.weight.requires_grad
    positions = network.encoder.embed_positions.weight
    assert torch.allclose(positions[0], torch.cat([torch.zeros(32), torch.ones(32)]))
    assert torch.allclose(positions[1, 0], torch.sin(torch.tensor(1.0)))
