"""Weights on their way from where they were trained to where they are exported."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from voice.training.network import Network
from voice.training.vocabulary import Vocabulary

_WEIGHTS, _RECORD = "weights.pt", "training.json"
_TOKENS = "decoder.embed_tokens.weight"
_SYLLABLES = ("syllables.weight", "syllables.bias")
_BY_NAME = {_TOKENS, *_SYLLABLES}
"""what has a row for each character or syllable"""
_BLANK = ""


class NoWeights(Exception):
    """There are no trained weights in the folder: let `python -m voice.training` write them there."""


@dataclass(frozen=True)
class Weights:
    """What a training wrote."""

    state: dict[str, Tensor]
    vocabulary: Vocabulary
    syllables: tuple[str, ...]
    """in the order of the head that hears them, the blank left out"""
    record: dict[str, Any]
    """the plan, the network's shape, and the figures of each check"""

    def carried_into(self, network: Network, vocabulary: Vocabulary, syllables: Sequence[str]) -> dict[str, Tensor]:
        """Return the state with which a network of the same width goes on, which may know other characters.

        What the earlier one did not know keeps the values that the network has now.
        """
        carried = {**network.state_dict(), **{n: value for n, value in self.state.items() if n not in _BY_NAME}}
        names = {_TOKENS: (self.vocabulary.tokens, vocabulary.tokens)}
        names |= dict.fromkeys(_SYLLABLES, ([*self.syllables, _BLANK], [*syllables, _BLANK]))
        for name, (before, now) in names.items():
            places = {one: place for place, one in enumerate(before)}
            known = [place for place, one in enumerate(now) if one in places]
            carried[name] = carried[name].clone()
            carried[name][known] = self.state[name][[places[now[place]] for place in known]].to(carried[name])
        return carried


def save_weights(weights: Weights, folder: Path) -> None:
    """Write the weights in half precision, the characters and the record over what stood in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    state, told = (folder / f"{name}.part" for name in (_WEIGHTS, _RECORD))
    torch.save({name: value.detach().to("cpu", torch.float16) for name, value in weights.state.items()}, state)
    heads = {"characters": "".join(weights.vocabulary.characters), "syllables": " ".join(weights.syllables)}
    told.write_text(json.dumps({**weights.record, **heads}, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(state, folder / _WEIGHTS)
    os.replace(told, folder / _RECORD)


def load_weights(folder: Path) -> Weights:
    """Read what `save_weights` wrote, in full precision.

    Raises:
        NoWeights: it wrote nothing there.
    """
    if not (folder / _WEIGHTS).is_file() or not (folder / _RECORD).is_file():
        raise NoWeights(f"{NoWeights.__doc__} Looked in: {folder}")
    state = torch.load(folder / _WEIGHTS, map_location="cpu", weights_only=True)
    record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    vocabulary, syllables = Vocabulary(("", *record.pop("characters"))), tuple(record.pop("syllables").split())
    return Weights({name: value.float() for name, value in state.items()}, vocabulary, syllables, record)
