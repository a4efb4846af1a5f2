"""What a spoken session has its driver do, each with the number that the answer is to bear.

Texts and sound are kept out of `repr`, so that no log of a request holds what a citizen said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from voice.language.expectation import Expectation
from voice.session.events import ClientEvent, NoticeKind
from voice.session.reply import Heard


class RecognitionKind(str, Enum):
    """How much depends on a transcript."""

    PARTIAL = "partial"
    """a draft of speech that goes on"""
    FINAL = "final"


@dataclass(frozen=True)
class Recognize:
    """Recognise this audio; answer with `transcript_ready`, `recognition_failed` or `recognition_refused`."""

    request_id: int
    utterance_id: int
    kind: RecognitionKind
    audio: np.ndarray = field(repr=False, compare=False)
    """float32, mono, 16 kHz"""
    expectation: Expectation = field(repr=False, compare=False)


@dataclass(frozen=True)
class CancelRecognition:
    """Nobody waits for this transcript any more."""

    request_id: int


@dataclass(frozen=True)
class AskAssistant:
    """Answer this turn with `reply_ready` or `assistant_failed`."""

    ask_id: int
    text: str = field(repr=False)
    confidence: float
    """of the transcript; 1 for what was typed"""
    typed: bool
    reply_heard: Heard
    """whoever submits on a yes asks again unless the question was heard whole"""


@dataclass(frozen=True)
class Synthesize:
    """Speak a sentence, or the wording of a notice; answer with `clip_ready` or `synthesis_failed`."""

    clip_id: int
    sentence: str | NoticeKind = field(repr=False)


@dataclass(frozen=True)
class CancelSynthesis:
    """Nobody waits for this clip any more."""

    clip_id: int


DriverRequest = Recognize | CancelRecognition | AskAssistant | Synthesize | CancelSynthesis
Output = ClientEvent | DriverRequest
