"""A number that was said in a clip, kept for the yes in the next, which any process may be given."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from actions.services import Services
from assistant.speech.read_back import HeardSoFar

WAITS = timedelta(minutes=10)
"""how long it is kept for a yes"""
_KEY = "heard"


class KeptNumber:
    """What was said of a number in one conversation; it lies encrypted in the draft, and goes with it.

    Whatever else is said or typed meanwhile, it is forgotten.
    """

    def __init__(self, services: Services, conversation_id: str) -> None:
        """Keep the conversation."""
        self._services = services
        self._conversation_id = conversation_id

    def load(self) -> HeardSoFar:
        """Return what is kept, or nothing."""
        draft = self._services.applications.active_draft(self._conversation_id)
        kept = draft.context.get(_KEY) if draft is not None else None
        if kept is None or kept["after"] != self._events() or datetime.fromisoformat(kept["until"]) < self._now():
            return HeardSoFar()
        return HeardSoFar(**{**kept["so_far"], "stands": tuple(kept["so_far"]["stands"])})

    def keep(self, so_far: HeardSoFar) -> None:
        """Keep it in place of what is kept."""
        until = (self._now() + WAITS).isoformat()
        kept = {"so_far": asdict(so_far), "after": self._events(), "until": until}
        self._services.applications.remember(self._conversation_id, **{_KEY: kept if so_far.field else None})

    def _events(self) -> int:
        return self._services.transcripts.length(self._conversation_id)

    def _now(self) -> datetime:
        return self._services.database.now()
