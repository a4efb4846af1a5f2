"""What may be set of the recogniser."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WhisperSettings:
    """Which model recognises, and on what."""

    model: str
    """a folder, or the name of one that was installed, such as small or large-v3-turbo"""
    device: str = "cpu"
    compute_type: str = "int8"
    threads: int = 2
    beam: int = 3
    """hypotheses kept while a final transcript is sought; drafts keep one"""
    longest_tokens: int = 60
    """of a piece of up to six seconds; a longer one may have more, in proportion"""
