"""The level of the room's noise: a low percentile of the levels of the last seconds."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque

from voice.audio import WINDOW_S

_SHARE = 0.1
_UNHEARD_DBFS = -60.0
"""the noise of a room that has not been heard yet: what is said at once stands out from it"""


class NoiseFloor:
    """Follow the noise: down within a tenth of `memory_s`, up within nine tenths, so that words do not raise it."""

    def __init__(self, memory_s: float = 4.0) -> None:
        self._longest = max(2, round(memory_s / WINDOW_S))
        self._rank = int(_SHARE * self._longest)
        self._levels = deque([_UNHEARD_DBFS] * (self._rank + 1))
        self._sorted = list(self._levels)

    @property
    def dbfs(self) -> float:
        """Tell the noise level in dB below full scale."""
        return self._sorted[self._rank]

    def update(self, level_dbfs: float) -> None:
        """Take the level of the next window."""
        self._levels.append(level_dbfs)
        insort(self._sorted, level_dbfs)
        if len(self._levels) > self._longest:
            del self._sorted[bisect_left(self._sorted, self._levels.popleft())]

    def above(self, level_dbfs: float) -> float:
        """Return how many dB a level stands out from the noise: of speech, the signal-to-noise ratio."""
        return level_dbfs - self.dbfs
