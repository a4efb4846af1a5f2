"""Sentence vectors from any sentence-transformers model, by path or by name."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_OWN_MODULES = "knowledge_base."
_BATCH = 64
_STAMP_FILES = (".safetensors", ".json", ".txt", ".model", ".bin")


class EncoderUnavailable(RuntimeError):
    """The encoder cannot be loaded."""


class Encoder:
    """Turn sentences into unit vectors.

    A path is loaded from disk alone, without network; anything else is a model name for the hub, or for the
    local cache where `HF_HUB_OFFLINE` is set. The vectors depend on the text as given: normalise it first.
    """

    def __init__(self, name_or_path: str | Path, threads: int = 1) -> None:
        """Remember where the model is; `warm_up` or the first use loads it. `threads` bounds torch, 0 leaves it."""
        self.name_or_path = str(name_or_path)
        self._threads = threads
        self._model: Any = None
        self._lock = threading.Lock()
        self._fingerprint: str | None = None

    @property
    def is_local(self) -> bool:
        """Tell whether the model is a folder on this machine."""
        return Path(self.name_or_path).is_dir()

    @property
    def fingerprint(self) -> str:
        """Return what tells two encoders apart: a hash of the model's files, or of its name."""
        if self._fingerprint is None:
            digest = hashlib.sha256()
            if self.is_local:
                root = Path(self.name_or_path)
                for path in sorted(root.rglob("*")):
                    if path.is_file() and path.suffix in _STAMP_FILES:
                        digest.update(str(path.relative_to(root)).encode())
                        digest.update(hashlib.sha256(path.read_bytes()).digest())
            else:
                digest.update(self.name_or_path.encode())
            self._fingerprint = digest.hexdigest()[:16]
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Return the width of a vector."""
        return int(self.encode(["0"]).shape[1])

    def warm_up(self) -> None:
        """Load the model and run it once."""
        self.encode(["0"])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the L2-normalised vectors of the texts, float32 of shape (len(texts), d).

        Raises EncoderUnavailable when the model cannot be loaded.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        import torch

        model = self._loaded()
        order = np.argsort([len(text) for text in texts], kind="stable")
        vectors: list[NDArray[np.float32]] = []
        with torch.inference_mode():
            for start in range(0, len(texts), _BATCH):
                features = model.preprocess([texts[place] for place in order[start : start + _BATCH]])
                vectors.append(model.forward(features)["sentence_embedding"].float().cpu().numpy())
        found = np.concatenate(vectors)
        found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        result = np.empty_like(found)
        result[order] = found
        return result

    def _loaded(self) -> Any:
        if self._model is None:
            with self._lock:
                if self._model is None:
                    self._model = self._load()
        return self._model

    def _load(self) -> Any:
        import torch
        from sentence_transformers import SentenceTransformer

        if self._threads:
            torch.set_num_threads(self._threads)
        if os.sep in self.name_or_path and not self.is_local:
            raise EncoderUnavailable(f"There is no encoder folder at {self.name_or_path}.")
        try:
            model = SentenceTransformer(
                self.name_or_path,
                device="cpu",
                local_files_only=self.is_local,
                trust_remote_code=self._is_ours(),
            )
        except (OSError, ValueError, ImportError, KeyError, RuntimeError) as error:
            raise EncoderUnavailable(f"The encoder {self.name_or_path} cannot be loaded: {error}") from error
        return model.eval()

    def _is_ours(self) -> bool:
        """Tell whether every module of a local model is of sentence-transformers or of this package."""
        listing = Path(self.name_or_path) / "modules.json"
        if not listing.is_file():
            return False
        types = [str(module.get("type", "")) for module in json.loads(listing.read_text("utf-8"))]
        return all(kind.startswith((_OWN_MODULES, "sentence_transformers.")) for kind in types)
