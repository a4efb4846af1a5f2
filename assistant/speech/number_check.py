"""What stands between a spoken turn of a conversation and the assistant: numbers are made sure of first."""

from __future__ import annotations

from actions.flows.steps import Expected
from actions.services import Services
from actions.texts import Texts
from assistant.speech.read_back import ReadBack, Said, asks_for_number
from storage.handoffs import HandoffState
from voice.session.events import SpokenReply

_WITH_PERSON = (HandoffState.QUEUED, HandoffState.WITH_PERSON)


class NumberCheck:
    """Make sure of the numbers said in one conversation; those meant for a person are the person's to judge."""

    def __init__(self, services: Services, texts: Texts, conversation_id: str, hall: bool = False) -> None:
        """Keep the conversation, and whether it is held where others listen."""
        self._services = services
        self._conversation_id = conversation_id
        self._read_back = ReadBack(texts, services.engine.is_plain_yes)
        self.hall = hall

    @property
    def hall(self) -> bool:
        """Tell whether others listen."""
        return self._read_back.hall

    @hall.setter
    def hall(self, hall: bool) -> None:
        self._read_back.hall = hall

    def __call__(self, said: Said) -> Said | SpokenReply:
        """Return the turn as the assistant is to have it, or what to ask instead."""
        return self._read_back.take(said, self._asked())

    def _asked(self) -> Expected | None:
        expected = self._services.engine.expected(self._conversation_id)
        if not asks_for_number(expected):
            return None
        handoff = self._services.handoffs.active(self._conversation_id)
        return None if handoff is not None and handoff.state in _WITH_PERSON else expected
