"""One synthesiser shared by several speakers: served in order, a bounded number waiting."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from voice.synthesis.clip import Clip
from voice.synthesis.contract import SpeechSynthesizer, SynthesisFailed, SynthesisRequest, SynthesizerBusy

logger = logging.getLogger(__name__)


class SynthesisQueue:
    """Speak sentences in the order in which they are asked for."""

    def __init__(
        self, synthesizer: SpeechSynthesizer, most_waiting: int, rest: float, clock: Callable[[], float]
    ) -> None:
        """Take a synthesiser over; after a failure it is not asked for `rest` seconds of the clock."""
        self._synthesizer = synthesizer
        self._most_waiting = most_waiting
        self._rest = rest
        self._clock = clock
        self._resting_until = float("-inf")
        self._waiting = 0
        self._closed = False
        self._changing = Lock()
        self._threads = ThreadPoolExecutor(synthesizer.at_once, thread_name_prefix="synthesis")

    def fingerprint(self, request: SynthesisRequest) -> str:
        """Return a text that differs whenever the sound would."""
        return self._synthesizer.fingerprint(request)

    def submit(self, request: SynthesisRequest) -> Future[Clip]:
        """Return the sound to come; cancelled before its turn it takes no time.

        Raises:
            SynthesizerBusy: too many are waiting.
            SynthesisFailed: the queue is closed. The future fails with it when no sound came of the sentence.
        """
        with self._changing:
            if self._closed:
                raise SynthesisFailed("The synthesiser is closed.")
            if self._waiting >= self._most_waiting:
                raise SynthesizerBusy(SynthesizerBusy.__doc__)
            self._waiting += 1
            future = self._threads.submit(self._spoken, request)
        future.add_done_callback(self._left)
        return future

    def close(self) -> None:
        """End the synthesiser; whatever is spoken or waiting fails."""
        with self._changing:
            self._closed = True
        self._synthesizer.close()
        self._threads.shutdown()

    def _left(self, _: Future[Clip]) -> None:
        with self._changing:
            self._waiting -= 1

    def _spoken(self, request: SynthesisRequest) -> Clip:
        if self._closed:
            raise SynthesisFailed("The synthesiser is closed.")
        if self._clock() < self._resting_until:
            raise SynthesisFailed("The synthesiser failed a moment ago and is not asked yet.")
        try:
            return self._synthesizer.speak(request)
        except Exception as error:
            self._resting_until = self._clock() + self._rest
            if isinstance(error, SynthesisFailed):
                raise
            logger.exception("The synthesiser failed as it should not")
            raise SynthesisFailed(f"{SynthesisFailed.__doc__} {type(error).__name__}") from error
