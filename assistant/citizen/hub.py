"""The live side of conversations: what happens is kept in the transcript and sent to whoever listens."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from assistant.citizen.wire import Event, EventType
from storage.errors import StorageError
from storage.transcripts import TranscriptEntry, TranscriptRole, Transcripts
from storage.turn_counts import TurnOutcome

logger = logging.getLogger(__name__)

ROLES = {
    EventType.MESSAGE: TranscriptRole.CITIZEN,
    EventType.REPLY: TranscriptRole.ASSISTANT,
    EventType.ANSWER_APPROVED: TranscriptRole.ASSISTANT,
    EventType.AGENT_MESSAGE: TranscriptRole.STAFF,
}


Listener = asyncio.Queue[Event | None]


class ConversationHub:
    """Publish events of conversations to their listeners within this process."""

    def __init__(self, transcripts: Transcripts, goes_on: Callable[[str], bool] = lambda _: True) -> None:
        """Keep the transcripts that make events survive; of a conversation that does not go on nothing is kept."""
        self._transcripts = transcripts
        self._goes_on = goes_on
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._watchers: list[Callable[[], None]] = []

    def publish(
        self, conversation_id: str, type: EventType, payload: Mapping[str, Any], outcome: TurnOutcome | None = None
    ) -> Event:
        """Keep an event, send it to every listener and return it with its number.

        One that cannot be kept is sent all the same, without a number. `outcome` is counted with the reply it is of.
        """
        role = ROLES.get(type, TranscriptRole.SYSTEM)
        event = None
        try:
            if self._goes_on(conversation_id):
                entry = self._transcripts.append(conversation_id, role, {"type": type.value, **payload}, outcome)
                event = event_of(entry)
        except StorageError as error:
            logger.error("An event could not be kept: %s", error.__class__.__name__)
        event = event or Event(type, json.loads(json.dumps(payload)))
        self._send(conversation_id, event)
        for watcher in self._watchers:
            watcher()
        return event

    def tell(self, conversation_id: str, type: EventType, payload: Mapping[str, Any]) -> None:
        """Send an event to every listener and keep it nowhere."""
        self._send(conversation_id, Event(type, payload))

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call somebody whenever something was published, in whatever conversation."""
        self._watchers.append(watcher)

    def _send(self, conversation_id: str, event: Event) -> None:
        for queue in self._listeners.get(conversation_id, ()):
            queue.put_nowait(event)

    def since(self, conversation_id: str, seq: int) -> list[Event]:
        """Return every kept event after number `seq`."""
        return [event_of(entry) for entry in self._transcripts.all_since(conversation_id, seq)]

    def listen(self, conversation_id: str) -> Listener:
        """Return a queue that receives the conversation's events from now on, and None when nothing more comes."""
        queue: Listener = asyncio.Queue()
        self._listeners[conversation_id].add(queue)
        return queue

    def dismiss(self, conversation_id: str) -> None:
        """Send every listener away after what it has still to be sent."""
        for queue in self._listeners.pop(conversation_id, ()):
            queue.put_nowait(None)

    def leave(self, conversation_id: str, queue: Listener) -> None:
        """Stop a queue from receiving."""
        listeners = self._listeners.get(conversation_id)
        if listeners is not None:
            listeners.discard(queue)
            if not listeners:
                del self._listeners[conversation_id]


def event_of(entry: TranscriptEntry) -> Event:
    """Return the event that a transcript entry keeps."""
    payload = {key: value for key, value in entry.payload.items() if key != "type"}
    return Event(EventType(entry.payload["type"]), payload, entry.seq, entry.at.isoformat())
