"""The network of the shipped encoder: characters and their sounds, in the sentence-transformers module protocol."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from sentence_transformers.base.modules.input_module import InputModule
from torch import Tensor, nn
from torch.nn import functional

from knowledge_base.text import normalise, pinyin_syllables, tokens

PADDING, UNKNOWN = 0, 1
_SPECIAL = ("[pad]", "[unknown]")

# For each position the places of the character, of its syllable, and of the pair it makes with the one before.
Units = list[tuple[int, int, int]]


class CharacterSoundTransformer(InputModule):
    """Encode a sentence as the mean over a small transformer's states.

    The input of each position is the sum of embeddings: the character, its toneless fuzzy pinyin, the pair it
    makes with the character before, and the position. A homophone leaves the pinyin as it was. Text is normalised
    here (without a glossary); text already normalised passes unchanged.
    """

    save_in_root = False
    config_keys = ["width", "layers", "heads", "max_seq_length"]

    def __init__(
        self,
        characters: Iterable[str],
        syllables: Iterable[str],
        pairs: Iterable[str] = (),
        width: int = 192,
        layers: int = 3,
        heads: int = 4,
        max_seq_length: int = 96,
        dropout: float = 0.1,
    ) -> None:
        """Make a network, weights at random; `pairs` are frequent pairs of neighbouring characters."""
        super().__init__()
        self.width, self.layers, self.heads, self.max_seq_length = width, layers, heads, max_seq_length
        self.characters = [*_SPECIAL, *characters]
        self.syllables = [*_SPECIAL, *syllables]
        self.pairs = [*_SPECIAL, *pairs]
        self._character_places = {unit: place for place, unit in enumerate(self.characters)}
        self._syllable_places = {unit: place for place, unit in enumerate(self.syllables)}
        self._pair_places = {unit: place for place, unit in enumerate(self.pairs)}
        self.tokenizer = None
        self.character_embedding = nn.Embedding(len(self.characters), width, padding_idx=PADDING)
        self.syllable_embedding = nn.Embedding(len(self.syllables), width, padding_idx=PADDING)
        self.pair_embedding = nn.Embedding(len(self.pairs), width, padding_idx=PADDING)
        self.position_embedding = nn.Embedding(max_seq_length, width)
        for embedding in (
            self.character_embedding,
            self.syllable_embedding,
            self.pair_embedding,
            self.position_embedding,
        ):
            nn.init.normal_(embedding.weight, std=0.05)
        self.input_norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)
        layer = nn.TransformerEncoderLayer(
            width, heads, width * 4, dropout, activation="gelu", batch_first=True, norm_first=True
        )
        self.encoder = nn.TransformerEncoder(layer, layers, nn.LayerNorm(width), enable_nested_tensor=False)

    def units(self, text: str) -> Units:
        """Return the places of the characters, syllables and pairs of one sentence, at most `max_seq_length`."""
        normal = normalise(text)
        found: list[tuple[int, int, int]] = []
        before = ""
        for unit, syllable in zip(tokens(normal), pinyin_syllables(normal), strict=True):
            place = self._character_places.get(unit)
            pair = self._pair_places.get(before + unit, PADDING)
            before = unit
            if place is None and len(unit) > 1 and unit.isascii():
                found += [(self._character_places.get(letter, UNKNOWN), PADDING, PADDING) for letter in unit]
                continue
            sound = self._syllable_places.get(syllable, PADDING)
            found.append((UNKNOWN if place is None else place, sound, pair))
        return found[: self.max_seq_length] or [(UNKNOWN, PADDING, PADDING)]

    def preprocess(self, inputs: list[Any], prompt: str | None = None, **kwargs: Any) -> dict[str, Tensor]:
        """Return padded `input_ids`, `syllable_ids`, `pair_ids` and `attention_mask`, each (sentences, positions)."""
        texts = self._prepend_prompt(inputs, prompt) if prompt else inputs
        return self.pad([self.units(text) for text in texts])

    @staticmethod
    def pad(sentences: list[Units]) -> dict[str, Tensor]:
        """Pad sentences given as units to the longest of them."""
        longest = max(map(len, sentences))
        blank = (PADDING, PADDING, PADDING)
        places = torch.tensor([units + [blank] * (longest - len(units)) for units in sentences])
        ids, sounds, pairs = places.unbind(-1)
        return {"input_ids": ids, "syllable_ids": sounds, "pair_ids": pairs, "attention_mask": (ids != PADDING).long()}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Add `sentence_embedding`, shape (sentences, width), to the features."""
        ids, mask = features["input_ids"], features["attention_mask"]
        positions = torch.arange(ids.shape[1], device=ids.device)
        states = self.character_embedding(ids) + self.syllable_embedding(features["syllable_ids"])
        states = states + self.pair_embedding(features["pair_ids"])
        states = self.dropout(self.input_norm(states + self.position_embedding(positions)))
        padded = None if len(ids) == 1 else mask == 0
        states = self.encoder(states, src_key_padding_mask=padded)
        weights = mask.unsqueeze(-1).to(states.dtype)
        features["token_embeddings"] = states
        features["sentence_embedding"] = (states * weights).sum(1) / weights.sum(1)
        return features

    def get_embedding_dimension(self) -> int:
        """Return the width of a sentence vector."""
        return self.width

    def get_sentence_embedding_dimension(self) -> int:
        """Return the width of a sentence vector, under the older name of the protocol."""
        return self.width

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any) -> None:
        """Write config, units and weights (safetensors, half precision) into a folder."""
        self.save_config(output_path)
        units = {name: getattr(self, name)[len(_SPECIAL) :] for name in ("characters", "syllables", "pairs")}
        Path(output_path, "units.json").write_text(json.dumps(units, ensure_ascii=False), encoding="utf-8")
        copy.deepcopy(self).half().save_torch_weights(output_path, safe_serialization=safe_serialization)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **kwargs: Any) -> CharacterSoundTransformer:
        """Read what `save` wrote."""
        where = {key: kwargs[key] for key in ("token", "cache_folder", "revision", "local_files_only") if key in kwargs}
        config = cls.load_config(model_name_or_path, subfolder=subfolder, **where)
        path = cls.load_file_path(model_name_or_path, filename="units.json", subfolder=subfolder, **where)
        if path is None:
            raise FileNotFoundError(f"The encoder at {model_name_or_path} has no units.json.")
        model = cls(**json.loads(Path(path).read_text(encoding="utf-8")), **config)
        cls.load_torch_weights(model_name_or_path, subfolder=subfolder, model=model, **where)
        return model


def unit_vectors(vectors: Tensor) -> Tensor:
    """Return vectors scaled to length one."""
    return functional.normalize(vectors, dim=-1)
