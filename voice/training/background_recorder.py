"""Record in the background, no further ahead than memory allows."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from queue import Empty, Queue
from threading import Event, Thread
from types import TracebackType

from voice.training.recording import NothingRecorded, Recording

_AHEAD = 16


class BackgroundRecorder:
    """Take recordings from a generator in a thread of its own, from `with` to its end."""

    def __init__(self, recordings: Generator[Recording, None, None]) -> None:
        """Keep what records."""
        self.failure: NothingRecorded | None = None
        """why recording ended early"""
        self._recordings = recordings
        self._queue: Queue[Recording | None] = Queue(maxsize=_AHEAD)
        self._stopped = Event()
        self._thread = Thread(target=self._work, daemon=True)

    def __enter__(self) -> BackgroundRecorder:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and wait until the processes that record have ended."""
        self.stop()
        while self._thread.is_alive():
            list(self.ready())
            self._thread.join(timeout=0.1)

    def stop(self) -> None:
        """Record no more than what is being recorded."""
        self._stopped.set()

    def all(self) -> Iterator[Recording]:
        """Yield recordings as they are done until there are no more."""
        while (recording := self._queue.get()) is not None:
            yield recording

    def ready(self) -> Iterator[Recording]:
        """Yield those that are done by now, without waiting."""
        try:
            while (recording := self._queue.get_nowait()) is not None:
                yield recording
        except Empty:
            return

    def _work(self) -> None:
        try:
            with closing(self._recordings) as recordings:
                for recording in recordings:
                    self._queue.put(recording)
                    if self._stopped.is_set():
                        break
        except NothingRecorded as error:
            self.failure = error
        finally:
            self._queue.put(None)
