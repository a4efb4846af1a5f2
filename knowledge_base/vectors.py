"""The vectors of sentences, those taken over that an index has already."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from knowledge_base.channels import Vector
from knowledge_base.corpus import Sentence
from knowledge_base.encoder import Encoder

_BATCH = 2048

Progress = Callable[[str, float], None]


class KnownVectors:
    """Vectors under the content hashes of their sentences; they stay on disk until they are read."""

    def __init__(self) -> None:
        """Know none."""
        self._rows: dict[str, tuple[Vector, int]] = {}

    def take_over(self, folder: Path) -> None:
        """Add what `save_vectors` wrote into a folder; one that has none adds none."""
        if (folder / "sentences.json").is_file():
            keys = json.loads((folder / "sentences.json").read_text("utf-8"))
            vectors = np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False)
            self._rows.update((key, (vectors, row)) for row, key in enumerate(keys))

    def of(self, sentences: Sequence[Sentence], encoder: Encoder, progress: Progress) -> tuple[Vector, int]:
        """Return the vector of each sentence, shape (sentences, d), and how many of them were known."""
        vectors = np.empty((len(sentences), encoder.dimension), dtype=np.float32)
        fresh: dict[str, list[int]] = {}
        for place, sentence in enumerate(sentences):
            if sentence.key in self._rows:
                kept, row = self._rows[sentence.key]
                vectors[place] = kept[row]
            else:
                fresh.setdefault(sentence.text, []).append(place)
        texts = list(fresh)
        for start in range(0, len(texts), _BATCH):
            progress("vectors", start / len(texts))
            part = texts[start : start + _BATCH]
            for text, vector in zip(part, encoder.encode(part), strict=True):
                vectors[fresh[text]] = vector
        return vectors, len(vectors) - sum(map(len, fresh.values()))


def save_vectors(folder: Path, sentences: Sequence[Sentence], vectors: Vector) -> None:
    """Write vectors with the content hashes of their sentences."""
    (folder / "sentences.json").write_text(json.dumps([one.key for one in sentences]), encoding="utf-8")
    np.save(folder / "vectors.npy", vectors, allow_pickle=False)
