"""Sentences, items and a network that are small enough for a test."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from voice.training.network import Network, Shape
from voice.training.targets import Targets
from voice.training.vocabulary import Vocabulary

SENTENCES = (
    "我想办居住证，需要什么材料？",
    "公积金怎么提取？",
    "2026年12月3日之前能办好吗？",
    "失业登记在哪里办理",
    "請問社保卡丟了怎麼補",
    "用 APP 可以申请吗",
    "老人优待证到期了怎么换",
    "孩子3岁了，能上幼儿园吗",
)
ITEMS = ("居住证", "无犯罪记录证明", "道路运输从业资格证", "失业登记")


def shape_for(targets: Targets) -> Shape:
    """Return the shape of a network of two layers that knows the targets."""
    return Shape(
        tokens=len(targets.vocabulary.tokens),
        syllables=targets.syllable_count,
        width=64,
        encoder_layers=2,
        decoder_layers=2,
    )


def exported(folder: Path, text: str = "我想办居住证怎么提取公积金", seed: int = 1) -> tuple[Network, Vocabulary]:
    """Export a network of random weights to a folder, and return it; it writes the characters of the text."""
    from voice.training.export import export

    torch.manual_seed(seed)
    vocabulary = Vocabulary.of([text])
    network = Network(Shape(len(vocabulary.tokens), syllables=4, width=64, encoder_layers=2, decoder_layers=2)).eval()
    export(network.state_dict(), vocabulary, record_of(network), folder)
    return network, vocabulary


def record_of(network: Network) -> dict[str, Any]:
    """Return the record of a training that never was."""
    return {"shape": asdict(network.shape)}


def unlike(wave: np.ndarray, other: np.ndarray) -> float:
    """Return how much the spectra of two clips of 22050 Hz differ, in bels."""
    spectra = []
    for one in (wave, other):
        power = np.abs(np.fft.rfft(one / 32768.0, 1 << 17)[1:65537]).reshape(64, -1) ** 2
        spectra.append(np.log10(power.mean(axis=1) / len(one) + 1e-9))
    return float(np.abs(spectra[0] - spectra[1]).mean())
