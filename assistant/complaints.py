"""Errors that a person can do something about, as one sentence without a traceback."""

from __future__ import annotations

import traceback
from pathlib import Path


def sentence_for(error: BaseException) -> str | None:
    """Return the sentence of an error of this project or of the machine, or None for a fault in the program."""
    module = type(error).__module__.partition(".")[0]
    if module in ("assistant", "actions", "knowledge_base", "storage", "voice"):
        return str(error)
    if isinstance(error, (PermissionError, FileNotFoundError, IsADirectoryError)):
        return f"{error.strerror}: {error.filename}"
    if isinstance(error, OSError) and error.errno == 28:
        return "The disk is full: make room and run the command again; nothing that was there is lost."
    return None


def place_of(error: BaseException) -> str:
    """Return the innermost place of an error as file:line, all that may be logged of it."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"
