"""Rasa's way out to our own pages and commands: one reply a turn instead of loose messages."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

from actions.reply import REPLY_KEY, Reply, merge
from actions.status import AnswerStatus
from assistant.citizen.identity import OWN_CHANNEL


class ReplyChannel(OutputChannel):
    """Collect what the actions of one turn say."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self._replies: list[Reply] = []

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return OWN_CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take over a bot message; one without our reply (a plain Rasa response) counts as small talk."""
        said = (message.get("custom") or {}).get(REPLY_KEY)
        if said:
            self._replies.append(Reply.from_json(said))
        elif message.get("text"):
            self._replies.append(Reply(AnswerStatus.SMALLTALK, message["text"]))

    def reply(self) -> Reply | None:
        """Return the turn's reply, or None when nothing was said."""
        return merge(self._replies)
