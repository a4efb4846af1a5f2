"""Several sessions share one recogniser: final transcripts before drafts, and no more waiting than can be borne."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from voice.recognition.transcript import Transcript


class RecognizerBusy(Exception):
    """More people speak than the recogniser can hear at once: try again in a moment."""


@dataclass(order=True)
class _Job:
    urgency: tuple[int, int]
    audio: np.ndarray = field(compare=False)
    session: str = field(compare=False)
    draft: bool = field(compare=False)
    done: asyncio.Future[Transcript] = field(compare=False)


class RecognitionQueue:
    """A bounded queue before one recogniser; it belongs to one event loop."""

    def __init__(
        self, transcribe: Callable[[np.ndarray, bool], Transcript], workers: int = 1, longest: int = 64
    ) -> None:
        """Keep what recognises (audio, draft?), called in threads of its own, and the longest queue allowed."""
        self._transcribe = transcribe
        self._workers = workers
        self._longest = longest
        self._waiting: list[_Job] = []
        self._running: set[asyncio.Task[None]] = set()
        self._order = count()
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="recogniser")

    @property
    def length(self) -> int:
        """Return how many clips wait."""
        return len(self._waiting)

    async def transcribe(self, audio: np.ndarray, session: str, draft: bool = False) -> Transcript:
        """Return the transcript when it is this clip's turn; a draft gives way to the session's next clip.

        Raises:
            RecognizerBusy: the queue is full; of drafts, that a newer clip of the session took its place.
        """
        self._withdraw_drafts(session)
        if len(self._waiting) >= self._longest and (draft or not self._drop_a_draft()):
            raise RecognizerBusy(RecognizerBusy.__doc__)
        job = _Job((int(draft), next(self._order)), audio, session, draft, asyncio.get_running_loop().create_future())
        heapq.heappush(self._waiting, job)
        self._start()
        try:
            return await job.done
        except asyncio.CancelledError:
            self._remove(job)
            raise

    async def close(self) -> None:
        """Refuse what waits and let what runs finish."""
        for job in self._waiting:
            _refuse(job)
        self._waiting.clear()
        await asyncio.gather(*self._running)
        self._threads.shutdown(wait=True)

    def _start(self) -> None:
        while self._waiting and len(self._running) < self._workers:
            task = asyncio.ensure_future(self._run(heapq.heappop(self._waiting)))
            self._running.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._start()

    async def _run(self, job: _Job) -> None:
        loop = asyncio.get_running_loop()
        try:
            transcript = await loop.run_in_executor(self._threads, self._transcribe, job.audio, job.draft)
        except Exception as error:
            if not job.done.done():
                job.done.set_exception(error)
        else:
            if not job.done.done():
                job.done.set_result(transcript)

    def _withdraw_drafts(self, session: str) -> None:
        for job in [one for one in self._waiting if one.draft and one.session == session]:
            self._remove(job)
            _refuse(job)

    def _drop_a_draft(self) -> bool:
        drafts = [job for job in self._waiting if job.draft]
        if drafts:
            self._remove(drafts[0])
            _refuse(drafts[0])
        return bool(drafts)

    def _remove(self, job: _Job) -> None:
        if job in self._waiting:
            self._waiting.remove(job)
            heapq.heapify(self._waiting)


def _refuse(job: _Job) -> None:
    if not job.done.done():
        job.done.set_exception(RecognizerBusy(RecognizerBusy.__doc__))
