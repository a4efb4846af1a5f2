"""Speak the lines of a corpus in many voices, in processes of their own."""

from __future__ import annotations

import signal
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import count
from multiprocessing import connection, get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

import numpy as np
from scipy.signal import resample_poly

from voice.audio import SAMPLE_RATE
from voice.training.espeak_library import EspeakLibrary
from voice.training.lines import Line
from voice.training.voices import LANGUAGE, VoiceBank

LONGEST_SECONDS = 15.0
"""longer clips are left out"""
_QUIET = 0.01
_EDGE_SECONDS = 0.02
_LINES_A_PART = 200
_SECONDS_A_PART = 120
"""after which a process is taken to hang; it needs a few seconds"""


class NothingRecorded(Exception):
    """espeak-ng spoke no clip, its error stands above: see that it and its Mandarin voice are installed."""


@dataclass(frozen=True)
class Recording:
    """Clips of a few hundred lines, one after the other."""

    samples: np.ndarray
    """int16 at 16 kHz, silence at the ends cut off"""
    lengths: list[int]
    """samples of each clip"""
    numbers: list[int]
    """the number of each clip's line in the corpus"""


@dataclass(frozen=True)
class _Part:
    """What one process speaks."""

    lines: Sequence[tuple[int, Line]]
    voice: str | None

    def halves(self) -> list[_Part]:
        """Return what is to be spoken anew after a crash: of one line, nothing."""
        middle = len(self.lines) // 2
        return [_Part(self.lines[:middle], self.voice), _Part(self.lines[middle:], self.voice)] if middle else []


@dataclass(frozen=True)
class _Running:
    """A process that speaks, and what it speaks."""

    process: BaseProcess
    part: _Part
    slot: int
    target: Path


class Studio:
    """One process's synthesiser."""

    def __init__(self, bank: VoiceBank, seed: int, slot: int = 0) -> None:
        """Load the library with the voices of the bank; `slot` tells voices made up at the same time apart."""
        self._bank = bank
        self._slot = f"drawn{slot}"
        self._library = EspeakLibrary(bank.folder)
        self._random = Random(seed)

    def record(self, line: Line, voice: str | None = None) -> np.ndarray:
        """Speak a line at a speed and a pitch drawn at random, in a drawn voice unless one is named.

        Return int16 samples at 16 kHz, silence at the ends cut off.
        """
        random = self._random
        drawn = f"{LANGUAGE}+{voice}" if voice else self._bank.draw(random, self._slot)
        spoken = self._library.speak(
            line.spoken,
            drawn,
            rate=round(random.triangular(105, 260, 165)),
            pitch=random.randint(15, 85),
            pitch_range=random.randint(25, 90),
            word_gap=random.choice((0, 0, 0, 0, 1, 2, 4)),
        )
        return _trimmed(resample_poly(spoken.astype(np.float32), SAMPLE_RATE, self._library.rate))


def record(
    lines: Sequence[Line],
    bank: VoiceBank,
    folder: Path,
    workers: int,
    seed: int,
    voices: Sequence[str | None] = (None,),
) -> Generator[Recording, None, None]:
    """Yield recordings of all lines as they are done; each of `voices` speaks its share, None draws one a line.

    Every part has a process of its own, as espeak-ng crashes now and then: the part is then spoken anew in halves, so
    that a line it always crashes on is left out alone.

    Raises:
        NothingRecorded: a process ended with an error.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(["__main__", __name__])  # so that no part loads them again
    seeds = count(seed * 1_000_000)
    waiting = _parts(list(enumerate(lines)), voices)[::-1]
    running: dict[int, _Running] = {}
    slots = set(range(workers))
    try:
        while waiting or running:
            while waiting and slots:
                part, slot, number = waiting.pop(), slots.pop(), next(seeds)
                target = folder / f"{number}.npz"
                process = context.Process(
                    target=_record_part, args=(part, bank, number, slot, str(target)), daemon=True
                )
                process.start()
                running[process.sentinel] = _Running(process, part, slot, target)
            ended = [running.pop(sentinel) for sentinel in connection.wait(list(running)) if isinstance(sentinel, int)]
            for one in ended:
                one.process.join()
                slots.add(one.slot)
                code = one.process.exitcode or 0
                if code > 0:
                    raise NothingRecorded(NothingRecorded.__doc__)
                if code < 0:
                    waiting += one.part.halves()
                else:
                    yield _taken(one.target)
    finally:
        for one in running.values():
            one.process.terminate()
            one.process.join()


def _parts(lines: Sequence[tuple[int, Line]], voices: Sequence[str | None]) -> list[_Part]:
    return [
        _Part(share[start : start + _LINES_A_PART], voice)
        for place, voice in enumerate(voices)
        for share in (lines[place :: len(voices)],)
        for start in range(0, len(share), _LINES_A_PART)
    ]


def _record_part(part: _Part, bank: VoiceBank, seed: int, slot: int, target: str) -> None:
    """Speak a part and write it to a file; what runs in a process of its own."""
    signal.alarm(_SECONDS_A_PART)  # kills the process, which is what becomes of one that crashes
    studio = Studio(bank, seed, slot)
    waves, numbers = [np.zeros(0, np.int16)], []
    for number, line in part.lines:
        wave = studio.record(line, part.voice)
        if 0 < len(wave) <= LONGEST_SECONDS * SAMPLE_RATE:
            waves.append(wave)
            numbers.append(number)
    np.savez(target, samples=np.concatenate(waves), lengths=[len(wave) for wave in waves[1:]], numbers=numbers)


def _taken(path: Path) -> Recording:
    with np.load(path) as stored:
        recording = Recording(stored["samples"], stored["lengths"].tolist(), stored["numbers"].tolist())
    path.unlink()
    return recording


def _trimmed(wave: np.ndarray) -> np.ndarray:
    """Return int16 samples from just before the first sound to just after the last."""
    loud = np.flatnonzero(np.abs(wave) > _QUIET * max(1.0, float(np.abs(wave).max(initial=0.0))))
    if not len(loud):
        return np.zeros(0, np.int16)
    edge = int(_EDGE_SECONDS * SAMPLE_RATE)
    cut = wave[max(0, loud[0] - edge) : loud[-1] + edge]
    return np.asarray(np.clip(cut, -32768, 32767), dtype=np.int16)
