"""The way out of a turn whose words are looked at as a whole before any of them goes out."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

from actions.reply import REPLY_KEY, Reply


class HeldChannel(OutputChannel):
    """Keep what a turn says until it is let out."""

    def __init__(self, channel: OutputChannel) -> None:
        """Keep the channel behind."""
        self._channel = channel
        self._said: list[tuple[str, dict[str, Any]]] = []

    def name(self) -> str:
        """Return the name of the channel behind."""
        return str(self._channel.name())

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep a message."""
        self._said.append((recipient_id, message))

    def replies(self) -> list[Reply] | None:
        """Return the turn's replies; None where something was said that is none of ours."""
        said = [(message.get("custom") or {}).get(REPLY_KEY) or {} for _, message in self._said]
        return [Reply.from_json(one) for one in said] if all(said) else None

    async def let_out(self) -> None:
        """Send what was kept, in its order."""
        while self._said:
            await self._channel.send_response(*self._said.pop(0))
