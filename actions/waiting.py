"""How long a citizen will wait for a person, from what was measured at the desk; no clock and no storage here."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

import yaml

from actions.texts import Texts
from storage.desk_measures import DeskState

_PRIOR = 5
"""conversations that the usual duration weighs as much as"""
_USUAL_SPREAD = 0.6
"""standard deviation of the logarithm of a duration, where too few were measured"""
_LARGEST_SPREAD = 1.0
_MAD_TO_DEVIATION = 1.4826
"""of a normal distribution: standard deviation over median absolute deviation"""
_SHORTEST = 1.0
"""seconds"""
_CAPPED_AT = 4.0
"""medians: one conversation that was left open over lunch counts as this long"""


@dataclass(frozen=True)
class DeskPractice:
    """How the desk works, as the operator says in data/service_hours.yml."""

    conversations_each: int = 2
    """how many a member of staff talks in at once"""
    usual_minutes: float = 6.0
    """how long a conversation lasts, until enough have been measured"""
    no_answer_minutes: float = 5.0
    """after how long without an answer a citizen goes back to the queue"""
    meant_absent_minutes: float = 2.0
    """after how long without anybody signed in whom it is meant for a transferred conversation is open to everybody"""
    meant_minutes: float = 10.0
    """after how long it is open to everybody in any case"""

    @classmethod
    def load(cls, path: Path) -> DeskPractice:
        """Read the section `desk` of a YAML file; what it does not say is usual.

        Raises:
            ValueError: a number is not positive.
        """
        raw = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("desk") or {}
        practice = cls(**raw)
        if min(vars(practice).values()) <= 0:
            raise ValueError(f"{path.name}: the numbers of `desk` must be positive.")
        return practice


@dataclass(frozen=True)
class Durations:
    """How long conversations last: about a lognormal distribution."""

    middle: float
    """the median, in seconds"""
    spread: float
    """standard deviation of the logarithm"""
    mean: float
    """what a queue moves by, in seconds"""

    @classmethod
    def measured(cls, lasted: Sequence[float], usual_seconds: float) -> Durations:
        """Fit them robustly: the median, the median absolute deviation, and the mean of what is capped.

        All are drawn to the usual while few were measured.
        """
        usual = cls(usual_seconds / math.exp(_USUAL_SPREAD**2 / 2), _USUAL_SPREAD, usual_seconds)
        if not lasted:
            return usual
        logs = [math.log(max(seconds, _SHORTEST)) for seconds in lasted]
        middle = median(logs)
        spread = _MAD_TO_DEVIATION * median(abs(one - middle) for one in logs)
        longest = _CAPPED_AT * math.exp(middle)
        own = len(logs) / (len(logs) + _PRIOR)
        return cls(
            math.exp(own * middle + (1 - own) * math.log(usual.middle)),
            min(own * spread + (1 - own) * usual.spread, _LARGEST_SPREAD),
            own * fmean(min(seconds, longest) for seconds in lasted) + (1 - own) * usual.mean,
        )

    def left_after(self, elapsed: float) -> float:
        """Return how many seconds more a conversation is expected to last that has lasted so long."""
        if elapsed < _SHORTEST or self.spread == 0:
            return max(self.mean - elapsed, _SHORTEST)
        at = (math.log(elapsed) - math.log(self.middle)) / self.spread
        longer = _above(at)
        if longer < 1e-6:  # far beyond what was ever measured
            return self.middle
        mean = self.middle * math.exp(self.spread**2 / 2)
        return max(mean * _above(at - self.spread) / longer - elapsed, _SHORTEST)


def expected_waits(waiting: int, desk: DeskState, practice: DeskPractice) -> tuple[float, ...] | None:
    """Return for each of those who wait, in their order, how many seconds from now a person is expected for them.

    None where nobody is at the desk: then nothing can be said.
    """
    if desk.present <= 0:
        return None
    durations = Durations.measured(desk.lasted, practice.usual_minutes * 60)
    busy = [durations.left_after(elapsed) for elapsed in desk.running_for]
    free = max(desk.present * practice.conversations_each - len(busy), 0)
    if not free and not busy:
        return None
    frees_at = [*busy, *[0.0] * free]
    heapq.heapify(frees_at)
    waits = []
    for _ in range(waiting):
        at = heapq.heappop(frees_at)
        waits.append(at)
        heapq.heappush(frees_at, at + durations.mean)
    return tuple(waits)


def wait_in_words(seconds: float, texts: Texts) -> str:
    """Return a waiting time as it is said: in minutes, from ten on in fives, beyond an hour and a half in hours."""
    minutes = seconds / 60
    if minutes < 1:
        return texts("wait_moment")
    if minutes > 90:
        return texts("wait_hours", hours=int(minutes // 60))
    return texts("wait_minutes", minutes=math.ceil(minutes) if minutes < 10 else math.ceil(minutes / 5) * 5)


def _above(at: float) -> float:
    """Return how much of the standard normal distribution lies above a value."""
    return math.erfc(at / math.sqrt(2)) / 2
