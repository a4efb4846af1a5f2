"""Weights on their way from where they were trained to where they are exported."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from voice.training.vocabulary import Vocabulary

_WEIGHTS, _RECORD = "weights.pt", "training.json"


class NoWeights(Exception):
    """There are no trained weights in the folder: let `python -m voice.training` write them there."""


def save_weights(state: Mapping[str, Tensor], vocabulary: Vocabulary, record: Mapping[str, Any], folder: Path) -> None:
    """Write the weights in half precision, the characters and the record over what stood in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    weights, told = (folder / f"{name}.part" for name in (_WEIGHTS, _RECORD))
    torch.save({name: value.detach().to("cpu", torch.float16) for name, value in state.items()}, weights)
    text = json.dumps({**record, "characters": "".join(vocabulary.characters)}, ensure_ascii=False, indent=1)
    told.write_text(text, encoding="utf-8")
    os.replace(weights, folder / _WEIGHTS)
    os.replace(told, folder / _RECORD)


def load_weights(folder: Path) -> tuple[dict[str, Tensor], Vocabulary, dict[str, Any]]:
    """Read what `save_weights` wrote: the weights in full precision, the vocabulary, the record.

    Raises:
        NoWeights: it wrote nothing there.
    """
    if not (folder / _WEIGHTS).is_file() or not (folder / _RECORD).is_file():
        raise NoWeights(f"{NoWeights.__doc__} Looked in: {folder}")
    state = torch.load(folder / _WEIGHTS, map_location="cpu", weights_only=True)
    record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    vocabulary = Vocabulary(("", *record.pop("characters")))
    return {name: value.float() for name, value in state.items()}, vocabulary, record
