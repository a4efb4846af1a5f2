"""Rate limits: what one address or one conversation may ask of the server."""

from __future__ import annotations

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sanic.exceptions import SanicException


class TooManyRequests(SanicException):
    """Too much was asked in too short a time; wait a little."""

    status_code = 429
    quiet = True


class RateLimiter:
    """Count in memory; a replica counts for itself."""

    def __init__(
        self,
        starts: str = "60/minute",
        messages: str = "40/10 seconds",
        checks: str = "30/minute",
        sign_ins: str = "10/minute",
        webhook: str = "300/10 seconds",
        signs: str = "60/10 seconds",
        clips: str = "40/minute",
    ) -> None:
        """Keep the limits, written as `count/period`.

        For an address: conversations to start, codes to check, passwords to try, messages over Rasa's webhook; for a
        conversation: messages to send, signs of typing and reading, and clips to hear or to say.
        """
        self._storage = MemoryStorage()  # the limiter itself refers to it weakly
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._starts, self._messages, self._checks = parse(starts), parse(messages), parse(checks)
        self._sign_ins, self._webhook, self._signs = parse(sign_ins), parse(webhook), parse(signs)
        self._clips = parse(clips)

    def check_start(self, address: str) -> None:
        """Count a new conversation of an address; raise TooManyRequests."""
        self._count(self._starts, "start", address)

    def check_message(self, conversation_id: str) -> None:
        """Count a message of a conversation; raise TooManyRequests."""
        self._count(self._messages, "message", conversation_id)

    def check_clip(self, conversation_id: str) -> None:
        """Count a clip of a conversation that is to be heard or said over REST; raise TooManyRequests."""
        self._count(self._clips, "clip", conversation_id)

    def takes_sign(self, conversation_id: str) -> bool:
        """Count a sign of typing or reading of a conversation; tell whether it is not one too many."""
        return self._limiter.hit(self._signs, "sign", conversation_id)

    def check_webhook(self, address: str) -> None:
        """Count a message of an address over Rasa's webhook, behind which many may speak; raise TooManyRequests."""
        self._count(self._webhook, "webhook", address)

    def check_verification(self, address: str) -> None:
        """Count a verification code that an address asks about; raise TooManyRequests."""
        self._count(self._checks, "verification", address)

    def check_sign_in(self, address: str) -> None:
        """Count a password that an address tries, right or wrong; raise TooManyRequests."""
        self._count(self._sign_ins, "sign-in", address)

    def _count(self, limit: RateLimitItem, *who: str) -> None:
        if not self._limiter.hit(limit, *who):
            raise TooManyRequests(TooManyRequests.__doc__)
