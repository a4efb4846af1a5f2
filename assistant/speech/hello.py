"""What a client says of itself when it opens a spoken session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.speech.manner import ELDER_SPEED, Manner
from voice.session.settings import SessionSettings

ELDER_ONE_MOMENT_S = 2.2
"""silence after which elderly citizens are told that we are at it: they are waited for longer before it begins"""


@dataclass(frozen=True)
class Hello:
    """The first message of a session, whatever else stands in it."""

    hands_free: bool
    """whether the microphone is open; otherwise a button is held"""
    half_duplex: bool
    """whether the microphone hears our voice"""
    review: bool
    """whether the citizen looks at what was understood before it counts"""
    elder: bool
    hall: bool
    """whether others listen, as at a kiosk"""
    voice_out: bool
    """whether replies are said"""
    opus: bool
    """whether sound goes as opus packets both ways"""
    manner: Manner

    @classmethod
    def of(cls, message: Mapping[str, Any]) -> Hello:
        """Read it; what is missing or makes no sense is as it is for most clients."""
        elder = bool(message.get("elder"))
        return cls(
            hands_free=message.get("mode") != "hold",
            half_duplex=bool(message.get("half_duplex")),
            review=message.get("review") is True,
            elder=elder,
            hall=bool(message.get("hall")),
            voice_out=message.get("voice", True) is not False,
            opus=message.get("format") == "opus",
            manner=Manner(ELDER_SPEED if elder else 1.0).changed(message),
        )

    def settings(self, longest_text: int) -> SessionSettings:
        """Return what the session goes by; a turn has so many characters at most."""
        return SessionSettings(
            hands_free=self.hands_free,
            half_duplex=self.half_duplex,
            reviews=self.review,
            one_moment_after=ELDER_ONE_MOMENT_S if self.elder else SessionSettings.one_moment_after,
            longest_text=longest_text,
        )
