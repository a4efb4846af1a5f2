"""How likely each 32 ms of a stream are speech, by the Silero model that comes with faster-whisper."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from voice.audio import WINDOW, WINDOW_S, level_dbfs
from voice.endpointing.held_tone import HeldTone
from voice.endpointing.noise_floor import NoiseFloor

_CONTEXT = 64
"""samples before the window that the model sees too"""
_CLOSE_SPEECH_DBFS = -20.0
_MOST_GAIN_DB = 25.0
_LOUDEST_OF_S = 3.0
_QUIET_DB = 6.0
_QUIET_PROBABILITY = 0.2
_FORGET_AFTER_S = 1.0
"""of quiet; sooner, the pauses of music would do, and a model without a memory takes its notes for speech"""
_MEMORY = (1, 1, 128)
_MODEL = Path("assets", "silero_vad_v6.onnx")


class ModelMissing(Exception):
    """The Silero model is not in the installed faster-whisper: install version 1.2."""


@dataclass(frozen=True)
class SpeechMemory:
    """What the model carries from one window to the next."""

    hidden: np.ndarray = field(default_factory=lambda: np.zeros(_MEMORY, np.float32))
    cell: np.ndarray = field(default_factory=lambda: np.zeros(_MEMORY, np.float32))


class SpeechModel(Protocol):
    """Judge windows of one stream in their order."""

    def __call__(self, windows: np.ndarray, memory: SpeechMemory) -> tuple[np.ndarray, SpeechMemory]:
        """Return the probability of speech of each row of 64 + 512 samples, and the memory after them."""
        ...


class SileroModel:
    """The Silero model, loaded once and shared by any number of streams; safe to call from several threads."""

    def __init__(self) -> None:
        import onnxruntime

        package = find_spec("faster_whisper")
        folders = package.submodule_search_locations if package else None
        path = Path(folders[0]) / _MODEL if folders else _MODEL
        if not path.is_file():
            raise ModelMissing(f"there is no {path}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            str(path), providers=["CPUExecutionProvider"], sess_options=options
        )

    def __call__(self, windows: np.ndarray, memory: SpeechMemory) -> tuple[np.ndarray, SpeechMemory]:
        """Return the probability of speech of each row of 64 + 512 samples, and the memory after them."""
        probabilities, hidden, cell = self._session.run(None, {"input": windows, "h": memory.hidden, "c": memory.cell})
        return probabilities, SpeechMemory(hidden, cell)


@dataclass(frozen=True)
class JudgedWindow:
    """32 ms of sound and what they sound like."""

    time: float
    """seconds from the start of the stream, or from the last reset, to the window's start"""
    probability: float
    """of speech"""
    above_noise_db: float
    """how much louder than the room's noise"""
    held_tone: bool
    """whether it sounds as the window before"""
    samples: np.ndarray = field(repr=False, compare=False)


class VoiceActivity:
    """Judge one stream, handed over in frames of any length.

    The model knows loud, close speech best and is slow to hear the first words after a long silence. Therefore it is
    given each window as loud as if the loudest of the last seconds were speech close by, and its memory is cleared in
    silence. Neither is done to what is handed out.
    """

    def __init__(self, model: SpeechModel | None = None) -> None:
        self._model = model or SileroModel()
        self._floor = NoiseFloor()
        self._tone = HeldTone()
        self._rest: np.ndarray
        self._context: np.ndarray
        self.reset()

    @property
    def waiting(self) -> int:
        """Tell how many samples wait for their window to be full."""
        return len(self._rest)

    @property
    def noise_dbfs(self) -> float:
        """Tell the level of the room's noise in dB below full scale."""
        return self._floor.dbfs

    def feed(self, samples: np.ndarray) -> list[JudgedWindow]:
        """Return the windows that are full by now; what is left waits for the next samples, what is no number is 0."""
        samples = np.nan_to_num(samples.astype(np.float32, copy=False), posinf=0.0, neginf=0.0)
        heard = np.concatenate([self._rest, samples])
        whole = len(heard) - len(heard) % WINDOW
        self._rest = heard[whole:]
        return [self._judge(heard[start : start + WINDOW]) for start in range(0, whole, WINDOW)]

    def reset(self) -> None:
        """Forget the stream so far; the room's noise stays known."""
        self._judged = 0
        self._rest = np.zeros(0, np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)
        self._levels: deque[float] = deque(maxlen=round(_LOUDEST_OF_S / WINDOW_S))
        self._forget()

    def _forget(self) -> None:
        self._memory = SpeechMemory()
        self._quiet_s = 0.0

    def _judge(self, samples: np.ndarray) -> JudgedWindow:
        level = level_dbfs(samples)
        above_noise = self._floor.above(level)
        self._floor.update(level)
        self._levels.append(level)
        gain = 10.0 ** (min(_MOST_GAIN_DB, _CLOSE_SPEECH_DBFS - max(self._levels)) / 20.0)
        seen = np.concatenate([self._context, samples]) * np.float32(gain)
        self._context = samples[-_CONTEXT:]
        probabilities, self._memory = self._model(seen[np.newaxis], self._memory)
        window = JudgedWindow(
            self._judged * WINDOW_S, float(probabilities[0]), above_noise, self._tone.update(samples), samples
        )
        self._judged += 1
        quiet = above_noise < _QUIET_DB and window.probability < _QUIET_PROBABILITY
        self._quiet_s = self._quiet_s + WINDOW_S if quiet else 0.0
        if self._quiet_s >= _FORGET_AFTER_S:
            self._forget()
        return window
