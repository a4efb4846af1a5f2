"""The vectors of sentences, those taken over that an index has already."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from knowledge_base.channels import Vector
from knowledge_base.corpus import Sentence
from knowledge_base.encoder import Encoder

_BATCH = 256

Progress = Callable[[str, float], None]


class KnownVectors:
    """Vectors under the content hashes of their sentences."""

    def __init__(self) -> None:
        """Know none."""
        self._known: dict[str, Vector] = {}

    def take_over(self, folder: Path) -> None:
        """Add what `save` wrote into a folder; one that has none adds none."""
        if (folder / "sentences.json").is_file():
            keys = json.loads((folder / "sentences.json").read_text("utf-8"))
            vectors = np.load(folder / "vectors.npy", allow_pickle=False)
            self._known.update(zip(keys, vectors, strict=True))

    def of(self, sentences: Sequence[Sentence], encoder: Encoder, progress: Progress) -> tuple[Vector, int]:
        """Return the vector of each sentence, shape (sentences, d), and how many of them were known."""
        fresh = list({one.key: one.text for one in sentences if one.key not in self._known}.items())
        for start in range(0, len(fresh), _BATCH):
            progress("vectors", start / len(fresh))
            part = fresh[start : start + _BATCH]
            self._known.update(zip((key for key, _ in part), encoder.encode([text for _, text in part]), strict=True))
        new = {key for key, _ in fresh}
        vectors = np.stack([self._known[one.key] for one in sentences]).astype(np.float32)
        return vectors, sum(one.key not in new for one in sentences)


def save_vectors(folder: Path, sentences: Sequence[Sentence], vectors: Vector) -> None:
    """Write vectors with the content hashes of their sentences."""
    (folder / "sentences.json").write_text(json.dumps([one.key for one in sentences]), encoding="utf-8")
    np.save(folder / "vectors.npy", vectors, allow_pickle=False)
