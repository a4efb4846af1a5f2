"""What may already be shown of speech that goes on: the beginning that two successive decodings agree on."""

from __future__ import annotations

import math


class AgreedPrefix:
    """Keep the last decoding of a growing window and tell what the next one confirms of it."""

    def __init__(self) -> None:
        """Begin with nothing decoded."""
        self.last = ""
        self.shown = ""

    def add(self, decoded: str) -> bool:
        """Take the next decoding; tell whether `shown`, the agreed beginning, changed."""
        before = self.shown
        self.shown, self.last = agreed_prefix(self.last, decoded), decoded
        return self.shown != before


class PartialDecoding:
    """When speech that goes on is decoded: at most so often, never twice at once."""

    def __init__(self, every: float, limit: float) -> None:
        """Keep the seconds between two decodings, and those that one may take."""
        self.prefix = AgreedPrefix()
        self.request_id: int | None = None
        self._next_at = -math.inf
        self._every = every
        self._limit = limit
        self._due = 0.0

    def is_due(self, now: float) -> bool:
        """Tell whether to decode now."""
        return self.request_id is None and now >= self._next_at

    def is_overdue(self, now: float) -> bool:
        """Tell whether to wait no longer for the decoding in flight."""
        return self.request_id is not None and now >= self._due

    def begin(self, request_id: int, now: float) -> None:
        """Note that a decoding is in flight."""
        self.request_id, self._due = request_id, now + self._limit
        self.postpone(now)

    def postpone(self, now: float) -> None:
        """Let the interval begin now, as after a decoding that came from elsewhere."""
        self._next_at = now + self._every

    def end(self, request_id: int) -> bool:
        """Note that a decoding is over; False if it is not the one in flight."""
        if self.request_id is None or self.request_id != request_id:
            return False
        self.request_id = None
        return True


def agreed_prefix(earlier: str, later: str) -> str:
    """Return the beginning of the later text that the earlier one has too, punctuation and spaces aside."""
    known = iter([character for character in earlier if character.isalnum()])
    end = 0
    for place, character in enumerate(later):
        if not character.isalnum():
            continue
        if next(known, None) != character:
            break
        end = place + 1
    return later[:end]
