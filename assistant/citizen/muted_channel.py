"""The way out of a turn that the assistant has no words on while a person has the conversation."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

from actions.reply import REPLY_KEY, Reply
from actions.status import AnswerStatus
from storage.handoffs import Handoffs

SILENT = Reply(AnswerStatus.HANDED_OVER, "")
"""the turn's outcome while a person has the conversation: nothing is said"""


class MutedByPerson(OutputChannel):
    """Hand on what a turn says, unless a person has the conversation at that moment; then one empty reply goes out.

    Whatever the dialogue comes to and whenever it was begun, its words pass here last.
    """

    def __init__(self, channel: OutputChannel, handoffs: Handoffs) -> None:
        """Keep the channel behind, and the handoffs that tell who has the conversation."""
        self.offered = False
        """whether the turn has offered a person"""
        self._channel = channel
        self._handoffs = handoffs
        self._silenced = False

    def name(self) -> str:
        """Return the name of the channel behind."""
        return str(self._channel.name())

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Say it, or say nothing once."""
        said = (message.get("custom") or {}).get(REPLY_KEY) or {}
        if not self._handoffs.is_with_person(recipient_id):
            self.offered = self.offered or said.get("status") == AnswerStatus.HANDOFF_OFFERED.value
            await self._channel.send_response(recipient_id, message)
        elif not self._silenced:
            self._silenced = True
            await self._channel.send_response(recipient_id, as_message(SILENT))


def as_message(reply: Reply) -> dict[str, Any]:
    """Return a reply as channels of Rasa take it."""
    return {"text": reply.text, "custom": {REPLY_KEY: reply.as_json()}}
