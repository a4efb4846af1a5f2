"""What a citizen's page tells the person who has the conversation: that somebody is typing, and what was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from actions.services import Services
from assistant.citizen.limits import RateLimiter
from assistant.citizen.wire import EventType
from assistant.requests import event_number
from storage.handoff_reads import HandoffReads
from storage.handoffs import Handoff, HandoffState

Watcher = Callable[[Handoff], None]


class PersonSigns:
    """Typing is passed on and kept nowhere; the number of the last message read is kept with the handoff."""

    def __init__(self, services: Services, limiter: RateLimiter) -> None:
        """Keep what they go through; whoever wants to hear of them says so by `on_typing` and `on_read`."""
        self._handoffs = services.handoffs
        self._transcripts = services.transcripts
        self._reads = HandoffReads(services.database)
        self._limiter = limiter
        self._on_typing: list[Watcher] = []
        self._on_read: list[Watcher] = []

    def watch(self, on_typing: Watcher, on_read: Watcher) -> None:
        """Call somebody with the handoff whose citizen types, or has read more."""
        self._on_typing.append(on_typing)
        self._on_read.append(on_read)

    def take(self, conversation_id: str, sign: Mapping[str, Any]) -> bool:
        """Take `{"type": "typing"}` or `{"type": "read", "seq": N}`; tell whether it was one of them.

        N is the number of the event of a person's message that was on the screen. A sign where nobody has the
        conversation, or one too many, means nothing.
        """
        kind = sign.get("type")
        if kind not in ("typing", "read"):
            return False
        if self._limiter.takes_sign(conversation_id):
            handoff = self._handoffs.active(conversation_id)
            if handoff is not None and handoff.state is not HandoffState.OFFERED:
                self._pass_on(handoff, kind, event_number(sign.get("seq")))
        return True

    def _pass_on(self, handoff: Handoff, kind: str, seq: int | None) -> None:
        if kind == "typing":
            for watcher in self._on_typing:
                watcher(handoff)
            return
        message_seq = self._message_seq(handoff, seq)
        if message_seq is not None and self._reads.by_citizen(handoff.id, message_seq) is not None:
            for watcher in self._on_read:
                watcher(handoff)

    def _message_seq(self, handoff: Handoff, seq: int | None) -> int | None:
        """Return the number in this handoff of the person's message that an event carried."""
        found = self._transcripts.since(handoff.conversation_id, seq - 1, 1) if seq else ()
        if not found or found[0].payload.get("type") != EventType.AGENT_MESSAGE.value:
            return None
        is_of_now = found[0].at >= (handoff.queued_at or handoff.opened_at)
        return event_number(found[0].payload.get("message_seq")) if is_of_now else None
