"""What was built from which inputs: content hashes, so that nothing is built twice and nothing stays outdated."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path


def content_hash(paths: Iterable[Path], *more: str) -> str:
    """Return one hash over the names and contents of files and folders and further words.

    Caches and what is only written for readers (Markdown) are left out.
    """
    digest = hashlib.sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts and file.suffix != ".md":
                digest.update(str(file.relative_to(path.parent)).encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    for word in more:
        digest.update(word.encode())
    return digest.hexdigest()


def is_current(built: Path, what: str, inputs: str) -> bool:
    """Tell whether something was last built from exactly these inputs; `built` is the file that remembers it."""
    try:
        return bool(json.loads(built.read_text(encoding="utf-8")).get(what) == inputs)
    except (OSError, ValueError):
        return False


def mark_current(built: Path, what: str, inputs: str) -> None:
    """Remember what something was built from."""
    try:
        stamps = json.loads(built.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        stamps = {}
    built.parent.mkdir(parents=True, exist_ok=True)
    beside = built.with_suffix(".new")
    beside.write_text(json.dumps({**stamps, what: inputs}, indent=1), encoding="utf-8")
    os.replace(beside, built)
