"""Whisper's network, small, with a second head that hears syllables; its weights bear the names of transformers'."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

_NEVER = -1e4
"""likeness of what lies ahead"""


@dataclass(frozen=True)
class Shape:
    """The size of a network."""

    tokens: int
    syllables: int
    """number of syllables the second head tells apart, the blank of CTC not counted"""
    width: int = 256
    heads: int = 4
    encoder_layers: int = 6
    decoder_layers: int = 2
    mels: int = 80
    source_positions: int = 1500
    target_positions: int = 128


class Attention(nn.Module):
    """Multi-head attention, to itself or to what the encoder heard."""

    def __init__(self, width: int, heads: int) -> None:
        """Make the four projections."""
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width, bias=False)
        self.v_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def forward(self, asking: Tensor, asked: Tensor, causal: bool = False) -> tuple[Tensor, Tensor]:
        """Return what the asking states, batch × length × width, see in the asked ones, and how they look at each.

        If causal, they see earlier ones alone; the look is batch × heads × length × length asked.
        """
        query, key, value = (
            part.unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for part in (self.q_proj(asking), self.k_proj(asked), self.v_proj(asked))
        )
        # Written out, as PyTorch's own attention takes three times as long to learn on a CPU.
        likeness = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
        if causal:
            likeness = likeness + torch.full_like(likeness[0, 0], _NEVER).triu(1)
        look = likeness.softmax(-1)
        seen = look.to(value.dtype) @ value
        return self.out_proj(seen.transpose(1, 2).flatten(2)), look


class Layer(nn.Module):
    """One layer of the encoder, or of the decoder when it listens to the encoder."""

    def __init__(self, shape: Shape, listens: bool) -> None:
        """Make the parts."""
        super().__init__()
        width = shape.width
        self.self_attn, self.self_attn_layer_norm = Attention(width, shape.heads), nn.LayerNorm(width)
        if listens:
            self.encoder_attn, self.encoder_attn_layer_norm = Attention(width, shape.heads), nn.LayerNorm(width)
        self.listens = listens
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.final_layer_norm = nn.LayerNorm(width)

    def forward(self, state: Tensor, heard: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return the next state, and how it looks at what is heard, or at itself where nothing is."""
        normed = self.self_attn_layer_norm(state)
        seen, look = self.self_attn(normed, normed, causal=self.listens)
        state = state + seen
        if heard is not None:
            seen, look = self.encoder_attn(self.encoder_attn_layer_norm(state), heard)
            state = state + seen
        hidden = functional.gelu(self.fc1(self.final_layer_norm(state)))
        return state + self.fc2(hidden), look


class Encoder(nn.Module):
    """From mel frames to what is heard, one state for two frames."""

    def __init__(self, shape: Shape) -> None:
        """Make the convolutions and the layers; positions are Whisper's sinusoids."""
        super().__init__()
        width = shape.width
        self.conv1 = nn.Conv1d(shape.mels, width, 3, padding=1)
        self.conv2 = nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.embed_positions = nn.Embedding(shape.source_positions, width)
        self.embed_positions.weight = nn.Parameter(_sinusoids(shape.source_positions, width), requires_grad=False)
        self.layers = nn.ModuleList(Layer(shape, listens=False) for _ in range(shape.encoder_layers))
        self.layer_norm = nn.LayerNorm(width)

    def forward(self, mels: Tensor) -> Tensor:
        """Return batch × frames/2 × width for batch × mels × frames."""
        state = functional.gelu(self.conv2(functional.gelu(self.conv1(mels)))).transpose(1, 2)
        state = state + self.embed_positions.weight[: state.shape[1]]
        for layer in self.layers:
            state, _ = layer(state)
        heard: Tensor = self.layer_norm(state)
        return heard


class Decoder(nn.Module):
    """From what is heard and the tokens before to the next token."""

    def __init__(self, shape: Shape) -> None:
        """Make the embeddings and the layers."""
        super().__init__()
        self.embed_tokens = nn.Embedding(shape.tokens, shape.width)
        self.embed_positions = nn.Embedding(shape.target_positions, shape.width)
        self.layers = nn.ModuleList(Layer(shape, listens=True) for _ in range(shape.decoder_layers))
        self.layer_norm = nn.LayerNorm(shape.width)
        nn.init.normal_(self.embed_tokens.weight, std=0.02)
        nn.init.normal_(self.embed_positions.weight, std=0.02)

    def forward(self, tokens: Tensor, heard: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Return the logits of every token, batch × length × tokens, and how each layer looks at what is heard."""
        state = self.embed_tokens(tokens) + self.embed_positions.weight[: tokens.shape[1]]
        looks = []
        for layer in self.layers:
            state, look = layer(state, heard)
            looks.append(look)
        return functional.linear(self.layer_norm(state), self.embed_tokens.weight), looks


class Network(nn.Module):
    """The recogniser in training."""

    def __init__(self, shape: Shape) -> None:
        """Make both halves and the head that hears syllables, which is left out of the export."""
        super().__init__()
        self.shape = shape
        self.encoder, self.decoder = Encoder(shape), Decoder(shape)
        self.syllables = nn.Linear(shape.width, shape.syllables + 1)

    def forward(self, mels: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor, list[Tensor]]:
        """Return the logits of the tokens, those of the syllables with the blank last, and the decoder's looks."""
        heard = self.encoder(mels)
        answers, looks = self.decoder(tokens, heard)
        return answers, self.syllables(heard), looks


def _sinusoids(length: int, width: int) -> Tensor:
    rates = np.exp(-np.log(10000.0) / (width // 2 - 1) * np.arange(width // 2))
    angles = np.arange(length)[:, None] * rates[None, :]
    return torch.tensor(np.concatenate([np.sin(angles), np.cos(angles)], axis=1), dtype=torch.float32)
