"""A recogniser that hears what a test has rehearsed; everything around it is real."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np

from voice.recognition.transcript import Hypothesis


@dataclass
class RehearsedModel:
    """Hear the next line of a script at every final transcript; drafts hear the same line without using it up."""

    lines: list[str] = field(default_factory=list)
    log_probability: float = -0.02
    description: str = "rehearsed model"
    is_demonstration: bool = True
    may_hear: threading.Event = field(default_factory=threading.Event)
    heard_seconds: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.may_hear.set()

    def hear(self, audio: np.ndarray, draft: bool = False) -> Hypothesis:
        self.may_hear.wait(20.0)
        if not draft:
            self.heard_seconds.append(len(audio) / 16000)
        line = (self.lines[0] if draft else self.lines.pop(0)) if self.lines else ""
        return Hypothesis(line, self.log_probability)
