"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
from datetime import datetime, timezone
from importlib.metadata import version
from typing import Any

LIBRARIES = (
    "wenban",
    "rasa",
    "tensorflow",
    "torch",
    "sentence-transformers",
    "faiss-cpu",
    "scikit-learn",
    "SQLAlchemy",
    "sanic",
)


def describe() -> dict[str, Any]:
    """Return cores, memory (GB), processor, versions and the date; nothing that names the machine."""
    import psutil

    return {
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "processor": _processor(),
        "system": platform.system(),
        "python": platform.python_version(),
        "versions": {library: version(library) for library in LIBRARIES},
    }


def load_average() -> float:
    """Return the mean number of running processes over the last minute: other work disturbs a measurement."""
    return round(os.getloadavg()[0], 2)


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor()
