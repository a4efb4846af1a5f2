"""What a session has to say, in order, and what is kept for a client that is gone."""

from __future__ import annotations

from collections import deque
from itertools import count

from voice.session.events import FinalTranscript, Notice, ReplyGiven, SessionClosed
from voice.session.requests import DriverRequest, Output

_TOLD_LATER = (FinalTranscript, ReplyGiven, Notice)


class Outbox:
    """Collect events and requests until they are taken; numbers rise over all that a session numbers."""

    def __init__(self, told_later: int) -> None:
        """Begin connected, with how many events are kept for a client that is gone."""
        self.connected = True
        self._outputs: list[Output] = []
        self._missed: deque[Output] = deque(maxlen=told_later)
        self._numbers = count(1)

    def new_id(self) -> int:
        """Return the next number."""
        return next(self._numbers)

    def put(self, output: Output) -> None:
        """Add an event or a request; of events for a client that is gone, only what must be told is kept."""
        if self.connected or isinstance(output, DriverRequest | SessionClosed):
            self._outputs.append(output)
        elif isinstance(output, _TOLD_LATER):
            self._missed.append(output)

    def reconnect(self) -> None:
        """Tell what was missed."""
        self.connected = True
        self._outputs += self._missed
        self._missed.clear()

    def take(self) -> list[Output]:
        """Return all that was put since, in order."""
        outputs, self._outputs = self._outputs, []
        return outputs

    def forget(self) -> None:
        """Drop what was kept."""
        self._missed.clear()
