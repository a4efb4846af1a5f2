"""The synthesiser's process, supervised: started when needed, killed when it hangs, started again when it dies."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from voice.synthesis.clip import BadClip, Clip
from voice.synthesis.contract import SynthesisFailed
from voice.synthesis.watchdog import watchdog

logger = logging.getLogger(__name__)

_WORKER = Path(__file__).with_name("worker.py")
_ATTEMPTS = 2


@dataclass(frozen=True)
class Order:
    """What the worker is told to say."""

    text: str
    voice: str
    """espeak-ng's name of the voice"""
    rate: int
    """words a minute, as espeak-ng counts them: 80 to 450"""
    volume: float
    """0 to 1"""
    pitch: int
    """0 to 100"""


class _WorkerLost(Exception):
    """The worker ended, or was ended because its time was up."""


class SynthesisProcess:
    """One worker and its keeper. Orders come from one thread at a time, the same one always: it owns the worker."""

    def __init__(self, time_limit: float, start_limit: float) -> None:
        """Prepare to start a worker; limits in seconds, for one sentence and for a start."""
        self._time_limit = time_limit
        self._start_limit = start_limit
        self._worker: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._changing = Lock()

    @property
    def worker_id(self) -> int | None:
        """Return the process id of the worker, None when there is none."""
        worker = self._worker
        return worker.pid if worker and worker.poll() is None else None

    def speak(self, order: Order) -> Clip:
        """Return what the worker speaks; one that dies or hangs over it is replaced and asked once more.

        Raises:
            SynthesisFailed: the second one failed too, or the worker refused the order.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._spoken(order)
            except _WorkerLost as lost:
                logger.warning("The synthesiser's process was lost (attempt %d): %s", attempt, lost)
                with self._changing:
                    self._end()
        raise SynthesisFailed(f"{SynthesisFailed.__doc__} The synthesiser's process failed {_ATTEMPTS} times.")

    def close(self) -> None:
        """End the worker; an order it is working on fails."""
        with self._changing:
            self._closed = True
            self._end()

    def _spoken(self, order: Order) -> Clip:
        worker = self._running()
        line = json.dumps(asdict(order)).encode() + b"\n"
        with self._watched(worker, self._time_limit):
            assert worker.stdin
            worker.stdin.write(line)
            worker.stdin.flush()
            sound = self._received(worker, int(self._answer(worker)["bytes"]))
        try:
            clip = Clip.from_wav(sound)
        except BadClip as error:
            raise _WorkerLost(str(error)) from error
        if not len(clip.samples):
            raise _WorkerLost("it gave no sound")
        return clip

    def _running(self) -> subprocess.Popen[bytes]:
        with self._changing:
            if self._closed:
                raise SynthesisFailed("The synthesiser is closed.")
            if self._worker and self._worker.poll() is None:
                return self._worker
            self._end()
            self._worker = worker = subprocess.Popen(
                [sys.executable, str(_WORKER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # an interrupt from the keyboard is ours to handle
            )
        with self._watched(worker, self._start_limit):
            self._answer(worker)
        return worker

    def _answer(self, worker: subprocess.Popen[bytes]) -> dict[str, Any]:
        assert worker.stdout
        line = worker.stdout.readline()
        if not line.endswith(b"\n"):
            raise _WorkerLost("it ended")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise SynthesisFailed(f"{SynthesisFailed.__doc__} {answer['error']}")
        return answer

    def _received(self, worker: subprocess.Popen[bytes], size: int) -> bytes:
        assert worker.stdout
        content = worker.stdout.read(size)
        if len(content) < size:
            raise _WorkerLost("it ended")
        return content

    @contextmanager
    def _watched(self, worker: subprocess.Popen[bytes], limit: float) -> Iterator[None]:
        with watchdog(limit, worker.kill) as overdue:
            try:
                yield
            except (OSError, ValueError, _WorkerLost) as error:
                raise _WorkerLost(f"it was silent for {limit:g} s" if overdue.is_set() else str(error)) from error

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            with suppress(OSError):  # what was left to write has nobody to read it
                assert pipe
                pipe.close()
