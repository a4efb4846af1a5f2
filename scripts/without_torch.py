"""Print a requirements lock without PyTorch and the CUDA packages it brings."""

from __future__ import annotations

import re
import sys
from pathlib import Path

CUDA_PACKAGES = re.compile(r"^(torch|triton|nvidia-[a-z0-9-]+|cuda-[a-z0-9-]+)==")


def without_torch(lock: str) -> str:
    """Return the lock's text less the entries of PyTorch and CUDA, hashes included."""
    kept, skipping = [], False
    for line in lock.splitlines():
        if not line.startswith((" ", "\t")):
            skipping = bool(CUDA_PACKAGES.match(line))
        if not skipping:
            kept.append(line)
    return "\n".join(kept) + "\n"


if __name__ == "__main__":
    sys.stdout.write(without_torch(Path(sys.argv[1]).read_text(encoding="utf-8")))
