"""How fast and how loud a session is spoken to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ELDER_SPEED = 0.8
"""pace at which elderly citizens are spoken to, unless they choose another"""
SLOWEST, FASTEST = 0.5, 2.0
LEAST_VOLUME, FULL_VOLUME = 0.0, 1.0


@dataclass(frozen=True)
class Manner:
    """A pace and a loudness."""

    speed: float = 1.0
    """0.5 to 2.0; 1 is the synthesiser's own pace"""
    volume: float = FULL_VOLUME
    """0 to 1; 1 is the loudest that is not distorted"""

    def changed(self, asked: Mapping[str, Any]) -> Manner:
        """Return it with the `speed` and `volume` a client asks for, kept in bounds; what is no number is ignored."""
        return Manner(
            _bounded(asked.get("speed"), SLOWEST, FASTEST, self.speed),
            _bounded(asked.get("volume"), LEAST_VOLUME, FULL_VOLUME, self.volume),
        )


def _bounded(asked: Any, least: float, most: float, before: float) -> float:
    is_number = isinstance(asked, int | float) and not isinstance(asked, bool) and asked == asked  # NaN is none
    if not is_number:
        return before
    return float(min(max(asked, least), most))
