"""What people say, read aloud: clips that are not ours to ship, with what a person wrote down of each.

They lie beside the checkout (`shared/data/speech_zh`), or where WENBAN_SHARED points: AISHELL-1, one reader.
"""

from __future__ import annotations

import csv
import os
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.program import HOME

CLIPS = Path(os.environ.get("WENBAN_SHARED", HOME.parent / "shared")) / "data" / "speech_zh"
_MANIFEST = "manifest.tsv"


def human_clips(count: int, folder: Path = CLIPS) -> Iterator[tuple[np.ndarray, str]]:
    """Yield so many clips, drawn the same way every time, as float32 samples at 16 kHz, and what is said in each.

    Where the folder is not there nothing comes.
    """
    from voice.audio import decode

    if not (folder / _MANIFEST).is_file():
        return
    with (folder / _MANIFEST).open(encoding="utf-8", newline="") as manifest:
        rows = list(csv.DictReader(manifest, delimiter="\t"))
    for row in random.Random(8).sample(rows, min(count, len(rows))):
        yield decode((folder / row["file"]).read_bytes()), "".join(filter(str.isalnum, row["text"]))
